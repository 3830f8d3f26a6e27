"""Which task is next: earlier documents first, and a second try while nothing else is done."""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import count

from digitize.batch.crew import Crew
from digitize.batch.tasks import Task

STRETCH = 16  # pages in a task at most: opening a PDF anew costs a small part of reading them
ROUNDS = 4  # tasks per worker that a document is parted into: so that none waits long for the last


class Queue:
    """Tasks that wait for a crew."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._waiting: list[tuple[int, int, Task]] = []
        self._again: deque[Task] = deque()
        self._alone: Task | None = None
        self._turn = count()

    @property
    def is_short(self) -> bool:
        """Whether there are too few tasks to keep all workers busy."""
        return len(self._waiting) < max(1, self._crew.size)

    def add(self, task: Task) -> None:
        """Let a task wait for its turn."""
        if task.alone:
            self._again.append(task)
        else:
            heapq.heappush(self._waiting, (task.at, next(self._turn), task))

    def hand_out(self) -> None:
        """Give the crew what it has room for; nothing else while a second try is made."""
        if self._alone is not None:
            return
        if self._again:
            if self._crew.busy == 0 and self._crew.room > 0:
                self._alone = self._again.popleft()
                self._crew.give(self._alone)
            return
        while self._waiting and self._crew.room > 0:
            self._crew.give(heapq.heappop(self._waiting)[-1])

    def leave(self, task: Task) -> None:
        """Take note that nothing of a task is left."""
        if task == self._alone:
            self._alone = None

    def stretches(self, pages: Sequence[int]) -> Iterator[tuple[int, ...]]:
        """Yield the pages of a document, parted for the workers."""
        size = min(STRETCH, max(1, math.ceil(len(pages) / (max(1, self._crew.size) * ROUNDS))))
        for first in range(0, len(pages), size):
            yield tuple(pages[first : first + size])

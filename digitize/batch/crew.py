"""Who does the tasks: processes on this machine, or whoever else keeps this protocol."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from digitize.batch.tasks import Done, News, Task
from digitize.batch.work import Workplace, work


@dataclass(frozen=True, slots=True)
class Report:
    """What is new of a task."""

    task: Task
    news: News


class Crew(Protocol):
    """Does tasks in any order; the answers to one task come in its own order.

    The last news of each task is Done, Lost or Returned.
    """

    @property
    def size(self) -> int:
        """How many tasks it may have in hand; by it the run looks ahead."""
        ...

    @property
    def busy(self) -> int:
        """How many tasks are in hand."""
        ...

    @property
    def room(self) -> int:
        """How many more tasks it would begin with at once."""
        ...

    def give(self, task: Task) -> None:
        """Take a task; only where there is room."""
        ...

    def wait(self, seconds: float | None = None) -> Iterable[Report]:
        """Return what is new, once something is or the time is over; None waits for ever.

        Raises what concerns the whole run.
        """
        ...


class OneHere:
    """A crew that does each task at once, in this process: for tests, and where none may start."""

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._waiting: deque[Task] = deque()

    @property
    def size(self) -> int:
        """How many tasks it may have in hand."""
        return 1

    @property
    def busy(self) -> int:
        """How many tasks are in hand."""
        return len(self._waiting)

    @property
    def room(self) -> int:
        """How many more tasks it would begin with at once."""
        return 1 - len(self._waiting)

    def give(self, task: Task) -> None:
        """Take a task; only where there is room."""
        self._waiting.append(task)

    def wait(self, seconds: float | None = None) -> Iterable[Report]:  # noqa: ARG002
        """Yield what comes of the task in hand."""
        task = self._waiting[0]
        for answer in work(task, self._place):
            yield Report(task, answer)
        self._waiting.popleft()
        yield Report(task, Done())

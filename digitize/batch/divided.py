"""A crew of two: pages are read elsewhere, files are written here, where their folder is."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

from digitize.batch.crew import Report
from digitize.batch.processes import Processes
from digitize.batch.tasks import ReadTask, Task, WriteTask

if TYPE_CHECKING:
    from digitize.batch.dask_crew import DaskCrew

GLANCE_SECONDS = 0.02  # at one while the other may have news: short beside a page


class Divided:
    """Readers and writers; what is to be written waits here until a writer is free."""

    def __init__(self, readers: DaskCrew, writers: Processes) -> None:
        self._readers, self._writers = readers, writers
        self._to_write: deque[WriteTask] = deque()

    @property
    def replaced(self) -> int:
        """How many writers ended, and may have left a file half written."""
        return self._writers.replaced

    @property
    def size(self) -> int:
        """How many there are to read."""
        return self._readers.size

    @property
    def busy(self) -> int:
        """How many tasks are in hand."""
        return self._readers.busy + self._writers.busy + len(self._to_write)

    @property
    def room(self) -> int:
        """How many more pages it would begin to read at once."""
        return self._readers.room

    def give(self, task: Task) -> None:
        """Take a task; only where there is room."""
        if isinstance(task, ReadTask):
            self._readers.give(task)
        else:
            self._to_write.append(task)
            self._hand_on()

    def _hand_on(self) -> None:
        while self._to_write and self._writers.room > 0:
            self._writers.give(self._to_write.popleft())

    def wait(self, seconds: float | None = None) -> Iterator[Report]:
        """Yield what is new, once something is or a moment is over.

        Raises what concerns the whole run.
        """
        patience = GLANCE_SECONDS if self._writers.busy else seconds
        if seconds is not None and patience is not None:
            patience = min(seconds, patience)
        yield from self._readers.wait(patience)
        if self._writers.busy:
            yield from self._writers.wait(0.0)
        self._hand_on()

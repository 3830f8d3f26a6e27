"""Workers as processes: started when there is work, watched, ended when stuck, replaced when dead.

The pools of the standard library cannot do this: a worker that dies breaks the whole pool, and none
can be ended alone.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess

from digitize.batch.crew import Report
from digitize.batch.deferral import interruptions_later
from digitize.batch.tasks import Done, Ended, Lost, Message, Ready, Returned, Task
from digitize.batch.worker import Setup, serve
from digitize.errors import UsageError

# workers share the cores by pages; the libraries read these when they are loaded
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
START_SECONDS = 300.0  # for a worker to open its models: a network drive may take minutes
MOST_FAILED_STARTS = 3  # in a row: whatever it is, it will not pass


class Worker:
    """One process, and the task it has in hand; `deadline` is of the clock time.monotonic."""

    def __init__(self, setup: Setup) -> None:
        # spawned, not forked: the parent holds native libraries' threads, which a fork breaks
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=serve, args=(theirs, setup), daemon=True)
        with _environment(ONE_THREAD), interruptions_later():
            self.process.start()
        theirs.close()
        self.task: Task | None = None
        self.ready = False
        self.deadline = time.monotonic() + START_SECONDS

    def kill(self) -> None:
        """End the process, and what it has started, at once."""
        kill_with_its_own(self.process)
        self.pipe.close()


def kill_with_its_own(process: BaseProcess) -> None:
    """End a process, and what it has started, at once."""
    pid = process.pid
    if pid is not None and hasattr(os, "killpg"):
        with suppress(OSError):  # not its own group yet
            if os.getpgid(pid) == pid:
                os.killpg(pid, signal.SIGKILL)
    process.kill()
    process.join()


class Processes:
    """A crew of up to `jobs` processes; entered before it is used, and ended when it is left.

    page_seconds: after which a page counts as stuck.
    """

    def __init__(self, setup: Setup, jobs: int, page_seconds: float) -> None:
        self._setup, self._jobs, self._page_seconds = setup, jobs, page_seconds
        self._workers: list[Worker] = []
        self._failed_starts = 0
        self.replaced = 0

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, *_: object) -> None:
        # Killed, also where all went well: an idle worker holds nothing, and takes its time to end.
        for worker in self._workers:
            worker.kill()
        self._workers = []

    @property
    def size(self) -> int:
        """How many tasks it may have in hand."""
        return self._jobs

    @property
    def busy(self) -> int:
        """How many tasks are in hand."""
        return sum(worker.task is not None for worker in self._workers)

    @property
    def room(self) -> int:
        """How many more tasks it would begin with at once."""
        return self._jobs - self.busy

    def give(self, task: Task) -> None:
        """Take a task; a process is started for it where none is idle."""
        worker = next((one for one in self._workers if one.task is None), None)
        if worker is None:
            worker = Worker(self._setup)
            self._workers.append(worker)
        worker.task = task
        if worker.ready:
            self._wait_longer(worker)
        with suppress(OSError):  # of a worker that just died; `wait` finds out
            worker.pipe.send(task)

    def _wait_longer(self, worker: Worker) -> None:
        steps = worker.task.steps if worker.task else 1
        worker.deadline = time.monotonic() + self._page_seconds * steps

    def wait(self, seconds: float | None = None) -> list[Report]:
        """Return what is new, once something is or the time is over; None waits for ever.

        Raises what concerns the whole run.
        """
        now = time.monotonic()
        times = [max(0.0, one.deadline - now) for one in self._workers if one.task is not None]
        patience = min([*times, *([] if seconds is None else [seconds])], default=None)
        speaking = wait([worker.pipe for worker in self._workers], patience)
        heard = [worker for worker in self._workers if worker.pipe in speaking]
        reports = [report for worker in heard for report in self._hear(worker)]
        late = [one for one in self._workers if one not in heard and self._is_late(one)]
        return reports + [report for worker in late for report in self._end(worker, stuck=True)]

    def _is_late(self, worker: Worker) -> bool:
        return worker.task is not None and time.monotonic() >= worker.deadline

    def _hear(self, worker: Worker) -> Iterator[Report]:
        """Yield all that a worker has said; where it is dead, what becomes of its task."""
        try:
            while worker.pipe.poll():
                message: Message = worker.pipe.recv()
                yield from self._take(worker, message)
        except (EOFError, OSError):
            yield from self._end(worker, stuck=False)

    def _take(self, worker: Worker, message: Message) -> Iterator[Report]:
        self._wait_longer(worker)
        if isinstance(message, Ended):
            raise message.error
        if isinstance(message, Ready):
            worker.ready, self._failed_starts = True, 0
        elif worker.task is not None:
            yield Report(worker.task, message)
            if isinstance(message, Done):
                worker.task = None

    def _end(self, worker: Worker, *, stuck: bool) -> Iterator[Report]:
        """End a worker, and yield what becomes of its task; another is started for the next."""
        self._workers.remove(worker)
        worker.kill()
        self.replaced += 1
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= MOST_FAILED_STARTS:
                raise UsageError(
                    "the worker processes end before they have opened the models",
                    "Raise --worker-memory, or lower --jobs",
                )
        if worker.task is not None:
            yield Report(worker.task, Lost(stuck) if worker.ready else Returned())


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """Set variables for the processes that are started meanwhile."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value

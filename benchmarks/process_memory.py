"""How much memory the processes of a run take: asked of Linux, again and again.

Where there is no /proc nothing is known, and nothing is told.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

PROC = Path("/proc")
KIB = 1024
MEGABYTE = 1e6  # bytes
EVERY_SECONDS = 0.1  # between two looks; peaks between them are known all the same (VmHWM)
NO_WORKER = "resource_tracker"  # on the command line of Python's own process, which reads no page


@dataclass(frozen=True, slots=True)
class Sample:
    """What one process held, in MB of 10**6 bytes, `seconds` after the watch was begun.

    is_parent: whether it is the process that was started, not a worker of it.
    """

    seconds: float
    process: int
    is_parent: bool
    megabytes: float


@dataclass
class Peaks:
    """The most that the parent and any one worker ever held, in MB of 10**6 bytes."""

    parent: float = 0.0
    workers: dict[int, float] = field(default_factory=dict)

    @property
    def worker(self) -> float:
        """The most that any one worker held."""
        return max(self.workers.values(), default=0.0)


class MemoryWatch:
    """Looks at the process `parent` and all its descendants while the `with` block runs."""

    def __init__(self, parent: int, every_seconds: float = EVERY_SECONDS) -> None:
        self.peaks, self.samples = Peaks(), list[Sample]()
        self._parent, self._every, self._ended = parent, every_seconds, threading.Event()
        self._started = time.monotonic()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> MemoryWatch:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(self._every):
            self.look()

    def look(self) -> None:
        """Take a sample of every process of the family."""
        seconds = time.monotonic() - self._started
        for process in family(self._parent):
            found = memory_of(process)
            if found is None:
                continue
            now, peak = found
            is_parent = process == self._parent
            self.samples.append(Sample(seconds, process, is_parent, now))
            if is_parent:
                self.peaks.parent = max(self.peaks.parent, peak)
            else:
                self.peaks.workers[process] = max(self.peaks.workers.get(process, 0.0), peak)


def family(parent: int) -> Iterator[int]:
    """Yield a process and its descendants, without those that only keep count for Python."""
    yield parent
    for process in children(parent):
        if NO_WORKER not in command_line(process):
            yield from family(process)


def children(parent: int) -> list[int]:
    """Return the processes that `parent` started, none where it is gone."""
    found: list[int] = []
    for listed in PROC.glob(f"{parent}/task/*/children"):
        try:
            found += map(int, listed.read_text(encoding="ascii").split())
        except OSError:  # its thread has just ended
            continue
    return found


def command_line(process: int) -> str:
    """Return what a process was started as; nothing where it is gone."""
    try:
        return (PROC / str(process) / "cmdline").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def memory_of(process: int) -> tuple[float, float] | None:
    """Return what a process holds and the most it ever held, in MB; None where it is gone."""
    try:
        text = (PROC / str(process) / "status").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    return parse_status(text)


def parse_status(text: str) -> tuple[float, float] | None:
    """Return resident memory and its peak from /proc/PID/status; None of a process that ended."""
    lines = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
    try:
        now, peak = (int(lines[name].split()[0]) * KIB for name in ("VmRSS", "VmHWM"))
    except KeyError:  # a zombie holds none
        return None
    return now / MEGABYTE, peak / MEGABYTE

"""What a program takes for many pages: by the clock, of the processor, in memory."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from performance_machine import busy_seconds, taken_by_others, usable_cores
from performance_workload import Workload
from process_memory import MemoryWatch, Peaks

DIGITIZE = (sys.executable, "-m", "digitize")
FORMATS = ("csv", "csv,pdf")
MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What a program took for `pages`; start-up is in it.

    seconds: by the clock. processor: seconds of it and of all that it started. others: the share of
    the machine's processors that other programs took meanwhile, 0 to 1.
    """

    pages: int
    seconds: float
    processor: float
    others: float

    @property
    def pages_a_minute(self) -> float:
        """How many pages it read in a minute by the clock."""
        return self.pages / self.seconds * MINUTE

    @property
    def processor_a_page(self) -> float:
        """Processor seconds a page."""
        return self.processor / self.pages


@dataclass(frozen=True, slots=True)
class Run:
    """A run of digitize with so many workers to these formats, what it took, and its memory."""

    jobs: int
    formats: str
    cost: Cost
    peaks: Peaks


def worker_counts(most: int) -> list[int]:
    """Return how many workers to try: 1, 2, 4 and so on, and `most` at last."""
    doubled = [2**power for power in range(most.bit_length()) if 2**power < most]
    return [*doubled, most]


def run_digitize(workload: Workload, jobs: int, formats: str, out: Path) -> Run:
    """Read the workload once and return what that took; ends the benchmark where a page fails."""
    command = [*DIGITIZE, "run", str(workload.folder), "-o", str(out), "--quiet"]
    command += ["--format", formats, "--jobs", str(jobs)]
    cost, peaks = measured(command, workload.count)
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    if report["totals"]["pages"] != workload.count:
        sys.exit(f"{out / 'report.json'}: not all pages were read; its figures would mislead")
    return Run(jobs, formats, cost, peaks)


def measured(
    command: Sequence[str], pages: int, environment: Mapping[str, str] | None = None
) -> tuple[Cost, Peaks]:
    """Run a program to its end, and return what it took; its standard output goes nowhere."""
    return measured_together([command], pages, environment)


def measured_together(
    commands: Sequence[Sequence[str]], pages: int, environment: Mapping[str, str] | None = None
) -> tuple[Cost, Peaks]:
    """Run programs side by side, and return what all of them took, and the first one's memory."""
    used, busy = resource.getrusage(resource.RUSAGE_CHILDREN), busy_seconds()
    started = time.perf_counter()
    set_here = {**os.environ, **(environment or {})}
    running = [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, env=set_here) for command in commands
    ]
    with MemoryWatch(running[0].pid) as watch:
        codes = [one.wait() for one in running]
    seconds = time.perf_counter() - started
    if any(codes):
        sys.exit(f"{commands[0][0]} ended with {max(codes)}: {' '.join(commands[0])[:200]}")
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    others = taken_by_others(busy_seconds() - busy, processor, seconds, usable_cores())
    return Cost(pages, seconds, processor, others), watch.peaks

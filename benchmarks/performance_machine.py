"""The machine that performance is measured on, and how much of it others took meanwhile."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("digitize", "numpy", "onnxruntime", "opencv-python-headless", "pikepdf", "pillow")
BUSY_SHARE = (
    0.1  # of the machine's processor time: what others may take and it still counts as idle
)
GIBIBYTE = 2**30
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100  # per second, of /proc/stat
IDLE_COLUMNS = (3, 4)  # of /proc/stat: idle, and waiting for a disk
GUEST_COLUMNS = (8, 9)  # counted in the first two already


@dataclass(frozen=True, slots=True)
class Machine:
    """What the figures hold for. load: how many processes wanted to run at start, over a minute."""

    cores: int
    processor: str
    memory_gib: float
    system: str
    python: str
    packages: tuple[tuple[str, str], ...]
    commit: str
    load: float


def this_machine() -> Machine:
    """Return the facts about the machine that this runs on, as they are now."""
    return Machine(
        cores=usable_cores(),
        processor=processor_name(),
        memory_gib=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIBIBYTE,
        system=platform.platform(terse=True),
        python=platform.python_version(),
        packages=tuple((name, version(name)) for name in PACKAGES),
        commit=answer_of(["git", "-C", str(ROOT), "describe", "--always", "--dirty"]),
        load=os.getloadavg()[0],
    )


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def processor_name() -> str:
    """Return what the processor calls itself."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.split(":", 1)[1].strip() for line in text.splitlines() if "model name" in line]
    return names[0] if names else platform.machine()


def answer_of(command: Sequence[str]) -> str:
    """Return the first line that a program says, nothing where it cannot be run."""
    try:
        ended = subprocess.run(command, check=False, capture_output=True, text=True)
    except OSError:
        return ""
    said = (ended.stdout or ended.stderr).strip()
    return said.splitlines()[0] if ended.returncode == 0 and said else ""


def busy_seconds() -> float:
    """Return the processor seconds that all programs together took since the machine started."""
    try:
        text = Path("/proc/stat").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return parse_busy(text.splitlines()[0]) / TICKS


def parse_busy(line: str) -> int:
    """Return the ticks spent at work, from the first line of /proc/stat."""
    ticks = [int(field) for field in line.split()[1:]]
    left_out = {*IDLE_COLUMNS, *GUEST_COLUMNS}
    return sum(count for column, count in enumerate(ticks) if column not in left_out)


def taken_by_others(busy: float, own: float, seconds: float, cores: int) -> float:
    """Return the share of the processors that others took, 0 to 1, of `seconds` by the clock.

    busy: processor seconds of all programs in that time; own: those of the program measured.
    """
    return min(1.0, max(0.0, busy - own) / (seconds * cores)) if seconds else 0.0

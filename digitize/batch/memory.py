"""How much memory a worker may take, so that one page cannot bring the machine to its knees.

The limit is RLIMIT_DATA: what a process allocates for itself (Linux 4.7 and later), which is what
pictures are made of. RLIMIT_AS would also count the libraries' files and what is reserved but never
used, gigabytes of it before the first page. An allocation beyond the limit fails, and with it the
page; the worker goes on. Where the system knows no such limit, none is set.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

MEGABYTE = 10**6  # bytes
SHARE = 0.9  # of the machine's memory, for all workers together
LEAST = 1000  # MB: with less, not even the models and an A4 page at 600 dpi fit
CONTAINER_LIMIT = Path("/sys/fs/cgroup/memory.max")  # cgroup v2, as of Docker and systemd


def limit_memory(megabytes: int) -> None:
    """Let allocations of this process fail once it holds `megabytes`."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(OSError, ValueError):  # a lower limit is set already, or none can be
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes * MEGABYTE, hard))


def usual_limit(jobs: int) -> int | None:
    """Return the MB that each of `jobs` workers may take; None where the memory is not known."""
    memory = machine_memory()
    return max(LEAST, round(memory * SHARE / jobs / MEGABYTE)) if memory else None


def machine_memory() -> int | None:
    """Return the bytes of memory of the machine, or of the container where that has less."""
    found = []
    with suppress(AttributeError, OSError, ValueError):
        found.append(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))
    with suppress(OSError, ValueError):  # "max" where there is no limit
        found.append(int(CONTAINER_LIMIT.read_text("ascii")))
    return min(found, default=None)

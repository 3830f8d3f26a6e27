"""One run at a time in an output folder."""

from __future__ import annotations

import sys
from pathlib import Path

from digitize.errors import UsageError


def lock(file: int, path: Path) -> None:
    """Lock the open `file` for this process until it is closed; UsageError where another has it.

    Where the system or the disk knows no such locks, nothing is locked.
    """
    if sys.platform == "win32":  # a lock would keep workers from reading the file there
        return
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise UsageError(
            f"{path.parent}: another run is writing into this folder",
            "Wait for its end, or choose another folder with -o",
        ) from error
    except OSError:
        return

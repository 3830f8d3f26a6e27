"""An index for runs that left none, or only that of a run before."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from digitize.batch.again import export_again
from digitize.batch.left import read_left_run
from digitize.errors import UsageError
from digitize.export.report import REPORT
from digitize.export.sqlite import INDEX


def renew_index(out: Path) -> bool:
    """Make the index of the run in `out` from its JSON files, where it is needed; tell whether.

    It is where there is none, or where the run began after it was made. UsageError where the run
    left no JSON file, or no report that can be used; UnreadableInput where a JSON file cannot be.
    Where there is no report, or an index and a report that does not tell, nothing is done.
    """
    if not (out / REPORT).is_file() or _made(out / INDEX) >= _began(out / REPORT):
        return False
    left = read_left_run(out)
    if not left.has_json:
        raise UsageError(
            f"{out}: its run left no index to search, and no JSON file to make one from",
            left.resume_with("sqlite"),
        )
    export_again(out, ("sqlite",))
    return True


def _made(index: Path) -> float:
    """Return when the index was written, in seconds since 1970; below 0 where there is none."""
    try:
        return index.stat().st_mtime
    except OSError:
        return -1.0


def _began(report: Path) -> float:
    """Return when the run began, in seconds since 1970; 0 where its report does not tell."""
    with suppress(OSError, ValueError, TypeError, LookupError, RecursionError):
        return datetime.fromisoformat(json.loads(report.read_text("utf-8"))["started"]).timestamp()
    return 0.0

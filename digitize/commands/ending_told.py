"""How a run ends that does not come to its end: told to people, or in lines to machines."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from digitize.commands.ending import failed, shown
from digitize.errors import DigitizeError, ExitCode, OutputNotWritable

if TYPE_CHECKING:
    from digitize.batch import Tell
    from digitize.batch.store import Store


@contextmanager
def ending_told(out: Path | Store | None, log: Tell | None) -> Iterator[None]:
    """Tell an interruption, and with a `log` an error too, and end with its exit code."""
    try:
        yield
    except KeyboardInterrupt as error:
        said = how_to_go_on(out)
        if log is None:
            raise failed(said, ExitCode.INTERRUPTED) from error
        log("interrupted", cause=said)
        sys.exit(ExitCode.INTERRUPTED)
    except DigitizeError as error:
        remedy = error.remedy.rstrip(".")
        if out and isinstance(error, OutputNotWritable) and remedy.endswith("run again"):
            remedy += " with --resume"
        if log is None:
            raise type(error)(error.cause, remedy) from error
        log("error", kind=type(error).__name__, cause=shown(error.cause), remedy=shown(remedy))
        sys.exit(error.exit_code)


def how_to_go_on(out: Path | Store | None) -> str:
    """Return what a run into the folder `out` says that was interrupted."""
    if out is None:
        return "interrupted; the lines that were written stand"
    return (
        "interrupted; what was read is kept, and the same command with --resume goes on: "
        f"digitize run ... -o {out} --resume"
    )

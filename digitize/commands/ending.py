"""How a command ends: by exit code, by an interruption, by a line that says what failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from digitize.errors import ExitCode

if TYPE_CHECKING:
    from digitize.export import Summary


def failed(message: str, exit_code: int) -> click.ClickException:
    """Return the exception by which click shows `message` and ends with `exit_code`."""
    exception = click.ClickException(message)
    setattr(exception, "exit_code", exit_code)  # noqa: B010 -- click reads it from the instance
    return exception


def interrupt(_signal: int, _frame: object) -> None:
    """End the run as Ctrl-C does."""
    raise KeyboardInterrupt


def exit_code(summary: Summary) -> ExitCode:
    """Return 0 where all was read, 4 where nothing was, 3 between."""
    if not summary.pages:
        return ExitCode.NOTHING_READ
    return ExitCode.SOME_FAILED if summary.failed or summary.partly else ExitCode.OK

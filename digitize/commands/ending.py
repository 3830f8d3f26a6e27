"""How a command ends: by exit code, by an interruption, by a line that says what failed."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from digitize.errors import ExitCode

if TYPE_CHECKING:
    from digitize.export import Summary

SHOW_CURSOR = b"\x1b[?25h"  # which a progress bar hides (ECMA-48 private mode 25)


def failed(message: str, exit_code: int) -> click.ClickException:
    """Return the exception by which click shows `message` and ends with `exit_code`."""
    from digitize.terminal import printable

    exception = click.ClickException(printable(shown(message)))
    setattr(exception, "exit_code", exit_code)  # noqa: B010 -- click reads it from the instance
    return exception


def shown(message: str) -> str:
    """Return a message without the secrets of addresses, as they may be given where none belong."""
    if ":/" not in message:
        return message
    from digitize.load.addresses import without_secrets

    return without_secrets(message)


def interrupt(_signal: int, _frame: object) -> None:
    """End the run as Ctrl-C does."""
    raise KeyboardInterrupt


@contextmanager
def interrupt_then_leave() -> Iterator[None]:
    """Let the first SIGINT or SIGTERM meanwhile end the run in order, the second leave at once.

    Nothing is corrupted by that: files appear whole, and a journal may lose its last line.
    """
    met: list[int] = []

    def handle(number: int, _frame: object) -> None:
        if met:
            if sys.stderr.isatty():
                os.write(2, SHOW_CURSOR)
            os._exit(ExitCode.INTERRUPTED)
        met.append(number)
        raise KeyboardInterrupt

    before = {one: signal.signal(one, handle) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def exit_code(summary: Summary) -> ExitCode:
    """Return 0 where all was read, 4 where nothing was, 3 between."""
    if not summary.pages:
        return ExitCode.NOTHING_READ
    return ExitCode.SOME_FAILED if summary.failed or summary.partly else ExitCode.OK

"""Standard output as the place for results: lines of JSON, and nothing else."""

from __future__ import annotations

import os
import sys

from digitize.errors import OutputNotWritable


class ReaderGone(Exception):
    """Who read standard output has enough, as `head` does: no error, and nothing more to do."""


def say(line: str) -> None:
    r"""Write a line at once, as UTF-8; file names that are no Unicode show as \\udce9.

    ReaderGone where nobody reads any more; OutputNotWritable where it cannot be written.
    """
    if sys.stdout is None:  # as Python shows it where the shell closed it
        raise _not_written("it is closed")
    try:
        sys.stdout.buffer.write(line.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        _say_nothing_more()
        raise ReaderGone from error
    except OSError as error:
        _say_nothing_more()
        raise _not_written((error.strerror or str(error)).lower()) from error


def _not_written(why: str) -> OutputNotWritable:
    return OutputNotWritable(
        f"standard output: cannot be written ({why})",
        "Free some space, or choose another place for it, then run again",
    )


def _say_nothing_more() -> None:
    """Let Python drop at its end what standard output did not take, rather than complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)

"""Everything that can go wrong, each with an exit code and what to do next.

DigitizeError
├── UsageError             2  the command line asks for something impossible
├── UnreadableInput        3  one document cannot be read; the others can
│   ├── EncryptedInput        a PDF needs a password
│   └── OversizedPicture      a picture is larger than the pixel limit
├── OutputNotWritable      5  the output folder cannot take the results
└── ModelUnusable          6  a model file is missing, damaged or of another kind
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process tells its caller when it ends."""

    OK = 0
    USAGE = 2
    SOME_FAILED = 3
    NOTHING_READ = 4
    OUTPUT = 5
    MODEL = 6
    INTERRUPTED = 130


class DigitizeError(Exception):
    """A failure a user can act on: `cause` says what is wrong, `remedy` what to do next."""

    exit_code = ExitCode.USAGE

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(cause, remedy)
        self.cause = cause
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.cause}. {self.remedy.rstrip('.')}."


def first_line(error: BaseException) -> str:
    """Return what an exception says, in one line; libraries may add pages of advice."""
    return (str(error).splitlines() or [""])[0]


class UsageError(DigitizeError):
    """The command line asks for something that cannot be done."""


class UnreadableInput(DigitizeError):
    """One document, or one page of it, cannot be read; its neighbours can."""

    exit_code = ExitCode.SOME_FAILED


class EncryptedInput(UnreadableInput):
    """A PDF is protected and no given password opens it."""


class OversizedPicture(UnreadableInput):
    """A picture has more pixels than the limit allows."""


class OutputNotWritable(DigitizeError):
    """The output folder, or a file in it, cannot be written."""

    exit_code = ExitCode.OUTPUT


class ModelUnusable(DigitizeError):
    """A model file is missing, damaged or not one of ours."""

    exit_code = ExitCode.MODEL

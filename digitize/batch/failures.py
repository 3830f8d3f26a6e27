"""What goes wrong with a page or a document, told as a failure with a cause and a remedy."""

from __future__ import annotations

from digitize.errors import (
    DigitizeError,
    ModelUnusable,
    OutputNotWritable,
    UsageError,
    first_line,
)
from digitize.records import Failure

ENDS_THE_RUN = (ModelUnusable, OutputNotWritable, UsageError)  # they concern every document

# How native libraries say what Python calls a MemoryError: OpenCV, the C++ library, onnxruntime.
_OUT_OF_MEMORY = ("insufficient memory", "bad_alloc", "bad allocation", "failed to allocate")

CHANGED = Failure(
    "UnreadableInput",
    "it was written to while it was read",
    "Wait until it is complete, then run again with --resume",
)


def as_failure(error: BaseException, page: int | None = None) -> Failure:
    """Return an exception as a failure that names its cause and remedy."""
    if isinstance(error, DigitizeError):
        return Failure(type(error).__name__, error.cause, error.remedy, page)
    if isinstance(error, MemoryError) or any(sign in str(error).lower() for sign in _OUT_OF_MEMORY):
        return Failure(
            "OutOfMemory",
            "there was not enough memory to read it",
            "Raise --worker-memory, run it alone with --jobs 1, or shrink the picture",
            page,
        )
    return Failure(
        "InternalError",
        f"digitize failed on it ({type(error).__name__}: {first_line(error)})",
        "This is a fault of digitize: please report it, with the file if you may share it",
        page,
    )


def killed(page: int | None) -> Failure:
    """Return why a page is given up at which a worker died, and another in the second try."""
    return Failure(
        "WorkerDied",
        "the process that read it was killed, twice",
        "It may need more memory than there is: shrink it, or run it on a larger machine",
        page,
    )


def stuck(page: int | None, seconds: float) -> Failure:
    """Return why a page is given up that took longer than `seconds`."""
    return Failure(
        "PageTimeout",
        f"it took longer than {seconds:g} seconds, and was given up",
        "Raise --page-timeout, or shrink it",
        page,
    )

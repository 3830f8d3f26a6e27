"""What becomes of one page of several: loaded, or a failure in its place."""

from __future__ import annotations

from collections.abc import Callable

from digitize.errors import UnreadableInput, UsageError, first_line
from digitize.records import Failure, Page


def page_or_failure(load: Callable[[int], Page], number: int) -> Page | Failure:
    """Return page `number` as `load` gives it, or why it cannot; a UsageError passes."""
    try:
        return load(number)
    except UnreadableInput as error:
        return Failure(type(error).__name__, error.cause, error.remedy, page=number)
    except UsageError:
        raise
    except MemoryError:
        return Failure(
            "OutOfMemory",
            "there was not enough memory to read it",
            "Raise --worker-memory, run it alone with --jobs 1, or shrink the picture",
            page=number,
        )
    except Exception as error:  # whatever upsets a library on one page must not cost the next
        cause = f"this page cannot be loaded ({type(error).__name__}: {first_line(error)})"
        return Failure("UnreadableInput", cause, "Copy or scan it again.", page=number)

"""What becomes of one page of several: loaded, or a failure in its place."""

from __future__ import annotations

from collections.abc import Callable

from digitize.errors import UnreadableInput
from digitize.records import Failure, Page


def page_or_failure(load: Callable[[int], Page], number: int) -> Page | Failure:
    """Return page `number` as `load` gives it, or why it cannot."""
    try:
        return load(number)
    except UnreadableInput as error:
        return Failure(type(error).__name__, error.cause, error.remedy, page=number)

"""A document that is open, and which of its pages are wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from digitize.records import Failure, Page


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """An open document.

    numbers: of the wanted pages, rising from 1. load: gives the page of such a number, or the
    failure in its place; raises where the document has but this page, and cannot be read.
    """

    numbers: tuple[int, ...]
    load: Callable[[int], Page | Failure]

"""The numbers of a page line by line, for the formats that are built of lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from digitize.records import Number, PageResult


def lines_of(page: PageResult) -> Iterator[tuple[Number, ...]]:
    """Yield the numbers of each line, from the page's top, in reading order; no line is empty."""
    for _, numbers in groupby(page.numbers, lambda number: number.line):
        yield tuple(numbers)

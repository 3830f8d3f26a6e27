"""Which pages to read: "1-3,7" to page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digitize.errors import UnreadableInput, UsageError

_RANGE = re.compile(r"(\d{1,9})(-(\d{1,9})?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PageRanges:
    """Stretches of pages, (first, last) from 1, both included; last None is the document's end."""

    ranges: tuple[tuple[int, int | None], ...]

    def __contains__(self, number: int) -> bool:
        return any(first <= number <= (last or number) for first, last in self.ranges)

    def __str__(self) -> str:
        return ",".join(_written(first, last) for first, last in self.ranges)


def parse_page_ranges(text: str) -> PageRanges:
    """Return the pages that `text` ("1-3,7" or "5-") asks for; UsageError where it is unclear."""
    ranges: list[tuple[int, int | None]] = []
    for part in text.split(","):
        found = _RANGE.fullmatch(part.strip())
        if not found:
            raise _unclear(text, f"'{part.strip()}' is not a page or a range of pages")
        first = int(found[1])
        last = int(found[3]) if found[3] else (None if found[2] else first)
        if first < 1:
            raise _unclear(text, "pages count from 1")
        if last is not None and last < first:
            raise _unclear(text, f"'{part.strip()}' runs backwards")
        ranges.append((first, last))
    return PageRanges(tuple(ranges))


def wanted_pages(count: int, pages: PageRanges | None) -> Iterator[int]:
    """Return the numbers to load, rising, of a document of `count` pages.

    A range may reach past the end ("1-3" of two pages is those two), but one that lies wholly
    behind it asks for what is not there: UnreadableInput.
    """
    for first, last in pages.ranges if pages else ():
        if first > count:
            has = "1 page" if count == 1 else f"{count} pages"
            raise UnreadableInput(
                f"it has {has}, and --pages asks for {_written(first, last)}",
                f"Ask for pages from 1 to {count}, or leave --pages out.",
            )
    return (number for number in range(1, count + 1) if pages is None or number in pages)


def _written(first: int, last: int | None) -> str:
    if last == first:
        return str(first)
    return f"{first}-" if last is None else f"{first}-{last}"


def _unclear(text: str, why: str) -> UsageError:
    return UsageError(
        f"--pages '{text}': {why}", "Write pages and ranges with commas, such as 1-3,7 or 5-."
    )

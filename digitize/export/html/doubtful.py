"""The numbers that people must look at, the least certain first, each with its picture."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from pathlib import Path

from digitize.export.framed import framed
from digitize.export.html.pages import CROP_QUALITY, inline
from digitize.export.html.words import shown
from digitize.export.likely import other_readings
from digitize.export.originals import cut_out, original
from digitize.export.tables import shown_confidence
from digitize.records import Number, Page, PageResult

MOST = 200
"""Shown on the page: a browser shows them at once, and who has more uses the workbook."""

SHOWN_OTHERS = 3  # other readings beside a number: what comes later is far-fetched
PICTURE = (260, 52)  # width, height in pixels, at most: four or five beside each other
MOST_ENLARGED = 4.0  # beyond, blocks are seen, not strokes
MARGIN = (1.2, 0.35)  # beside and above, in heights of the number: a digit left out is seen


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A number for review, `count`th on its page from 1; place: of its document in the run."""

    document: str
    page: int
    count: int
    number: Number
    place: int


class LeastCertain:
    """Those numbers that are shown, as HTML; all are counted."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: list[tuple[float, int, str]] = []  # a heap: the surest is at its top
        self.count = 0

    def add(self, one: Doubtful, page: Page | None, source: Path, result: PageResult) -> None:
        """Count a number in, and keep it where it is among the least certain so far.

        page: its pixels, None where they are gone. Of equally certain ones the first are kept.
        """
        self.count += 1
        rank = (-one.number.confidence, -self.count)
        if len(self._kept) < self._most:
            heapq.heappush(self._kept, (*rank, _entry(one, page, source, result)))
        elif rank > self._kept[0][:2]:
            heapq.heapreplace(self._kept, (*rank, _entry(one, page, source, result)))

    def as_html(self) -> str:
        """Return the section; empty where there is nothing for review."""
        if not self.count:
            return ""
        kept = "".join(entry for *_, entry in sorted(self._kept, reverse=True))
        told = f"{self.count:,} in all, the least certain first."
        if self.count > len(self._kept):
            told = (
                f"The {len(self._kept):,} least certain of {self.count:,}; "
                "--format xlsx gives a sheet of all."
            )
        return (
            f'<section><h2>Numbers to review</h2><p>{told}</p><ol class="doubtful">\n'
            f"{kept}</ol></section>\n"
        )


def _entry(one: Doubtful, page: Page | None, source: Path, result: PageResult) -> str:
    where = f"{shown(one.document)}, page {one.page}, number {one.count}"
    others = ", ".join(
        f"{shown(other.text)} ({shown_confidence(other.confidence)})"
        for other in other_readings(one.number)[:SHOWN_OTHERS]
    )
    return (
        f"<li>{_picture(one, page, source, result)}<b>{shown(one.number.text)}</b> "
        f"{shown_confidence(one.number.confidence)}"
        f"{f'<br>or {others}' if others else ''}"
        f'<br><a href="#d{one.place}p{one.page}">{where}</a></li>\n'
    )


def _picture(one: Doubtful, page: Page | None, source: Path, result: PageResult) -> str:
    crop = cut_out(page, original(source, result), one.number.box, MARGIN) if page else None
    if crop is None:
        return '<span class="gone">no picture</span>'
    picture = framed(crop, PICTURE, MOST_ENLARGED)
    height, width = picture.shape[:2]
    text = shown(one.number.text)
    address = inline(picture, CROP_QUALITY)
    return f'<img src="{address}" width="{width}" height="{height}" alt="{text}">'

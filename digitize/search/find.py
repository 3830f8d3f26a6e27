"""A text to the places where it was read, or may have been written."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from digitize.errors import UsageError
from digitize.export.originals import Original
from digitize.export.tables import shown_confidence
from digitize.records import NOT_AT_HAND, Box, Status
from digitize.search.index import open_index

_TEXT = re.compile(r"(?P<minus>-?)(?P<digits>\.?[0-9][0-9.]*)(?P<begins>\*?)", re.ASCII)

_HITS = """
SELECT readings.text, readings.confidence, numbers.text, numbers.id, status, line, number,
       x, y, numbers.width, numbers.height,
       document, source, page, pages.width, pages.height, dpi, turn
FROM readings
JOIN numbers ON numbers.id = readings.number_id
JOIN pages ON pages.id = numbers.page_id
JOIN documents ON documents.id = pages.document_id
WHERE readings MATCH ?
ORDER BY readings.confidence DESC, readings.text
"""
"""The surest first; the keys of numbers count up in the order in which the run read them."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A number that has, or may have, the text that was looked for.

    text: what it is found as. read: what it was read as. confidence: of `text`, 0 to 1. box: in
    pixels of the page as loaded. line, number: count from 1 on the page. place: where the page is.
    origin: the address of its document, where that came from a store and is not at hand.
    """

    document: str
    page: int
    line: int
    number: int
    text: str
    read: str
    confidence: float
    status: Status
    box: Box
    place: Original
    origin: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return the hit as an object of JSON."""
        box = self.box
        return {
            "document": self.document,
            "page": self.page,
            "line": self.line,
            "number": self.number,
            "text": self.text,
            "read": self.read,
            "confidence": self.confidence,
            "status": self.status.value,
            "box": [box.x, box.y, box.width, box.height],
            "source": self.origin or str(self.place.source),
        }


def search(out: Path, text: str) -> list[Hit]:
    """Return the numbers of the run in `out` that are, or may be, `text`; the surest first.

    "12*" finds all that begins with 12: those that are just 12 come first. "12" finds -12 as well,
    "-12" does not find 12. A number that could be several such texts is found once, as the
    likeliest of them. UsageError where `text` is no number or there is no index; UnreadableInput
    where the index cannot be used.
    """
    asked = _TEXT.fullmatch(text.strip())
    if not asked:
        raise UsageError(
            f"'{text}' is no number to search for",
            "Give digits, such as 1203, 12.5 or -7, or how a number begins, such as 12*",
        )
    query = f'"{asked["digits"]}"{asked["begins"]}'
    with open_index(out) as index:
        found = [(row[3], _hit(row)) for row in index.execute(_HITS, (query,))]
    surest: dict[int, Hit] = {}
    for number, hit in found:
        if hit.text.startswith(asked["minus"]):
            surest.setdefault(number, hit)
    whole = asked["minus"] + asked["digits"]
    ranked = sorted((_rank(number, hit, whole), number) for number, hit in surest.items())
    return [surest[number] for _, number in ranked]


def _rank(number: int, hit: Hit, whole: str) -> tuple[bool, Decimal, int]:
    """Return what hits are sorted by: as sure as is shown counts as equally sure."""
    return hit.text != whole, -Decimal(shown_confidence(hit.confidence)), number


def _hit(row: tuple[Any, ...]) -> Hit:
    text, confidence, read, _, status, line, number, x, y, wide, high, *rest = row
    document, from_where, page, width, height, dpi, turn = rest
    source = os.fsdecode(from_where)
    origin = source if "://" in source else None
    return Hit(
        document=document,
        page=page,
        line=line,
        number=number,
        text=text,
        read=read,
        confidence=float(confidence),
        status=Status(status),
        box=Box(x, y, wide, high),
        place=Original(NOT_AT_HAND if origin else Path(source), page, width, height, dpi, turn),
        origin=origin,
    )

"""The numbers that people must look at, each with its picture from the page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2

from digitize.export.framed import framed
from digitize.export.originals import cut_out, load_originals, original
from digitize.records import DocumentResult, Number, PageResult, Pixels, Status

PICTURE = (240, 48)
"""Width and height in pixels, at most: a line of such rows is read at a glance."""

MOST_ENLARGED = 4.0  # beyond, blocks are seen, not strokes
MARGIN = (1.2, 0.35)  # beside and above, in heights of the number: a digit left out is seen
EDGE = 2  # pixels of the cell around the picture
EMU = 9525  # of a pixel: 914,400 an inch (ECMA-376), 96 pixels an inch
POINT = 0.75  # of a pixel, which is 1/96 inch, in units of 1/72 inch


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A number for review, `count`th on its page from 1; picture: (height, width, 3) RGB or None.

    There is none where the document is gone.
    """

    page: int
    count: int
    number: Number
    picture: Pixels | None


def doubtful_numbers(document: DocumentResult, passwords: Sequence[str]) -> Iterator[Doubtful]:
    """Yield the numbers for review in reading order; only their pages are loaded, one at a time."""
    results = {page.number: page for page in document.pages if _doubted(page)}
    waiting = dict(results)
    places = [original(document.source, page) for page in results.values()]
    for place, page in load_originals(places, passwords):
        for earlier in [number for number in waiting if number < place.number]:
            yield from _without_pictures(waiting.pop(earlier))
        if place.number in waiting:
            for count, number in _doubted(waiting.pop(place.number)):
                crop = cut_out(page, place, number.box, MARGIN)
                yield Doubtful(
                    place.number,
                    count,
                    number,
                    framed(crop, PICTURE, MOST_ENLARGED) if crop else None,
                )
    for left in waiting.values():
        yield from _without_pictures(left)


def _without_pictures(page: PageResult) -> Iterator[Doubtful]:
    for count, number in _doubted(page):
        yield Doubtful(page.number, count, number, None)


def _doubted(page: PageResult) -> list[tuple[int, Number]]:
    numbered = enumerate(page.numbers, 1)
    return [(count, number) for count, number in numbered if number.status is Status.REVIEW]


def row_height() -> float:
    """Return the height of a row with a picture, in units of 1/72 inch."""
    return (PICTURE[1] + 2 * EDGE) * POINT


def put_picture(sheet: Any, picture: Pixels, row: int, column: int) -> None:
    """Lay a picture into a cell, both from 0; it goes where the cell goes, and hides with it."""
    from openpyxl.drawing.image import Image
    from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor

    height, width = picture.shape[:2]
    _, png = cv2.imencode(".png", picture[..., ::-1], [cv2.IMWRITE_PNG_COMPRESSION, 6])
    image = Image(io.BytesIO(png.tobytes()))
    image.anchor = TwoCellAnchor(
        "twoCell",
        AnchorMarker(column, EDGE * EMU, row, EDGE * EMU),
        AnchorMarker(column, (EDGE + width) * EMU, row, (EDGE + height) * EMU),
    )
    sheet.add_image(image)

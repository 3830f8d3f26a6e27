"""The visible layer: a thin box around each number and its value beside it, in lines alone.

Colours stay apart for colour-blind eyes (Okabe & Ito 2008, Color Universal Design); doubtful
numbers have thicker lines too, for black-and-white prints.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitize.export.pdf.place import Area, View, pdf_number
from digitize.export.pdf.strokes import label, label_width
from digitize.records import Number, PageResult, Status

MARGIN = 0.12
"""Of a number's height: how far its box keeps from the ink."""

LABEL_HEIGHTS = (0.45, 0.3, 0.2)
"""Of a number's height: the first that finds a free place, within the limits below."""

SMALLEST_LABEL, LARGEST_LABEL = 4.0, 12.0
"""In units of 1/72 inch."""


@dataclass(frozen=True, slots=True)
class Pen:
    """How a mark is drawn: RGB 0 to 1, and the line's width in units of 1/72 inch."""

    colour: str
    width: float


SURE = Pen("0 .447 .698", 0.5)
"""Blue, #0072B2."""
DOUBTFUL = Pen(".902 .624 0", 0.8)
"""Orange, #E69F00."""
VERY_DOUBTFUL = Pen(".835 .369 0", 1.0)
"""Vermillion, #D55E00."""


def pen_of(number: Number, review_below: float) -> Pen:
    """Return the pen for a number: doubtful ones go to review, the worst are less than half sure.

    Half of `review_below`, that is: 0.95 asks for 19 right in 20, and 0.475 is a coin's toss.
    """
    if number.status is Status.OK:
        return SURE
    return VERY_DOUBTFUL if number.confidence < review_below / 2 else DOUBTFUL


def marks_layer(page: PageResult, view: View, review_below: float) -> bytes:
    """Return the PDF operators that draw the marks of a page."""
    areas = [view.place(number.box) for number in page.numbers]
    frames = [area.grown(max(1.0, MARGIN * area.height)) for area in areas]
    count = len(frames)
    taken = np.full((2 * count, 4), np.inf)  # the frames, then the labels once they are placed
    taken[:count] = np.reshape(frames, (count, 4))
    drawn = []
    for place, (number, area, frame) in enumerate(zip(page.numbers, areas, frames, strict=True)):
        pen = pen_of(number, review_below)
        spot = _label_spot(number.text, area.height, frame, view, taken)
        taken[count + place] = spot
        drawn.append(f"{pen.colour} RG {pdf_number(pen.width)} w {_rectangle(frame)} S\n")
        drawn.append(label(number.text, spot.left, spot.bottom, spot.height))
    return "".join(drawn).encode("ascii")


def _label_spot(
    text: str, height: float, frame: Area, view: View, taken: NDArray[np.float64]
) -> Area:
    """Return a label's place and size beside its frame, off all that is `taken` (count, 4).

    A smaller label is tried where a larger one finds no place; the smallest stands above if all
    fail, as it hides least there.
    """
    sizes = [min(max(share * height, SMALLEST_LABEL), LARGEST_LABEL) for share in LABEL_HEIGHTS]
    for size in sizes:
        spot = _free_spot(size * label_width(text), size, frame, view, taken)
        if spot is not None:
            return spot
    size, width = sizes[-1], sizes[-1] * label_width(text)
    left = max(0.0, min(frame.left, view.width - width))
    bottom = min(frame.top + size / 4, view.height - size)
    return Area(left, bottom, left + width, bottom + size)


def _free_spot(
    width: float, height: float, frame: Area, view: View, taken: NDArray[np.float64]
) -> Area | None:
    """Return a label's place right of its frame, else above, below or left of it, else None.

    Around a label some room is left, so that two never read as one.
    """
    gap = height / 3
    left = max(0.0, min(frame.left, view.width - width))
    middle = (frame.bottom + frame.top - height) / 2
    for x, y in (
        (frame.right + gap, middle),
        (left, frame.top + gap),
        (left, frame.bottom - gap - height),
        (frame.left - gap - width, middle),
    ):
        spot = Area(x, y, x + width, y + height)
        on_page = x >= 0 and y >= 0 and spot.right <= view.width and spot.top <= view.height
        if on_page and not _touches(spot.grown(0.9 * gap), taken):
            return spot
    return None


def _touches(spot: Area, others: NDArray[np.float64]) -> bool:
    """Tell whether `spot` shares area with any of the (count, 4) `others`."""
    left, bottom, right, top = others.T
    apart = (
        (left >= spot.right) | (right <= spot.left) | (bottom >= spot.top) | (top <= spot.bottom)
    )
    return not bool(apart.all())


def _rectangle(area: Area) -> str:
    numbers = (area.left, area.bottom, area.width, area.height)
    return f"{' '.join(map(pdf_number, numbers))} re"

"""The visible layer: a thin box around each number and its value beside it, in lines alone.

Colours stay apart for colour-blind eyes (Okabe & Ito 2008, Color Universal Design); doubtful
numbers have thicker lines too, for black-and-white prints.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitize.export.pdf.legend import legend
from digitize.export.pdf.pens import PENS, pen_of
from digitize.export.pdf.place import Area, View, rectangle, touches
from digitize.export.pdf.strokes import label, label_width
from digitize.export.writer import ExportOptions
from digitize.records import Number, PageResult, Status

MARGIN = 0.12
"""Of a number's height: how far its box keeps from the ink."""

LABEL_HEIGHTS = (0.45, 0.3, 0.2)
"""Of a number's height: the first that finds a free place, within the limits below."""

SMALLEST_LABEL, LARGEST_LABEL, LABEL_STEP = 4.0, 12.0, 0.5
"""In units of 1/72 inch; few sizes look calmer than many."""


def marks_layer(page: PageResult, view: View, options: ExportOptions) -> bytes:
    """Return the PDF operators that draw the marks of a page, and what they mean, in steps.

    Colour by colour, first all frames and then all labels: what is alike stands together, and the
    whole takes a quarter less space.
    """
    numbers = [
        number
        for number in page.numbers
        if options.marks != "only-review" or number.status is Status.REVIEW
    ]
    frames, spots = _places(numbers, view)
    pens = [pen_of(number, options.review_below) for number in numbers]
    drawn = []
    for pen in PENS:
        own = [place for place, other in enumerate(pens) if other is pen]
        if own:
            drawn.append(f"{pen.drawn(view.step)}\n")
            drawn += [f"{rectangle(frames[at], view.step)}\n" for at in own]
            drawn.append("S\n")
            drawn += [label(numbers[at].text, spots[at], view.step) for at in own]
    taken = np.reshape([*frames, *spots], (-1, 4))
    drawn.append(legend(pens, view, taken))
    return "".join(drawn).encode("ascii")


def _places(numbers: Sequence[Number], view: View) -> tuple[list[Area], list[Area]]:
    """Return the frame of each number and the place of its label, none of which hide another."""
    areas = [view.place(number.box) for number in numbers]
    frames = [area.grown(max(1.0, MARGIN * area.height)) for area in areas]
    count = len(frames)
    taken = np.full((2 * count, 4), np.inf)  # the frames, then the labels once they are placed
    taken[:count] = np.reshape(frames, (count, 4))
    spots = []
    for place, (number, area, frame) in enumerate(zip(numbers, areas, frames, strict=True)):
        spots.append(_label_spot(number.text, area.height, frame, view, taken))
        taken[count + place] = spots[-1]
    return frames, spots


def _label_spot(
    text: str, height: float, frame: Area, view: View, taken: NDArray[np.float64]
) -> Area:
    """Return a label's place and size beside its frame, off all that is `taken` (count, 4).

    A smaller label is tried where a larger one finds no place; the smallest stands above if all
    fail, as it hides least there.
    """
    wanted = [min(max(share * height, SMALLEST_LABEL), LARGEST_LABEL) for share in LABEL_HEIGHTS]
    sizes = [LABEL_STEP * (size // LABEL_STEP) for size in wanted]
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
        if on_page and not touches(spot.grown(0.9 * gap), taken):
            return spot
    return None

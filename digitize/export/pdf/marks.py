"""The visible layer: a thin box around each number and its value beside it, in lines alone.

Colours stay apart for colour-blind eyes (Okabe & Ito 2008, Color Universal Design); doubtful
numbers have thicker lines too, for black-and-white prints.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitize.export.pdf.legend import legend_place
from digitize.export.pdf.pens import Pen, pen_of
from digitize.export.pdf.place import Area, View, steps, touches
from digitize.export.pdf.strokes import label, label_width
from digitize.export.writer import ExportOptions
from digitize.records import Number, PageResult, Status

MARGIN = 0.12
"""Of the usual height of a page's numbers: how far their frames keep from the ink."""

LEAST_MARGIN = 1.0
"""In units of 1/72 inch."""

LABEL_HEIGHTS = (0.45, 0.3, 0.2)
"""Of the usual height of numbers: the first that finds a free place, within the limits below."""

SMALLEST_LABEL, LARGEST_LABEL, LABEL_STEP = 4.0, 12.0, 2.0
"""In units of 1/72 inch; few sizes look calmer than many, and take less space."""

SMALLER = 1.25
"""How many times as high a page's numbers usually are as one that has smaller labels than they."""

LIFT = 0.6
"""Of a label's height: how far it stands above its number's foot, near the middle as a rule."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The frame around a number and the place of its value, in the view, and how they are drawn."""

    frame: Area
    label: Area
    pen: Pen


def find_marks(page: PageResult, view: View, options: ExportOptions) -> list[Mark | None]:
    """Return the mark of each number of a page; None for those that are to have none."""
    marked = [
        options.marks != "only-review" or number.status is Status.REVIEW for number in page.numbers
    ]
    return [
        place and Mark(*place, pen_of(number, options.review_below))
        for number, place in zip(page.numbers, _places(page.numbers, marked, view), strict=True)
    ]


def free_for_legend(page: PageResult, marks: Sequence[Mark], view: View) -> Area | None:
    """Return where there is room to say what the page's marks mean; None where there is none."""
    taken = [view.place(number.box) for number in page.numbers]
    taken += [place for mark in marks for place in (mark.frame, mark.label)]
    return legend_place([mark.pen for mark in marks], view, np.reshape(taken, (-1, 4)))


def mark_drawing(mark: Mark, text: str, step: float, origin: tuple[int, int]) -> str:
    """Return the PDF operators of a mark around `text`, in steps; `origin` is their (0, 0)."""
    x, y = origin
    frame, place = mark.frame, mark.label
    left, bottom = steps(frame.left, step) - x, steps(frame.bottom, step) - y
    width, height = steps(frame.right, step) - x - left, steps(frame.top, step) - y - bottom
    at = (steps(place.left, step) - x, steps(place.bottom, step) - y)
    value = label(text, steps(place.height, step), *at)
    return f"{left + width} {bottom} {-width} {height} re S {value}"


def _places(
    numbers: Sequence[Number], marked: Sequence[bool], view: View
) -> list[tuple[Area, Area] | None]:
    """Return the frame of each number and the place of its label, None for those without a mark.

    Where there is room, no label hides another, nor a frame, nor the ink of any number.
    """
    areas = [view.place(number.box) for number in numbers]
    usual = float(np.median([area.height for area in areas])) if areas else 0.0
    margin = _whole(max(LEAST_MARGIN, MARGIN * usual), view)
    framed = [
        area.grown(margin) if shown else area for area, shown in zip(areas, marked, strict=True)
    ]
    count = len(framed)
    taken = np.full((2 * count, 4), np.inf)  # frames or ink, then the labels once they are placed
    taken[:count] = np.reshape(framed, (count, 4))
    places: list[tuple[Area, Area] | None] = []
    for index, (number, area, frame) in enumerate(zip(numbers, areas, framed, strict=True)):
        if not marked[index]:
            places.append(None)
            continue
        height = min(SMALLER * area.height, usual)
        taken[count + index] = spot = _label_spot(number.text, height, frame, view, taken)
        places.append((frame, spot))
    return places


def _whole(length: float, view: View) -> float:
    """Return a length that is a whole number of steps: what lies equally far is written alike."""
    return steps(length, view.step) * view.step


def _label_spot(
    text: str, height: float, frame: Area, view: View, taken: NDArray[np.float64]
) -> Area:
    """Return a label's place and size beside its frame, off all that is `taken` (count, 4).

    height: of numbers such as this. A smaller label is tried where a larger one finds no place; the
    smallest stands above if all fail, as it hides least there.
    """
    wanted = [share * height / LABEL_STEP for share in LABEL_HEIGHTS]
    sizes = [min(max(LABEL_STEP * round(size), SMALLEST_LABEL), LARGEST_LABEL) for size in wanted]
    for size in (_whole(size, view) for size in dict.fromkeys(sizes)):
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

    To the right it stands near the foot, or under the head where another number reaches up to it.
    Around a label some room is left, so that two never read as one.
    """
    gap = _whole(height / 3, view)
    left = max(0.0, min(frame.left, view.width - width))
    middle = frame.bottom + _whole(
        min(LIFT * height, (frame.top - frame.bottom - height) / 2), view
    )
    for x, y in (
        (frame.right + gap, middle),
        (frame.right + gap, frame.top - height),
        (left, frame.top + gap),
        (left, frame.bottom - gap - height),
        (frame.left - gap - width, middle),
    ):
        spot = Area(x, y, x + width, y + height)
        on_page = x >= 0 and y >= 0 and spot.right <= view.width and spot.top <= view.height
        if on_page and not touches(spot.grown(0.9 * gap), taken):
            return spot
    return None

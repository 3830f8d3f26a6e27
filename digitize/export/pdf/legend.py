"""What the colours of a page's marks mean, and how many there are of each: one line at its edge.

It stands where printers cannot print and hands hardly write, within 3 mm of an edge of an A4 page,
and only where no number and no label lies.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitize.export.pdf.pens import PENS, Pen
from digitize.export.pdf.place import Area, View, pdf_number, steps, touches
from digitize.export.pdf.strokes import figures, in_a_row, label_width, placed, strokes

USUAL_HEIGHT = 5.9
"""On A4, in units of 1/72 inch: what the squares' lines are as wide for as those of the marks."""

HEIGHT_SHARE, LEAST_HEIGHT = 0.007, 4.0
"""Of the page's longer side, 2 mm on A4, for pages that fill a screen; in units of 1/72 inch."""

MOST_WIDTH_SHARE = 0.9
"""Of the page's width; a page too narrow for it, such as a cropped number, has none."""

SQUARE, SPACE, GAP = 1.0, 0.6, 2.0
"""In letter heights: a colour's square, the space after it, and the gap to the next colour."""


def legend_place(pens: Sequence[Pen], view: View, taken: NDArray[np.float64]) -> Area | None:
    """Return where the legend for marks drawn with `pens` stands in the view; None for nowhere.

    taken: (count, 4) areas of the view that it keeps off, by half its height.
    """
    entries = _entries(pens)
    size = max(HEIGHT_SHARE * max(view.width, view.height), LEAST_HEIGHT)
    width = size * (sum(map(_counted_width, entries)) + GAP * (len(entries) - 1))
    return _free_place(width, size, view, taken) if entries else None


def legend_drawing(pens: Sequence[Pen], place: Area, step: float) -> str:
    """Return the PDF operators of the legend for marks drawn with `pens`, at its place, in steps.

    They draw squares and words by the name of their form.
    """
    high, left, low = (steps(one, step) for one in (place.height, place.left, place.bottom))
    row = []
    for pen, number in _entries(pens):
        row += [("", entry_width(pen)), (f"{pen.chosen}{pen.form} Do", 0.0)]
        row += [*figures(str(number)), ("", GAP)]
    return placed(in_a_row(row), high, left, low)


def entry_drawing(pen: Pen) -> str:
    """Return the PDF operators that draw a pen's square, and then what it means, one high.

    It ends where it is drawn from: the number behind it needs no move of its own.
    """
    square = f"{pdf_number(pen.width / USUAL_HEIGHT)} w 0 0 {SQUARE} {SQUARE} re S"
    word = f"1 0 0 1 {SQUARE + SPACE} 0 cm {strokes(pen.meaning)}"
    return f"1 0 0 1 {pdf_number(-entry_width(pen), 2)} 0 cm {square} {word}"


def entry_width(pen: Pen) -> float:
    """Return how wide a pen's square and meaning are, with a space behind, in letter heights."""
    return SQUARE + SPACE + label_width(f"{pen.meaning} ")


def _entries(pens: Sequence[Pen]) -> list[tuple[Pen, int]]:
    """Return each pen that is used, and how often."""
    return [(pen, pens.count(pen)) for pen in PENS if pen in pens]


def _counted_width(entry: tuple[Pen, int]) -> float:
    """Return how wide an entry is, in letter heights."""
    pen, number = entry
    return entry_width(pen) + label_width(str(number))


def _free_place(width: float, size: float, view: View, taken: NDArray[np.float64]) -> Area | None:
    """Return a place at the foot of the page, else at its head; left, middle or right."""
    if width > MOST_WIDTH_SHARE * view.width:
        return None
    for bottom in (size / 2, view.height - 1.5 * size):
        for left in (size, (view.width - width) / 2, view.width - width - size):
            place = Area(left, bottom, left + width, bottom + size)
            if not touches(place.grown(size / 2), taken):
                return place
    return None

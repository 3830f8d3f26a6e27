"""The searchable layer: each number as invisible text that lies on its ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import asin, cos, degrees, log, radians, sin
from typing import TypeAlias

from digitize.export.pdf.font import EM, WIDEST, WIDTH_STEP, Glyphs
from digitize.export.pdf.own_names import OWN_NAME
from digitize.export.pdf.place import Area, View, pdf_number, steps
from digitize.records import Number

Turn: TypeAlias = tuple[float, float, float, float]
"""The first four of a matrix; see `place`."""

Point: TypeAlias = tuple[float, float]

FONT = f"{OWN_NAME}F"
LEVEL: Turn = (1, 0, 0, 1)
DIGITS = frozenset("0123456789")

STRAIGHT_DEGREES = 0.5
"""Writing that climbs less is set level; more than that, the text climbs with it."""

STEEPEST_DEGREES = 15.0
"""The box around steeper writing says too little about its length and height to follow it: the text
fills the box, as it does on a level page. Steeper are but photos of a sheet that lies askew."""

MOST_CLIMB = 0.45
"""In text heights, from a run's first character to its last: a long number on a steep line climbs
no further, since poppler takes what lies half a height apart for two lines (maxIntraLineDelta)."""

NARROWEST_CELL = 0.02
"""Of a number's width: what a character gets at least, where boxes leave it nothing."""

SIZES_RATIO = 1.06
"""Of a font size to the next smaller one: text is as high as its ink, give or take three in 100."""

_SPACE = 100
"""In units of the font: the space that ends a number, so that copying two keeps them apart."""


def cell_edges(number: Number) -> list[float]:
    """Return where each character of the number begins and the last ends, 0 to 1 of its box.

    The edges rise strictly, from 0 to 1; there is one more than there are characters.
    """
    spans = _spans(number)
    middles = [(left[1] + right[0]) / 2 for left, right in pairwise(spans)]
    edges = [0.0, *middles, 1.0]
    least = min(NARROWEST_CELL, 0.5 / len(spans))
    for place in range(1, len(edges) - 1):
        edges[place] = max(edges[place], edges[place - 1] + least)
    for place in range(len(edges) - 2, 0, -1):
        edges[place] = min(edges[place], edges[place + 1] - least)
    return edges


def _spans(number: Number) -> list[tuple[float, float]]:
    """Return each character's (start, end), 0 to 1 of its number's box.

    A decimal mark has no box of its own: it takes the gap between its neighbours.
    """
    box = number.box
    digits = [
        ((digit.box.x - box.x) / box.width, (digit.box.right - box.x) / box.width)
        for digit in number.digits
    ]
    if sum(character in DIGITS for character in number.text) != len(digits):
        count = len(number.text)
        return [(place / count, (place + 1) / count) for place in range(count)]
    spans, read = [], 0
    for character in number.text:
        if character in DIGITS:
            spans.append(digits[read])
            read += 1
        else:
            before = digits[read - 1][1] if read else 0.0
            after = digits[read][0] if read < len(digits) else 1.0
            spans.append((min(before, after), max(before, after)))
    return spans


@dataclass(frozen=True, slots=True)
class TextRun:
    """A number as text, in PDF operators: those that choose its size, and those that set it."""

    sized: str
    shown: str


def text_run(
    number: Number, view: View, skew_degrees: float, glyphs: Glyphs, origin: tuple[int, int]
) -> TextRun:
    """Return a number as one string, in steps; `origin` is their (0, 0).

    Each character is as wide as from the middle of the gap before it to that of the gap behind it:
    without gaps between characters no viewer takes one number for two.
    """
    turn, start, width, height = _baseline(view.place(number.box), skew_degrees)
    size = _size(height / view.step)
    ends = [edge * width / (size * view.step) for edge in cell_edges(number)[1:]]
    widths = glyph_widths(ends)
    codes = [
        glyphs.code(character if character.isascii() else "?", units)
        for character, units in zip(number.text, widths, strict=True)
    ]
    codes.append(glyphs.code(" ", _SPACE))
    shown = f"<{''.join(f'{code:04X}' for code in codes)}>"
    sized = f"{FONT} {size} Tf"
    if turn == LEVEL:
        return TextRun(sized, f" BT[{sum(widths)}{shown}]TJ ET")
    turned = " ".join(pdf_number(part, 4) for part in turn)
    x, y = (steps(one, view.step) - zero for one, zero in zip(start, origin, strict=True))
    return TextRun(sized, f" BT {turned} {x} {y} Tm{shown}Tj ET")


def _size(steps: float) -> int:
    """Return the size of the font for text so many steps high: few sizes take little space."""
    return round(SIZES_RATIO ** round(log(max(steps, 1.0), SIZES_RATIO)))


def glyph_widths(ends: Sequence[float]) -> list[int]:
    """Return the widths, in units of the font, of glyphs that end where `ends` (in heights) say.

    Each is rounded so that it ends as near to its place as it can, wherever the one before ended.
    """
    widths: list[int] = []
    at = 0
    for end in ends:
        steps = round((end * EM - at) / WIDTH_STEP)
        widths.append(min(max(steps, 1) * WIDTH_STEP, WIDEST))
        at += widths[-1]
    return widths


def _baseline(area: Area, skew_degrees: float) -> tuple[Turn, Point, float, float]:
    """Return how a run climbs and where it starts, and its length and height along that line."""
    if STRAIGHT_DEGREES < abs(skew_degrees) <= STEEPEST_DEGREES:
        width, height = _unturned(area, skew_degrees)
        most = degrees(asin(min(1.0, MOST_CLIMB * height / width)))
        climb = max(-most, min(most, skew_degrees))
    else:
        climb = 0.0
    if abs(climb) <= STRAIGHT_DEGREES:
        return LEVEL, (area.left, area.bottom), area.width, area.height
    width, height = _unturned(area, climb)
    c, s = cos(radians(climb)), sin(radians(climb))
    x = (area.left + area.right - width * c + height * s) / 2
    y = (area.bottom + area.top - width * s - height * c) / 2
    return (c, s, -s, c), (x, y), width, height


def _unturned(area: Area, climb: float) -> tuple[float, float]:
    """Return the width and height of what has `area` around it when it climbs by `climb` degrees.

    A w x h rectangle turned by t has an upright box of w cos t + h sin t by w sin t + h cos t;
    solved for w and h, turned about the middle of the box.
    """
    c, s = cos(radians(climb)), abs(sin(radians(climb)))
    scale = c * c - s * s
    width = max((area.width * c - area.height * s) / scale, area.width / 2)
    height = max((area.height * c - area.width * s) / scale, area.height / 2)
    return width, height

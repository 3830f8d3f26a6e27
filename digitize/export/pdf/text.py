"""The searchable layer: each number as invisible text that lies on its ink."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from digitize.export.pdf.font import EM, WIDEST, WIDTH_STEP, Glyphs
from digitize.export.pdf.own_names import OWN_NAME
from digitize.export.pdf.place import Area, View, steps
from digitize.records import Number

FONT = f"{OWN_NAME}F"
DIGITS = frozenset("0123456789")

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


def text_run(number: Number, view: View, glyphs: Glyphs, origin: tuple[int, int]) -> TextRun:
    """Return a number as one string, in steps; `origin`, where it is drawn from, is their (0, 0).

    It lies level also where the writing climbs: poppler takes what lies half a point off a word's
    first character for another word. Each character is as wide as from the middle of the gap before
    it to that of the gap behind it: without gaps between characters no viewer takes one number for
    two.
    """
    area = _inside(view.place(number.box), view)
    size = _size(area.height / view.step)
    ends = [edge * area.width / (size * view.step) for edge in cell_edges(number)[1:]]
    widths = glyph_widths(ends)
    codes = [
        glyphs.code(character, units) for character, units in zip(number.text, widths, strict=True)
    ]
    codes.append(glyphs.code(" ", _SPACE))
    shown = f"<{''.join(f'{code:04X}' for code in codes)}>"
    corner = steps(area.right, view.step), steps(area.bottom, view.step)
    moved = "" if corner == origin else f" {corner[0] - origin[0]} {corner[1] - origin[1]} Td"
    return TextRun(f"{FONT} {size} Tf", f" BT{moved}[{sum(widths)}{shown}]TJ ET")


def _inside(area: Area, view: View) -> Area:
    """Return the area of a text within its page by more than rounding can move the text.

    Poppler loses a character that begins or ends a hair outside the page, or whose baseline does.
    """
    margin = view.step + area.height * WIDTH_STEP / (2 * EM)
    x, y = min(margin, area.width / 4), min(margin, area.height / 4)
    right, bottom = min(area.right, view.width - x), max(area.bottom, y)
    return Area(max(area.left, x), bottom, right, area.top)


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

"""The searchable layer: each number as invisible text that lies on its ink."""

from __future__ import annotations

from itertools import pairwise
from math import cos, radians, sin

from digitize.export.pdf.font import GLYPH_WIDTH
from digitize.export.pdf.place import Area, Matrix, View, pdf_matrix, pdf_number
from digitize.records import Number, PageResult

DIGITS = frozenset("0123456789")

STRAIGHT_DEGREES = 0.5
"""Writing that climbs less is set level; more than that, the text climbs with it."""

STEEPEST_DEGREES = 15.0
"""The box around steeper writing says too little about its length and height to follow it."""

NARROWEST_CELL = 0.02
"""Of a number's width: what a character gets at least, where boxes leave it nothing."""

_SPACE = 0.1
"""In text heights: the space that ends a number, so that copying two keeps them apart."""


def text_layer(page: PageResult, view: View) -> bytes:
    """Return the PDF operators that set all numbers of a page, in reading order.

    Each character is stretched from the middle of the gap before it to that of the gap behind it:
    without gaps between characters no viewer takes one number for two.
    """
    runs = [_run(number, view.place(number.box), page.skew_degrees) for number in page.numbers]
    return "".join(["3 Tr\n", *runs]).encode("ascii")


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


def _run(number: Number, area: Area, skew_degrees: float) -> str:
    """Return one text object: its matrix, then each character with its own horizontal scale."""
    if not number.text:
        return ""
    matrix, width, height = _baseline(area, skew_degrees)
    edges = cell_edges(number)
    cells = [
        _stretched(character, (end - start) * width / height)
        for character, (start, end) in zip(number.text, pairwise(edges), strict=True)
    ]
    cells.append(_stretched(" ", _SPACE))
    size = f"/F {pdf_number(height)} Tf {pdf_matrix(matrix)} Tm"
    return f"BT {size} {' '.join(cells)} ET\n"


def _stretched(character: str, width: float) -> str:
    """Return the operators that show `character` as wide as `width` text heights."""
    code = ord(character) if character.isascii() else ord("?")
    return f"{pdf_number(100 * width / GLYPH_WIDTH)} Tz <{code:04X}> Tj"


def _baseline(area: Area, skew_degrees: float) -> tuple[Matrix, float, float]:
    """Return where a run starts and how it climbs, and its length and height along that line.

    A w x h rectangle turned by t has an upright box of w cos t + h sin t by w sin t + h cos t;
    solved for w and h, turned about the middle of the box.
    """
    climb = max(-STEEPEST_DEGREES, min(STEEPEST_DEGREES, skew_degrees))
    if abs(climb) <= STRAIGHT_DEGREES:
        return (1, 0, 0, 1, area.left, area.bottom), area.width, area.height
    c, s = cos(radians(climb)), sin(radians(climb))
    scale = c * c - s * s
    width = max((area.width * c - area.height * abs(s)) / scale, area.width / 2)
    height = max((area.height * c - area.width * abs(s)) / scale, area.height / 2)
    x = (area.left + area.right - width * c + height * s) / 2
    y = (area.bottom + area.top - width * s - height * c) / 2
    return (c, s, -s, c, x, y), width, height

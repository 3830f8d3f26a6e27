"""The strip in which a number is read at once, cut from the layer of digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from digitize.confirm.level import levelled, middle_line
from digitize.group import Layout
from digitize.records import Box, Floats, Glyph, Layers, Number, Pixels
from digitize.sequence import make_strip, rows_shown

AROUND = 0.12  # of a number's height: what lies as near may be a loose piece of its digits


@dataclass(frozen=True, slots=True)
class NumberStrip:
    """A number's ink, (height, width) uint8, its box on the flat page, and the strip made of it.

    Column x of the ink stands at x · scale + offset of the strip.
    """

    ink: Pixels
    box: Box
    pixels: Floats
    scale: float
    offset: float

    def column_of(self, place: float) -> int:
        """Return the ink's column at a column of the strip, within the ink."""
        column = round((place - self.offset) / self.scale)
        return min(max(column, 0), int(self.ink.shape[1]))

    def between(self, left: int, right: int) -> Glyph | None:
        """Return the ink between two columns, the right one exclusive; None where there is none."""
        ink = self.ink[:, left:right]
        rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        if not len(rows):
            return None
        top, bottom, first, last = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
        box = Box(self.box.x + left + first, self.box.y + top, last - first, bottom - top)
        return Glyph(ink[top:bottom, first:last], box, cut=True)


def strip_of(number: Number, layers: Layers, layout: Layout) -> NumberStrip:
    """Return the strip of a number; of all digit ink where the picture is one number."""
    boxes = [digit.box for digit in number.digits]
    height = float(np.median([box.height for box in boxes]))
    if layout == "number":
        return strip_of_ink(layers.digits, height)
    rows, columns = layers.digits.shape
    around = AROUND * height
    left, top = max(0, round(number.box.x - around)), max(0, round(number.box.y - around))
    right = min(columns, round(number.box.right + around))
    bottom = min(rows, round(number.box.bottom + around))
    return strip_of_ink(layers.digits[top:bottom, left:right], height, boxes, (left, top))


def strip_of_ink(
    ink: Pixels, height: float, digits: Sequence[Box] = (), corner: tuple[int, int] = (0, 0)
) -> NumberStrip:
    """Return the strip of all ink, some of which there is, whose digits are `height` pixels high.

    digits: their boxes on the flat page, where they are known: ink too high for a strip is taken
    along them. corner: the left and the top of the ink's picture on the flat page.
    """
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    cropped = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    left, top = corner[0] + int(columns[0]), corner[1] + int(rows[0])
    box = Box(left, top, cropped.shape[1], cropped.shape[0])
    highest = rows_shown(height)
    level = cropped
    if digits and box.height > highest:
        here = [replace(digit, x=digit.x - left, y=digit.y - top) for digit in digits]
        level = levelled(cropped, middle_line(here, height, cropped.shape[1]), highest)
    strip, scale, offset = make_strip(level, height)
    return NumberStrip(cropped, box, strip, scale, offset)

"""The strip in which a number is read at once, cut from the layer of digits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitize.group import Layout
from digitize.records import Box, Floats, Glyph, Layers, Number, Pixels
from digitize.sequence import make_strip

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
    height = float(np.median([digit.box.height for digit in number.digits]))
    if layout == "number":
        return strip_of_ink(layers.digits, height)
    rows, columns = layers.digits.shape
    around = AROUND * height
    left, top = max(0, round(number.box.x - around)), max(0, round(number.box.y - around))
    right = min(columns, round(number.box.right + around))
    bottom = min(rows, round(number.box.bottom + around))
    return strip_of_ink(layers.digits[top:bottom, left:right], height, (left, top))


def strip_of_ink(ink: Pixels, height: float, corner: tuple[int, int] = (0, 0)) -> NumberStrip:
    """Return the strip of all ink, some of which there is, whose digits are `height` pixels high.

    corner: the left and the top of the ink's picture on the flat page.
    """
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    cropped = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    strip, scale, offset = make_strip(cropped, height)
    left, top = corner[0] + int(columns[0]), corner[1] + int(rows[0])
    box = Box(left, top, cropped.shape[1], cropped.shape[0])
    return NumberStrip(cropped, box, strip, scale, offset)

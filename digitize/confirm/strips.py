"""The strip in which a number is read at once, cut from the layer of digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

import cv2

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
        x, y, width, height = cv2.boundingRect(ink)
        if not width:
            return None
        box = Box(self.box.x + left + x, self.box.y + y, width, height)
        return Glyph(ink[y : y + height, x : x + width], box, cut=True)


def strip_of(number: Number, layers: Layers, layout: Layout) -> NumberStrip:
    """Return the strip of a number; of all digit ink where the picture is one number."""
    boxes = [digit.box for digit in number.digits]
    height = median(box.height for box in boxes)
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
    x, y, width, tall = cv2.boundingRect(ink)
    cropped = ink[y : y + tall, x : x + width]
    left, top = corner[0] + x, corner[1] + y
    box = Box(left, top, width, tall)
    highest = rows_shown(height)
    level = cropped
    if digits and box.height > highest:
        here = [replace(digit, x=digit.x - left, y=digit.y - top) for digit in digits]
        level = levelled(cropped, middle_line(here, height, cropped.shape[1]), highest)
    strip, scale, offset = make_strip(level, height)
    return NumberStrip(cropped, box, strip, scale, offset)

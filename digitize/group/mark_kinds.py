"""Small ink beside digits: a point, a comma, a dash or something else, by its size and place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from digitize.records import Box, Number

POINT = 0.3  # of a number's height: a point is no larger, either way
POINT_TOP = 0.6  # of a number's height below its top: a point lies no higher
POINT_DROP = 0.12  # of a number's height below its foot: a point or a comma begins no lower
COMMA_SIZE = (0.5, 0.6)  # of a number's height, across and down: a comma is no larger
COMMA_DESCENT = 0.05  # of a number's height: a comma's tail reaches below the digits
DASH_LENGTH = (0.2, 0.9)  # of a number's height
DASH_ASPECT = 1.8  # its length over its thickness, at least
DASH_MIDDLE = (0.3, 0.75)  # of a number's height below its top
MINUS_MIDDLE = (0.2, 0.9)  # the same, of a dash before the number: slanted hands let it slip


class Mark(Enum):
    """What a small ink beside digits may be."""

    POINT = auto()
    COMMA = auto()
    DASH = auto()
    OTHER = auto()


POINTS = (Mark.POINT, Mark.COMMA)  # a point that was drawn long looks like a comma


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark, its box, and how many digits of its number stand to its left."""

    mark: Mark
    box: Box
    after: int


def place(mark: Box, number: Number) -> Placed:
    """Return what a mark of a number is, by size and place, and where it stands."""
    after = sum(digit.box.centre[0] < mark.centre[0] for digit in number.digits)
    height = float(np.median([digit.box.height for digit in number.digits]))
    beside = number.digits[max(0, after - 1) : after + 1]  # what it stands between, on its slope
    top = min(digit.box.y for digit in beside)
    bottom = max(digit.box.bottom for digit in beside)
    level = DASH_MIDDLE if after else MINUS_MIDDLE
    return Placed(kind_of(mark, top, bottom, height, level), mark, after)


def kind_of(
    mark: Box, top: float, bottom: float, height: float, level: tuple[float, float] = DASH_MIDDLE
) -> Mark:
    """Return what a mark is beside digits `height` high between `top` and `bottom`, in pixels.

    level: where a dash may have its middle, of that height below the top.
    """
    low = top + POINT_TOP * height <= mark.y <= bottom + POINT_DROP * height
    if low and is_comma(mark, bottom, height):
        return Mark.COMMA
    if low and mark.width <= POINT * height:
        return Mark.POINT if mark.height <= POINT * height else Mark.OTHER
    long_enough = DASH_LENGTH[0] * height <= mark.width <= DASH_LENGTH[1] * height
    flat = mark.width >= DASH_ASPECT * mark.height
    is_level = is_at(mark, top, height, level)
    return Mark.DASH if long_enough and flat and is_level else Mark.OTHER


def is_at(mark: Box, top: float, height: float, level: tuple[float, float] = DASH_MIDDLE) -> bool:
    """Tell whether a mark has its middle between these shares of `height` pixels below `top`."""
    return level[0] * height <= mark.centre[1] - top <= level[1] * height


def is_comma(mark: Box, bottom: float, height: float) -> bool:
    """Tell whether a mark has a comma's size, and its tail below digits `height` high."""
    widest, tallest = COMMA_SIZE
    tailed = mark.bottom > bottom + COMMA_DESCENT * height and mark.height > mark.width
    return tailed and mark.width <= widest * height and mark.height <= tallest * height


def is_dash_within(space: float, placed: Placed, box: Box) -> bool:
    """Tell whether a mark is a dash that ends so far before a box, in its heights, or nearer."""
    return placed.mark is Mark.DASH and box.x - placed.box.right <= space * box.height

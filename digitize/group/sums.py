"""Sums written one number below the other: the minus before the last one takes it away.

81
- 36      the number is 36
---
45
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitize.geometry import horizontal_overlap, window
from digitize.group.doubt import doubted
from digitize.records import Box, Layers, Number

BELOW = 0.8  # of the number's height below its foot: the bar stands no lower
ABOVE = 1.2  # of the number's height above its top: the number that it is taken from ends there
COVER = 0.8  # of the number's width: the bar has ink under so much of it
SLANT = 0.25  # of the number's height: a drawn bar strays so far from level
FAR_LEFT, FAR_RIGHT = 2.5, 0.8
"""Of the number's height, left of it and right: a rule goes on there for its height, a bar ends."""


def doubt_taken_away(numbers: Sequence[Number], layers: Layers) -> list[Number]:
    """Return the numbers, doubted those with a minus that a sum may take away.

    Another number ends close above them, and a short bar runs below. layers: in their frame.
    """
    boxes = [number.box for number in numbers]
    return [
        doubted(number)
        if number.text.startswith("-") and is_taken_away(number.box, boxes, layers)
        else number
        for number in numbers
    ]


def is_taken_away(box: Box, others: Sequence[Box], layers: Layers) -> bool:
    """Tell whether a number in a box stands below another and over a bar that ends beside it."""
    height = box.height
    is_below = any(
        0 <= box.y - other.bottom <= ABOVE * height and horizontal_overlap(box, other) > 0
        for other in others
    )
    if not is_below:
        return False
    under = bar_under(Box(box.x, box.bottom, box.width, BELOW * height), layers, height)
    if under is None:
        return False
    top, tall = under - SLANT * height, 2 * SLANT * height
    beside = (box.x - FAR_LEFT * height, box.right + FAR_RIGHT * height)
    return not any(_is_covered(Box(max(0.0, x), top, height, tall), layers) for x in beside)


def bar_under(place: Box, layers: Layers, height: float) -> float | None:
    """Return the row, in pixels, at which a level bar runs through a place, None if none does."""
    band = SLANT * height
    for top in np.arange(place.y, place.bottom - band, band / 2):
        if _is_covered(Box(place.x, top, place.width, band), layers):
            return float(top + band / 2)
    return None


def _is_covered(place: Box, layers: Layers) -> bool:
    """Tell whether most columns of a place have ink of any kind."""
    at = window(place)
    ink = layers.digits[at] | layers.writing[at] | layers.rules[at]
    return bool(ink.size) and float((ink > 0).any(axis=0).mean()) >= COVER

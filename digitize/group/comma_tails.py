"""Commas run into a digit that could not be parted from it: a tail below the feet of its number.

A round digit stands on its foot. Where one has a narrow tail below those of its neighbours, at the
side of one of them, a comma may hang there that was read as a part of it.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from digitize.geometry import window
from digitize.records import Box, Number, Pixels

ROUND = (0, 2, 3, 5, 6, 8)  # digits that stand on a foot; the others may end in a stem
DROP = 0.15  # of a number's height: no foot stands so far below its neighbours'
NEAR = 0.35  # of a number's height: digits with a comma run into one stand no further apart
NARROW = 0.3  # of a number's height: a comma is no wider


def may_have_comma(number: Number, digits: Pixels) -> bool:
    """Tell whether one of a number's round digits has a tail like a comma's towards a neighbour.

    digits: the page's digits, (height, width) uint8, in the number's frame.
    """
    height = float(np.median([digit.box.height for digit in number.digits]))
    return any(
        _has_tail(one.box, other.box, digits, height)
        for left, right in pairwise(number.digits)
        for one, other in ((left, right), (right, left))
        if one.digit in ROUND
    )


def _has_tail(box: Box, neighbour: Box, digits: Pixels, height: float) -> bool:
    """Tell whether ink ends in a narrow tail below its neighbour, in the half towards it."""
    space = max(box.x, neighbour.x) - min(box.right, neighbour.right)
    if box.bottom - neighbour.bottom < DROP * height or space > NEAR * height:
        return False
    rows, columns = window(box)
    tail = np.flatnonzero(digits[rows, columns][-round(DROP * height) :].any(axis=0))
    if not len(tail) or tail[-1] - tail[0] > NARROW * height:
        return False
    is_left = tail.mean() < box.width / 2
    return bool(is_left == (neighbour.x < box.x))

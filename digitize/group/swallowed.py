"""Commas that a rule swallowed: on lined paper they hang over the line, and are taken for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np

from digitize.geometry import window
from digitize.group.doubt import doubted
from digitize.group.options import MARK_DROP
from digitize.records import Box, Number, Pixels

SPACE = 0.25  # of a number's height: between two digits a comma takes as much
FOOT = 0.4  # of a number's height above its foot: a comma begins no higher
LUMP = 0.15  # of a number's height: so much higher than its rule is a comma that hangs over it
LEAST_PIXELS = 3  # so much higher, at least: rules are ragged by a pixel on either side
UPRIGHT = 0.9  # of the height looked at: ink that fills it is of a rule that goes down


def doubt_swallowed(numbers: Sequence[Number], rules: Pixels) -> list[Number]:
    """Return the numbers, doubted those with a lump on a rule at the foot of a space in them.

    rules: (height, width) uint8, 255 ink of a rule, in the numbers' frame.
    """
    return [
        doubted(number)
        if any(has_lump(rules[window(space)], number.box.height) for space in feet_of(number))
        else number
        for number in numbers
    ]


def feet_of(number: Number) -> Iterator[Box]:
    """Yield the boxes in which a decimal comma of the number would hang, if it has one."""
    height = float(np.median([digit.box.height for digit in number.digits]))
    for left, right in pairwise(digit.box for digit in number.digits):
        foot, width = max(left.bottom, right.bottom), right.x - left.right
        if width >= SPACE * height:
            top = foot - FOOT * height
            yield Box(left.right, top, width, (FOOT + MARK_DROP) * height)


def has_lump(rules: Pixels, height: float) -> bool:
    """Tell whether ink on a rule, or where one was, is far higher than the rule is thick.

    rules: (rows, columns) uint8. height: of the number that stands there, in pixels.
    """
    if not rules.any():
        return False
    thickness = float(np.median(np.count_nonzero(rules, axis=0)))
    *_, parts, _ = cv2.connectedComponentsWithStats(rules, connectivity=8)
    tall = parts[1:, cv2.CC_STAT_HEIGHT]
    lying = tall[tall < UPRIGHT * len(rules)]
    return bool((lying - thickness >= max(LEAST_PIXELS, LUMP * height)).any())

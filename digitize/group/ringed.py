"""Rings around a digit that were read as one 0 with it: far higher than digits are, and parted.

Where digit and ring touch, or cross, they are one glyph, and look like a zero with a stroke in it.
"""

from __future__ import annotations

import cv2
import numpy as np

from digitize.geometry import window
from digitize.records import Digit, Number, Pixels

RING = 0  # as what a ring is read
HIGH = 1.25  # of the page's digits' height: a ring is as high, a zero hardly
LEAST_ROOM = 0.02  # of its box: paper that a stroke cuts off from the rest of a ring's inside


def may_have_ring(number: Number, digits: Pixels, height: float) -> bool:
    """Tell whether a number has a 0 that may be a ring around a digit.

    digits: the page's ink of digits, (height, width) uint8, in the number's frame. height: of its
    digits, in pixels.
    """
    return any(may_be_ring(digit, digits, height) for digit in number.digits)


def may_be_ring(digit: Digit, digits: Pixels, height: float) -> bool:
    """Tell whether a digit is a high 0 the inside of which is parted by a stroke."""
    if digit.digit != RING or digit.box.height < HIGH * height:
        return False
    return count_rooms(digits[window(digit.box)]) > 1


def count_rooms(ink: Pixels) -> int:
    """Return how many places of paper ink encloses; ink: (height, width) uint8."""
    around = cv2.copyMakeBorder(ink, 1, 1, 1, 1, cv2.BORDER_CONSTANT)
    _, _, rooms, _ = cv2.connectedComponentsWithStats(255 - around, connectivity=4)
    return int(np.count_nonzero(rooms[2:, cv2.CC_STAT_AREA] >= LEAST_ROOM * ink.size))

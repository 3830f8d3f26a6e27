"""Dashes that touch a digit: ink that begins or ends with a short level stroke at half its height.

They may be a minus, or part a date. The classifier reads the digit and passes the stroke over, so
no mark is left to be found.
"""

from __future__ import annotations

import numpy as np

from digitize.geometry import window
from digitize.group.doubt import Flags
from digitize.records import Number, Pixels

LENGTH = 0.22  # of the digit's height: so long the stroke is at least, up to the digit itself
THIN = 0.2  # of the digit's height: no pen is thicker
MIDDLE = (0.25, 0.75)  # of the digit's height below its top: a minus is written there
LEVEL = 0.12  # of the digit's height: the stroke climbs or falls no more
OWN_BEFORE, OWN_BEHIND = (7,), (2, 4, 7)
"""Digits with such strokes of their own: the bars of 7 and 4, a 2's tail. The arm of a 4 is one
with its bar: of MNIST's, 9 in 1,000 begin so."""


def may_have_dash(number: Number, digits: Pixels) -> bool:
    """Tell whether a digit begins with a level stroke, or one with others behind it ends so.

    digits: the page's ink of digits, (height, width) uint8, in the number's frame.
    """
    last = number.digits[-1]
    for digit in number.digits:
        inked = digits[window(digit.box)] > 0
        if digit.digit not in OWN_BEFORE and begins_level(inked):
            return True
        if digit is not last and digit.digit not in OWN_BEHIND and begins_level(inked[:, ::-1]):
            return True
    return False


def begins_level(inked: Flags) -> bool:
    """Tell whether ink begins, at its left edge, with a thin level stroke at half its height.

    inked: (height, width), where it is.
    """
    height, width = inked.shape
    length = max(2, round(LENGTH * height))
    if not height or width <= length:
        return False
    beginning = inked[:, :length]
    tops = beginning.argmax(axis=0)
    ends = height - beginning[::-1].argmax(axis=0)
    middles = (tops + ends) / 2
    return bool(
        beginning.any(axis=0).all()
        and (ends - tops <= THIN * height).all()
        and (middles >= MIDDLE[0] * height).all()
        and (middles <= MIDDLE[1] * height).all()
        and np.ptp(middles) <= LEVEL * height
    )

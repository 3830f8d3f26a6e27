"""A minus that touches its number: ink that begins with a short level stroke at half its height.

The classifier reads the digit and passes the stroke over, which leaves no mark to be found.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitize.geometry import window
from digitize.group.doubt import Flags, doubted
from digitize.records import Number, Pixels

LENGTH = 0.22  # of the digit's height: so long the stroke is at least, up to the digit itself
THIN = 0.2  # of the digit's height: no pen is thicker
MIDDLE = (0.25, 0.75)  # of the digit's height below its top: a minus is written there
LEVEL = 0.12  # of the digit's height: the stroke climbs or falls no more
OWN = (4, 7)  # digits with such strokes of their own, the arm of a 4 and the bar of a 7


def doubt_dashed(numbers: Sequence[Number], digits: Pixels) -> list[Number]:
    """Return the numbers, for review those whose first digit begins as with a minus.

    digits: the page's ink of digits, (height, width) uint8, in the numbers' frame.
    """
    return [doubted(number) if may_have_minus(number, digits) else number for number in numbers]


def may_have_minus(number: Number, digits: Pixels) -> bool:
    """Tell whether the first digit of a number begins with a level stroke."""
    first = number.digits[0]
    return first.digit not in OWN and begins_level(digits[window(first.box)] > 0)


def begins_level(inked: Flags) -> bool:
    """Tell whether ink begins, at its left edge, with a thin level stroke at half its height.

    inked: (height, width), where it is.
    """
    height, width = inked.shape
    length = max(2, round(LENGTH * height))
    if width <= length:
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

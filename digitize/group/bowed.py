"""Brackets about a number, read as 1s: strokes that bow outwards and are higher than its digits.

`(6)` is read as 161 and `3)` as 31. A 1 is straight; a long flat flag alone bends it as much.
"""

from __future__ import annotations

import numpy as np

from digitize.geometry import window
from digitize.group.doubt import Flags
from digitize.records import BARE_STROKE, Digit, Number, Pixels

HIGHER = 1.05  # times as high as the digit beside it, at least: it reaches past that
BOW = 0.06  # of its height: its middle stands out so far from the line between its ends
ENDS, MIDDLE = 0.2, 0.2  # of its height: its rows at the top and the foot, and about its middle


def has_bracket(number: Number, digits: Pixels) -> bool:
    """Tell whether the first stroke of a number bows to the left, or its last to the right.

    digits: the page's ink of digits, (height, width) uint8, in the number's frame.
    """
    if len(number.digits) < 2:
        return False
    first, second, *_ = number.digits
    *_, next_to_last, last = number.digits
    return _is_bracket(first, second, digits, -1) or _is_bracket(last, next_to_last, digits, 1)


def _is_bracket(stroke: Digit, beside: Digit, digits: Pixels, side: int) -> bool:
    is_high = stroke.box.height >= HIGHER * beside.box.height
    if stroke.digit != BARE_STROKE or not is_high:
        return False
    return side * bow_of(digits[window(stroke.box)] > 0) >= BOW


def bow_of(inked: Flags) -> float:
    """Return how far right of its ends the middle of a stroke lies, in its heights.

    inked: (height, width), where its ink is.
    """
    height = len(inked)
    end, middle = max(1, round(ENDS * height)), max(1, round(MIDDLE * height / 2))
    parts = inked[:end], inked[height // 2 - middle : height // 2 + middle], inked[-end:]
    if not all(part.any() for part in parts):
        return 0.0
    top, centre, foot = (float(np.nonzero(part)[1].mean()) for part in parts)
    return (centre - (top + foot) / 2) / height

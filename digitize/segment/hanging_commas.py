"""Commas that touch the digit behind them: they hang from its lower left, below its foot."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DROP = 0.1  # digit heights: so far a comma ends below the foot of its digit, at least
WIDTH = (0.08, 0.4)  # digit heights from its left end to where it meets the digit
TOP = 0.55  # of the digit's height: what begins higher is a stroke of the digit
LEAST_DIGIT = 0.75  # digit heights: what it hangs from is no lower
LEVEL, SPAN = 0.06, 0.25
"""Digit heights: a foot rises no more over so many columns, as that of a slanted 7 or 9 does."""
NEAR, REACH = 0.2, 0.4
"""Digit heights: so near to its foot the digit comes in so many columns, as no second leg does."""
SLIM, DEEP = 1.5, 0.25
"""Times as high as wide, at least: the loop of a 2 that hangs low is round. Digit heights below the
foot: so far no loop hangs."""
ABOVE = 0.35  # digit heights above a comma: so far is looked whether it goes on as a stroke
BEND = 0.05  # digit heights: a stroke that goes on strays less from a straight line
FOOT = (2.9, 8)  # of a comma's thickness: so wide its digit stands on it, as no slanted 1 does


def find_comma(inked: NDArray[np.bool_], digit_height: float) -> int:
    """Return how many columns the comma takes that hangs from a digit's lower left, 0 for none.

    inked: (height, width), where the ink is, cropped to it. digit_height: of the page's digits, in
    pixels.
    """
    height, width = inked.shape
    feet = height - inked[::-1].argmax(axis=0)  # below each column's lowest ink
    foot_from = np.maximum.accumulate(feet[::-1])[::-1]  # of all columns from there on
    least, most = (round(share * digit_height) for share in WIDTH)
    span = max(round(SPAN * digit_height), 1)
    for length in range(max(least, 1), min(most, width - span) + 1):
        foot = int(foot_from[length])
        if foot - foot_from[length + span - 1] <= LEVEL * digit_height:
            break
    else:
        return 0
    nearest = feet[length : length + round(REACH * digit_height)].max()
    is_near = foot - nearest <= NEAR * digit_height
    top = int(inked[:, :length].any(axis=1).argmax())
    drop = (height - foot) / digit_height
    is_slim = height - top >= (SLIM if drop < DEEP else 1) * length
    is_low = top >= TOP * foot and is_slim
    hangs = drop >= DROP
    is_digit = foot >= LEAST_DIGIT * digit_height
    if not (hangs and is_near and is_low and is_digit):
        return 0
    return length if _bends_into_a_foot(inked, top, digit_height) else 0


def _bends_into_a_foot(inked: NDArray[np.bool_], top: int, digit_height: float) -> bool:
    """Tell whether ink that ends in a comma from row `top` on is a digit there, no long stroke."""
    start = max(top - round(ABOVE * digit_height), 0)
    ink = inked[start:]
    rows, lefts = np.arange(len(ink)), ink.argmax(axis=1)
    strayed = np.abs(lefts - np.polyval(np.polyfit(rows, lefts, 1), rows)).max()
    ends = ~ink & (np.arange(ink.shape[1]) > lefts[:, np.newaxis])
    widths = np.where(ends.any(axis=1), ends.argmax(axis=1), ink.shape[1]) - lefts
    least, most = (share * float(np.median(widths[top - start :])) for share in FOOT)
    return bool(strayed >= BEND * digit_height and least <= widths.max() <= most)

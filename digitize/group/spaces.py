"""The spaces along a line of digits, each measured by the digits around it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from digitize.records import Digit

NEAR = 2  # digits to either side whose heights, with its own, make a digit's local height
SMALL_ZERO = 0.65  # of its line's taller digits: a lower 0 says nothing of how large people write
ODD_SPACE = 0.55  # of a digit's height: points are given so much, digits alone seldom
ODD_SPACES = 2.0  # times as wide as the number's others: or it spaces its digits so
ODD_PITCH = 1.25  # times as far from middle to middle: in a comb, narrow digits leave wide spaces
FEWEST_SPACES = 3  # in a number, of which one may be odd
LEAST_SPACE = 0.1  # of a digit's height: digits closer to one another count as so far apart
TALLER = 75  # percent of a line's digits are lower than its taller ones


def find_spaces(line: Sequence[Digit]) -> list[float]:
    """Return the spaces between the digits of a line, in local digit heights; one less than them.

    Digits are in order of their left edges; a space is what lies past all ink to the left.
    """
    heights = local_heights(line)
    ends = np.maximum.accumulate([digit.box.right for digit in line])
    return [
        float((digit.box.x - end) / height)
        for digit, end, height in zip(line[1:], ends[:-1], heights[1:], strict=True)
    ]


def find_odd_space(digits: Sequence[Digit]) -> int | None:
    """Return behind how many digits of a number a space is far wider than its others; None if none.

    There are two others at least.
    """
    spaces = find_spaces(digits)
    if len(spaces) < FEWEST_SPACES:
        return None
    widest = int(np.argmax(spaces))
    usual = float(np.median(np.delete(spaces, widest)))
    is_wide = spaces[widest] >= max(ODD_SPACE, ODD_SPACES * max(usual, LEAST_SPACE))
    pitches = np.diff([digit.box.centre[0] for digit in digits])
    is_far = pitches[widest] >= ODD_PITCH * np.median(np.delete(pitches, widest))
    return widest + 1 if is_wide and is_far else None


def local_heights(line: Sequence[Digit]) -> NDArray[np.float64]:
    """Return the median height of each digit of a line and its neighbours, in pixels."""
    heights = np.array([digit.box.height for digit in line], dtype=np.float64)
    zeros = np.array([digit.digit == 0 for digit in line])
    if (zeros & (heights < SMALL_ZERO * heights.max())).any():
        tall = np.percentile(heights, TALLER)
        heights[zeros & (heights < SMALL_ZERO * tall)] = tall
    around = [heights[max(0, at - NEAR) : at + NEAR + 1] for at in range(len(heights))]
    return np.array([median(part.tolist()) for part in around], dtype=np.float64)

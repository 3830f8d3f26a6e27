"""The spaces along a line of digits, each measured by the digits around it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from digitize.records import Digit

NEAR = 2  # digits to either side whose heights, with its own, make a digit's local height
SMALL_ZERO = 0.65  # of its line's taller digits: a lower 0 says nothing of how large people write
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


def local_heights(line: Sequence[Digit]) -> NDArray[np.float64]:
    """Return the median height of each digit of a line and its neighbours, in pixels."""
    heights = np.array([digit.box.height for digit in line], dtype=np.float64)
    zeros = np.array([digit.digit == 0 for digit in line])
    if (zeros & (heights < SMALL_ZERO * heights.max())).any():
        tall = np.percentile(heights, TALLER)
        heights[zeros & (heights < SMALL_ZERO * tall)] = tall
    around = [heights[max(0, at - NEAR) : at + NEAR + 1] for at in range(len(heights))]
    return np.array([median(part.tolist()) for part in around], dtype=np.float64)

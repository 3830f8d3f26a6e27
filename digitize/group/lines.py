"""Digits to lines, and lines to chunks where space parts them.

A page may hold writing of several sizes: every length is measured by the digits around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digitize.group.options import GroupOptions
from digitize.records import Digit

RECENT = 3  # digits at a line's end that say where it goes on and how large it is written
NEAR = 2  # digits to either side whose heights, with its own, make a digit's local height


def find_number_gap(digits: Sequence[Digit], options: GroupOptions) -> float:
    """Return the space in digit heights beyond which a number ends, as the page's spacing says.

    Spaces within numbers and between them leave an empty interval among all spaces of the page;
    the widest one between least_gap and most_gap is it, and its middle the threshold.
    """
    found = [space for line in find_lines(digits, options) for space in find_spaces(line)]
    within = sorted(space for space in found if options.least_gap < space < options.most_gap)
    edges = [options.least_gap, *within, options.most_gap]
    start, end = max(pairwise(edges), key=lambda pair: pair[1] / pair[0])
    return float(np.sqrt(start * end))


def find_lines(digits: Sequence[Digit], options: GroupOptions) -> list[list[Digit]]:
    """Return the digits in lines, each from left to right; a line follows its own slope."""
    lines: list[list[Digit]] = []
    middles: list[float] = []  # of each line where it is now
    heights: list[float] = []  # of its last digits
    for digit in sorted(digits, key=by_left):
        middle, height = digit.box.centre[1], digit.box.height
        shifts = np.abs(np.array(middles) - middle) / np.minimum(np.array(heights), height)
        if not lines or shifts.min() > options.line_shift:
            lines.append([digit])
            middles.append(middle)
            heights.append(height)
            continue
        nearest = int(np.argmin(shifts))
        line = lines[nearest]
        line.append(digit)
        recent = line[-RECENT:]
        middles[nearest] = sum(other.box.centre[1] for other in recent) / len(recent)
        heights[nearest] = float(np.median([other.box.height for other in recent]))
    return lines


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
    around = [heights[max(0, at - NEAR) : at + NEAR + 1] for at in range(len(heights))]
    return np.array([np.median(part) for part in around])


def split_lines(digits: Sequence[Digit], gap: float, options: GroupOptions) -> list[list[Digit]]:
    """Return the digits of each line, parted where the space is wider than `gap` digit heights."""
    chunks: list[list[Digit]] = []
    for line in find_lines(digits, options):
        chunks.append([line[0]])
        for digit, space in zip(line[1:], find_spaces(line), strict=True):
            if space > gap:
                chunks.append([])
            chunks[-1].append(digit)
    return chunks


def by_left(digit: Digit) -> float:
    """Return the left edge, by which digits of a line are sorted."""
    return digit.box.x

"""Digits to lines, and lines to chunks where space parts them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from digitize.group.options import GroupOptions
from digitize.records import Digit


def find_number_gap(digits: Sequence[Digit], height: float, options: GroupOptions) -> float:
    """Return the space in pixels beyond which a number ends, as the page's own spacing says.

    Spaces within numbers and between them leave an empty interval among all spaces of the page;
    the widest one between least_gap and most_gap is it, and its middle the threshold.
    """
    spaces = [
        (right.box.x - left.box.right) / height
        for line in find_lines(digits, height, options)
        for left, right in pairwise(line)
    ]
    within = sorted(s for s in spaces if options.least_gap < s < options.most_gap)
    edges = [options.least_gap, *within, options.most_gap]
    start, end = max(pairwise(edges), key=lambda pair: pair[1] / pair[0])
    return float(np.sqrt(start * end)) * height


def find_lines(digits: Sequence[Digit], height: float, options: GroupOptions) -> list[list[Digit]]:
    """Return the digits in lines, each from left to right; a line follows its own slope."""
    lines: list[list[Digit]] = []
    middles: list[float] = []  # of each line where it is now
    for digit in sorted(digits, key=by_left):
        middle = digit.box.centre[1]
        shifts = np.abs(np.array(middles) - middle)
        if not middles or shifts.min() > options.line_shift * height:
            lines.append([digit])
            middles.append(middle)
            continue
        nearest = int(np.argmin(shifts))
        line = lines[nearest]
        line.append(digit)
        recent = [other.box.centre[1] for other in line[-3:]]
        middles[nearest] = sum(recent) / len(recent)
    return lines


def split_lines(
    digits: Sequence[Digit], height: float, gap: float, options: GroupOptions
) -> list[list[Digit]]:
    """Return the digits of each line, parted where the space is wider than `gap` pixels."""
    chunks: list[list[Digit]] = []
    for line in find_lines(digits, height, options):
        end = -np.inf
        for digit in line:
            if digit.box.x - end > gap:
                chunks.append([])
            chunks[-1].append(digit)
            end = max(end, digit.box.right)
    return chunks


def by_left(digit: Digit) -> float:
    """Return the left edge, by which digits of a line are sorted."""
    return digit.box.x

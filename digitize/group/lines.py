"""Digits to lines, and lines to chunks where space parts them.

A page may hold writing of several sizes: every length is measured by the digits around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from digitize.group.options import GroupOptions
from digitize.group.spaces import find_spaces
from digitize.group.spread import STEADY, find_pitch, find_pitches, is_grid, is_spread, is_steady
from digitize.records import Digit

CLEAR = 1.5  # the widest empty interval's end over its start: below, the spaces are all of a kind
LOWEST_ZERO = 0.35  # of the digits beside it: so much lower do people write a 0
FEW = 0.15  # of a page's spaces: where no more are wide, hardly any part numbers
RECENT = 3  # digits at a line's end that say where it goes on and how large it is written


def find_number_gap(digits: Sequence[Digit], options: GroupOptions) -> float:
    """Return the space in digit heights beyond which a number ends, as the page's spacing says.

    Spaces within numbers and between them leave an empty interval among all spaces of the page;
    the widest one between least_gap and most_gap is it, and its middle the threshold. Where there
    is no clear one and hardly any wider, as on a page of a few long numbers loosely written, only
    most_gap parts them.
    """
    found = [space for line in find_lines(digits, options) for space in find_spaces(line)]
    within = sorted(space for space in found if options.least_gap < space < options.most_gap)
    edges = [options.least_gap, *within, options.most_gap]
    start, end = max(pairwise(edges), key=lambda pair: pair[1] / pair[0])
    far = np.mean([space >= options.most_gap for space in found]) if found else 1
    unclear = end < CLEAR * start and far <= FEW
    return options.most_gap if unclear else float(np.sqrt(start * end))


def find_lines(digits: Sequence[Digit], options: GroupOptions) -> list[list[Digit]]:
    """Return the digits in lines, each from left to right; a line follows its own slope."""
    lines: list[list[Digit]] = []
    middles: list[float] = []  # of each line where it is now
    heights: list[float] = []  # of its last digits
    for digit in sorted(digits, key=by_left):
        middle, height = digit.box.centre[1], digit.box.height
        reach = options.line_shift * np.maximum(np.array(heights), height)
        near = np.flatnonzero(np.abs(np.array(middles) - middle) <= reach).tolist()
        shifts = [
            abs(middles[at] - middle) / _common_height(lines[at], heights[at], digit) for at in near
        ]
        if not shifts or min(shifts) > options.line_shift:
            lines.append([digit])
            middles.append(middle)
            heights.append(height)
            continue
        nearest = near[shifts.index(min(shifts))]
        line = lines[nearest]
        line.append(digit)
        recent = line[-RECENT:]
        middles[nearest] = sum(other.box.centre[1] for other in recent) / len(recent)
        heights[nearest] = median(
            [float(other.box.height) for other in recent if other.digit] or [heights[nearest]]
        )
    return lines


def _common_height(line: Sequence[Digit], height: float, digit: Digit) -> float:
    """Return the pixels by which a digit's place in a line is judged: the lower one's height.

    height: of the line's last digits. A 0 may be much lower than the digits beside it.
    """
    own = digit.box.height
    if digit.digit == 0:
        own = max(own, min(height, own / LOWEST_ZERO))
    elif all(other.digit == 0 for other in line[-RECENT:]):
        height = max(height, min(own, height / LOWEST_ZERO))
    return min(own, height)


def split_lines(lines: Sequence[Sequence[Digit]], gap: float) -> list[list[Digit]]:
    """Return the digits of each line, parted where the space is wider than `gap` digit heights.

    A line of digits spread out evenly is one, but in a grid; where the page's digits have a column
    each, what stands further apart is parted, unless the line keeps a pitch of its own.
    """
    pitch, spread = find_pitch(lines), [is_spread(line, gap) for line in lines]
    apart = not any(spread) or is_grid(lines)
    chunks: list[list[Digit]] = []
    for line, is_one in zip(lines, spread, strict=True):
        wide = np.array(find_spaces(line)) > gap
        if pitch:
            wide &= find_pitches(line) > STEADY * pitch
            wide &= not (is_one and is_steady(line))
        elif is_one and not apart:
            wide[:] = False
        chunks += part(line, wide)
    return chunks


def part(line: Sequence[Digit], parted: NDArray[np.bool_]) -> list[list[Digit]]:
    """Return the digits of a line in chunks; parted: whether it is, between each two of them."""
    starts = [0, *(np.flatnonzero(parted) + 1).tolist(), len(line)]
    return [list(line[start:end]) for start, end in pairwise(starts)]


def by_left(digit: Digit) -> float:
    """Return the left edge, by which digits of a line are sorted."""
    return digit.box.x

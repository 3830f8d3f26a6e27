"""Numbers written with wide, even space between their digits.

Space about as wide as a digit is high parts numbers. But a line all of whose digits stand so far
apart, and as far from one another, is more likely one number, written out; unless the digits of
other lines stand right above and below: then it is a row of a grid. Five or more may stand further
apart, in boxes that were not found, if they stand more evenly. And a page may have a pitch of
its own at which all digits of its numbers stand, as below printed sums: then space wider than that
parts numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitize.group.spaces import find_spaces, local_heights
from digitize.records import Digit

FEWEST = 3  # digits: two are always evenly spaced
WIDEST_PITCH = 2.4  # digit heights from one digit's middle to the next one's
UNEVEN = 1.7  # the longest pitch of a line over its shortest
FAR, FEWEST_FAR, HARDLY_UNEVEN = 4.0, 5, 1.25
"""Digit heights, digits, and the longest pitch over the shortest: as in boxes drawn for them."""
LEAST_PITCH = 1.1  # digit heights: usual writing is narrower
STEADY = 1.25  # a page's pitches over their median, and the other way round: a column each
STEADY_SHARE = 0.85  # of the pitches that may be within numbers: so many are steady
CLEARLY_WIDER = 1.5  # of a page's pitch: what is next to it, if not a column, is so far
BETWEEN_BLOCKS = (
    0.15  # of the pitches: with as many clearly wider, sums stand side by side, no grid
)
FEWEST_PITCHES = 8  # fewer may be alike by chance
GRID_SHARE = 0.6  # of a page's digits: where more have one straight above or below, it is a grid
EVEN = 0.3  # of the pitch along lines, either way
EVEN_SHARE = 0.9  # of a grid's pitches are even; on sheets of sums a quarter is not, at least
GRID_PITCH = 1.35  # of the pitch along lines: a grid's rows lie hardly further apart


def is_spread(line: Sequence[Digit], gap: float) -> bool:
    """Tell whether the digits of a line stand evenly, some further apart than `gap` heights."""
    if len(line) < FEWEST or max(find_spaces(line)) <= gap:
        return False
    pitches = np.diff([digit.box.centre[0] for digit in line])
    height = float(np.median(local_heights(line)))
    shortest, longest = pitches.min(), pitches.max()
    is_near = longest <= WIDEST_PITCH * height and longest <= UNEVEN * shortest
    is_far = longest <= FAR * height and longest <= HARDLY_UNEVEN * shortest
    return bool(is_near or (is_far and len(line) >= FEWEST_FAR))


def find_pitch(lines: Sequence[Sequence[Digit]]) -> float | None:
    """Return the pitch in digit heights of a page whose numbers have a column for each digit.

    None where its digits stand closer, or not evenly, or in a grid.
    """
    pitches = np.concatenate([np.empty(0), *(find_pitches(line) for line in lines)])
    pitches = pitches[pitches > 0]
    narrow = pitches[pitches <= WIDEST_PITCH]
    if len(narrow) < FEWEST_PITCHES:
        return None
    usual = float(np.median(narrow))
    near = pitches[pitches <= max(WIDEST_PITCH, CLEARLY_WIDER * usual)]
    is_steady = (near <= STEADY * usual) & (near >= usual / STEADY)
    in_blocks = np.mean(pitches > CLEARLY_WIDER * usual) >= BETWEEN_BLOCKS
    if usual < LEAST_PITCH or is_steady.mean() < STEADY_SHARE or (not in_blocks and is_grid(lines)):
        return None
    return usual


def is_steady(line: Sequence[Digit]) -> bool:
    """Tell whether no two digits of a long line stand much further apart than its others do."""
    pitches = np.diff([digit.box.centre[0] for digit in line])
    return len(line) >= FEWEST_FAR and bool(pitches.max() <= STEADY * np.median(pitches))


def find_pitches(line: Sequence[Digit]) -> NDArray[np.float64]:
    """Return how far the middles of a line's neighbours are apart, in local digit heights."""
    middles = np.array([digit.box.centre[0] for digit in line])
    return np.asarray(np.diff(middles) / local_heights(line)[1:], dtype=np.float64)


def is_grid(lines: Sequence[Sequence[Digit]]) -> bool:
    """Tell whether the digits stand evenly, and most have one straight above or below, as near.

    Sums on squared paper stand so too, but for the space between them.
    """
    long = [line for line in lines if len(line) >= FEWEST]
    if len(long) < FEWEST:
        return False
    pitches = np.concatenate([np.diff([digit.box.centre[0] for digit in line]) for line in long])
    pitch = float(np.median(pitches))
    if (np.abs(pitches - pitch) <= EVEN * pitch).mean() < EVEN_SHARE:
        return False
    reach = GRID_PITCH * pitch
    boxes = [digit.box for line in lines for digit in line]
    middles = np.array([box.centre for box in boxes])
    widths, heights = np.array([[box.width, box.height] for box in boxes]).T
    across, down = np.moveaxis(np.abs(middles[:, None] - middles[None]), 2, 0)
    over = across < (widths[:, None] + widths[None]) / 2
    near = (down > heights[:, None] / 2) & (down <= reach)
    return bool((over & near).any(axis=1).mean() >= GRID_SHARE)

"""Numbers written with wide, even space between their digits.

Space about as wide as a digit is high parts numbers. But a line all of whose digits stand so far
apart, and as far from one another, is more likely one number, written out; unless the digits of
other lines stand right above and below: then it is a row of a grid.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitize.group.spaces import find_spaces, local_heights
from digitize.records import Digit

FEWEST = 3  # digits: two are always evenly spaced
WIDEST_PITCH = 2.4  # digit heights from one digit's middle to the next one's
UNEVEN = 1.7  # the longest pitch of a line over its shortest
GRID_SHARE = 0.6  # of a page's digits: where more have one straight above or below, it is a grid
GRID_PITCH = 1.35  # of the pitch along lines: a grid's rows lie hardly further apart


def is_spread(line: Sequence[Digit], gap: float) -> bool:
    """Tell whether the digits of a line stand evenly, some further apart than `gap` heights."""
    if len(line) < FEWEST or max(find_spaces(line)) <= gap:
        return False
    pitches = np.diff([digit.box.centre[0] for digit in line])
    height = float(np.median(local_heights(line)))
    even = pitches.max() <= UNEVEN * pitches.min()
    return bool(even and pitches.max() <= WIDEST_PITCH * height)


def is_grid(lines: Sequence[Sequence[Digit]]) -> bool:
    """Tell whether most digits of the lines have one straight above or below, as near as beside."""
    long = [line for line in lines if len(line) >= FEWEST]
    if len(long) < FEWEST:
        return False
    pitches = [np.diff([digit.box.centre[0] for digit in line]) for line in long]
    reach = GRID_PITCH * float(np.median(np.concatenate(pitches)))
    boxes = [digit.box for line in lines for digit in line]
    middles = np.array([box.centre for box in boxes])
    widths, heights = np.array([[box.width, box.height] for box in boxes]).T
    across, down = np.moveaxis(np.abs(middles[:, None] - middles[None]), 2, 0)
    over = across < (widths[:, None] + widths[None]) / 2
    near = (down > heights[:, None] / 2) & (down <= reach)
    return bool((over & near).any(axis=1).mean() >= GRID_SHARE)

"""Numbers parted as the others of their column are: they may hide the mark that those have."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from digitize.geometry import are_above_or_below
from digitize.group.doubt import doubted
from digitize.group.numbers import part_behind
from digitize.group.options import GroupOptions
from digitize.records import Box, Number

FEWEST_BELOW = 2  # with the mark, above or below a number that may hide it


def part_like_column(
    numbers: Sequence[Number],
    marked: Sequence[Box],
    hidden: Callable[[Number], int],
    options: GroupOptions,
) -> list[Number]:
    """Return the numbers, parted where they may hide a mark that others of their column have.

    The parts are for review. marked: where those others are. hidden: behind how many digits a
    number may hide such a mark; 0 where it hides none.
    """
    may_hide = [number for number in numbers if hidden(number)]
    if not may_hide or not marked:
        return list(numbers)
    below = are_above_or_below([number.box for number in may_hide], marked, np.inf).sum(axis=1)
    suspect = {id(n) for n, count in zip(may_hide, below, strict=True) if count >= FEWEST_BELOW}
    read: list[Number] = []
    for number in numbers:
        if id(number) in suspect:
            read += map(doubted, part_behind(number, [hidden(number)], options))
        else:
            read.append(number)
    return read

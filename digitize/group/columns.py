"""Columns of numbers that are too regular to be believed: rows counted in print, brackets, a rule.

People number lists, and forms number their rows. What stands straight below one another, time after
time, says more together than each alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from digitize.geometry import straight_through
from digitize.group.doubt import doubted
from digitize.records import BARE_STROKE, Number

STROKE = str(BARE_STROKE)  # as what a bracket and a bit of a rule are read
FEWEST = 4  # numbers below one another: fewer may be so by chance
ALIGNED = 0.45  # digit heights: so far the left edges of a column may lie apart, one from the next
APART = 6.0  # digit heights from one number of a column to the next, at most
ENDING_SHARE = 0.7  # of a column: so many end with a stroke where it is a bracket
STRAIGHT = 0.1  # digit heights, deviation: strokes that lie so straight are a rule's
EVEN = 0.04  # deviation of the heights over their mean: of print, not of a hand
USUAL_SIZE = (0.8, 1.25)  # of the page's usual digit: an even column of another size is print


def doubt_columns(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers, doubted those of columns that look like print, brackets or a rule.

    numbers: in any order, boxes in one upright frame.
    """
    suspect: set[int] = set()
    usual = float(np.median([_height(number) for number in numbers])) if numbers else 0.0
    for column in find_columns(numbers):
        for run in (
            *counted_in_print(column),
            printed_in_own_size(column, usual),
            ended_by_brackets(column),
            bits_of_rule(column),
        ):
            suspect.update(map(id, run))
    return [doubted(number) if id(number) in suspect else number for number in numbers]


def find_columns(numbers: Sequence[Number]) -> Iterator[list[Number]]:
    """Yield the numbers that stand below one another by their left edges, from top to bottom."""
    open_columns: list[list[Number]] = []
    for number in sorted(numbers, key=lambda each: each.box.y):
        height = _height(number)
        home = next(
            (
                column
                for column in open_columns
                if abs(column[-1].box.x - number.box.x) <= ALIGNED * height
                and 0 < number.box.y - column[-1].box.y <= APART * height
            ),
            None,
        )
        if home is None:
            open_columns.append([number])
        else:
            home.append(number)
    yield from (column for column in open_columns if len(column) >= FEWEST)


def counted_in_print(column: Sequence[Number]) -> Iterator[list[Number]]:
    """Yield the numbers that each count one more than the one above, all of one height."""
    run = [column[0]]
    for above, number in pairwise(column):
        if int(number.text) != int(above.text) + 1:
            yield from _if_even(run)
            run = []
        run.append(number)
    yield from _if_even(run)


def _if_even(run: list[Number]) -> Iterator[list[Number]]:
    if len(run) >= FEWEST and _are_even(run):
        yield run


def _are_even(numbers: Sequence[Number]) -> bool:
    """Tell whether all digits are as high as one another, as those of print are."""
    heights = [digit.box.height for number in numbers for digit in number.digits]
    return bool(np.std(heights) <= EVEN * np.mean(heights))


def printed_in_own_size(column: Sequence[Number], usual: float) -> Sequence[Number]:
    """Return a column of even height, if it is not the page's usual one, in pixels: none else."""
    least, most = USUAL_SIZE
    is_other = (
        not least * usual <= float(np.median([_height(each) for each in column])) <= most * usual
    )
    return column if is_other and _are_even(column) else []


def ended_by_brackets(column: Sequence[Number]) -> list[Number]:
    """Return the numbers that end with a stroke, where most do: `2)` was read as 21."""
    ending = [each for each in column if len(each.text) > 1 and each.text.endswith(STROKE)]
    return ending if len(ending) >= max(FEWEST, ENDING_SHARE * len(column)) else []


def bits_of_rule(column: Sequence[Number]) -> list[Number]:
    """Return the single strokes of a column, where they lie straight below one another."""
    strokes = [each for each in column if each.text == STROKE]
    if len(strokes) < FEWEST:
        return []
    middles = np.array([each.box.centre for each in strokes])
    along = straight_through(middles[:, 1], middles[:, 0], middles[:, 1])
    off = np.std(middles[:, 0] - along)
    height = np.median([_height(each) for each in strokes])
    return strokes if off <= STRAIGHT * height else []


def _height(number: Number) -> float:
    return float(np.median([digit.box.height for digit in number.digits]))

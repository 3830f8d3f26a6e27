"""The bracket behind each number of a list: where all end with a stroke and count without it.

`1)` is read as 11, `2)` as 21 and `3)` as 31; what counts 1, 2, 3 was numbered by somebody.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from digitize.group.columns import ended_by_brackets, find_columns
from digitize.group.doubt import doubted
from digitize.group.numbers import make_number
from digitize.group.options import GroupOptions
from digitize.records import Number

COUNTING = 0.5  # of the pairs of neighbours: so many count on by one, for some are misread


def without_brackets(numbers: Sequence[Number], options: GroupOptions) -> list[Number]:
    """Return the numbers without such strokes; those that lose one are for review.

    numbers: in any order, boxes in one upright frame.
    """
    bracketed = {
        id(number)
        for column in find_columns(numbers)
        if is_counted(ended := ended_by_brackets(column))
        for number in ended
    }
    return [
        doubted(make_number(number.digits[:-1], number.line, options))
        if id(number) in bracketed
        else number
        for number in numbers
    ]


def is_counted(column: Sequence[Number]) -> bool:
    """Tell whether most numbers of a column, without their last digit, are one more than before."""
    if not column:
        return False
    counts = [int(number.text[:-1]) for number in column]
    onward = sum(after == before + 1 for before, after in pairwise(counts))
    return onward >= COUNTING * (len(counts) - 1)

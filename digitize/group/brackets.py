"""The bracket behind each number of a list: a stroke higher than digits, without which they count.

`1)` is read as 11, `2)` as 21 and `3)` as 31; what counts 1, 2, 3 was numbered by somebody. In a
column of 11, 21 and 31 the last strokes are no higher than the others, and few are longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from digitize.group.columns import ended_by_brackets, find_columns
from digitize.group.doubt import doubted
from digitize.group.numbers import make_number
from digitize.group.options import GroupOptions
from digitize.records import Number

COUNTING = 0.6  # of the pairs of neighbours: so many count on by one, for some are misread
MANY, DIGITS = 5, 2  # numbers of so few digits that count on: they need no high brackets
HIGHER = 1.1  # times the number's other digits: a bracket reaches above and below them


def without_brackets(numbers: Sequence[Number], options: GroupOptions) -> list[Number]:
    """Return the numbers without such strokes; those that lose one are for review.

    numbers: in any order, boxes in one upright frame.
    """
    bracketed = {
        id(number)
        for column in find_columns(numbers)
        if is_counted(ended := ended_by_brackets(column)) and (end_high(ended) or is_long(ended))
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


def is_long(column: Sequence[Number]) -> bool:
    """Tell whether a column is too long to count by tens, as years may: 1891, 1901, 1911."""
    return len(column) >= MANY and all(len(each.text) - 1 <= DIGITS for each in column)


def end_high(column: Sequence[Number]) -> bool:
    """Tell whether the last strokes of a column are mostly higher than its digits."""
    return bool(np.median([_height_of_end(number) for number in column]) >= HIGHER)


def _height_of_end(number: Number) -> float:
    """Return the height of the last digit in those of the others."""
    *others, last = (digit.box.height for digit in number.digits)
    return last / float(np.median(others))

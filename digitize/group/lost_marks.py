"""Numbers that may have lost a mark which the others of their column or row have.

A point too pale to be seen, or run into the foot of a digit, leaves no trace in the number itself:
38.2 becomes 382. Nor does a minus that touches its digit. What is written above and below it, for
points beside it too, may tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from digitize.geometry import BLOCK, are_above_or_below, are_beside, contains, count_in_columns
from digitize.group.doubt import doubted
from digitize.group.spaces import find_spaces
from digitize.records import Number

FEWEST = 2  # numbers with points in a column or beside one another: one may be so by chance
SHARE = 0.15  # of a column and a row together: many may have lost theirs
FEWEST_MINUS, MOST = 3, 0.6
"""Numbers with a minus in a column, count and share of all: where few have none, it may be lost."""
ROW = 7.0  # of a number's height, either side: as far as a row is seen
FEWEST_ALIKE = 4  # other numbers in a column that say how large its numbers are
LONG = 5  # digits of a number that a hand does not spread out as a comb does
SPREAD = 0.35  # of a digit's height: the digits of a comb stand so far apart, those of 0.25 nearer
FEWEST_TOLD = 3  # numbers with points in a column that say what its numbers are
SMALLER = 0.5  # of the least number of a column: none is lower
LONGER, LONGEST = 1, 2
"""Digits more than the longest number with a point: one that lost its own is no longer, nor is the
sum below a column longer than that."""
TOO_LARGE = 5.0  # times the usual number of a column: a lost point makes ten times of it


def doubt_pointless(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers, doubted those without a point where others about them have one.

    So are those that begin with a 0, as 0.25 does, but for parts of dates and times and for what
    stands as wide apart as in a comb; and those far too large for their column where the page has
    any: 125 among 12, 10, 14 and 9. Those with fewer digits than any with a point are believed: 12
    among 10.5, 12.5 and 14.5; those with many more, as a form's long numbers have, or as far apart
    as in a comb; and those that with a point would be far smaller than their column: 12 among 7.5,
    9, 8.5 and 14.
    """
    pointed = [number for number in numbers if "." in number.text]
    if len(pointed) < FEWEST:
        return list(numbers)
    lengths = np.array([len(number.digits) for number in pointed], dtype=np.float64)
    values = np.array([abs(float(number.text)) for number in numbers])
    suspect: set[int] = set()
    for start in range(0, len(numbers), BLOCK):
        some = numbers[start : start + BLOCK]
        near = _are_about(some, pointed)
        shortest = np.where(near, lengths, np.inf).min(axis=1)
        many = np.maximum(FEWEST, SHARE * _are_about(some, numbers).sum(axis=1))
        own = np.array([len(number.digits) for number in some])
        lacks = (near.sum(axis=1) >= many) & (own >= shortest)
        lacks &= values[start : start + BLOCK] / 10 >= _least_in_column(some, numbers, values)
        lacks &= own <= lengths.max() + LONGER
        lacks |= _begin_as_decimals(some, numbers)
        usual = _usual_in_column(some, numbers, values)
        lacks |= (values[start : start + BLOCK] > TOO_LARGE * usual) & (own >= lengths.min())
        lacks &= own <= lengths.max() + LONGEST
        lacks &= ~((own >= LONG) & np.array([stands_as_in_comb(number) for number in some]))
        suspect.update(id(number) for number in compress(some, lacks) if "." not in number.text)
    return [doubted(number) if id(number) in suspect else number for number in numbers]


def doubt_odd_decimals(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers, doubted those with other decimals than all others of their column have.

    2.93800 among 535.00, 774.00 and 475.00 is 2,938.00, of which one mark was not seen.
    """
    pointed = [number for number in numbers if "." in number.text]
    if len(pointed) <= FEWEST_TOLD:
        return list(numbers)
    decimals = np.array([len(number.text.partition(".")[2]) for number in pointed])
    boxes = [number.box for number in pointed]
    odd: set[int] = set()
    for start in range(0, len(pointed), BLOCK):
        some = pointed[start : start + BLOCK]
        own = decimals[start : start + BLOCK, np.newaxis]
        in_column = are_above_or_below([number.box for number in some], boxes, np.inf)
        others = in_column & (decimals != own)
        fewest = np.where(others, decimals, np.inf).min(axis=1)
        most = np.where(others, decimals, -np.inf).max(axis=1)
        is_alone = (in_column & ~others).sum(axis=1) == 1  # but for itself
        is_odd = is_alone & (fewest == most) & (others.sum(axis=1) >= FEWEST_TOLD)
        odd.update(id(number) for number in compress(some, is_odd))
    return [doubted(number) if id(number) in odd else number for number in numbers]


def doubt_unsigned(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers, doubted those without a minus where most of their column have one."""
    signed = np.array([number.text.startswith("-") for number in numbers], dtype=np.bool_)
    if np.count_nonzero(signed) < FEWEST_MINUS:
        return list(numbers)
    of_those, all_there = count_in_columns([number.box for number in numbers], signed)
    lacks = ~signed & (of_those >= np.maximum(FEWEST_MINUS, MOST * all_there))
    return [doubted(n) if has_none else n for n, has_none in zip(numbers, lacks, strict=True)]


def stands_as_in_comb(number: Number) -> bool:
    """Tell whether a number's digits stand as far apart as in a comb, whose boxes part them."""
    spaces = find_spaces(number.digits)
    return bool(spaces) and float(np.median(spaces)) >= SPREAD


def _least_in_column(
    numbers: Sequence[Number], others: Sequence[Number], values: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return what a number of each one's column is at least, 0 where that is not known: (numbers,).

    It is known where enough of the others there have a point. values: of the others.
    """
    own, far = ([number.box for number in each] for each in (numbers, others))
    in_column = are_above_or_below(own, far)
    pointed = np.array(["." in other.text for other in others])
    is_known = (in_column & pointed).sum(axis=1) >= FEWEST_TOLD
    least = np.where(in_column, values, np.inf).min(axis=1)
    return np.where(is_known, SMALLER * least, 0.0)


def _begin_as_decimals(numbers: Sequence[Number], others: Sequence[Number]) -> NDArray[np.bool_]:
    """Tell which numbers begin with a 0 before other digits, with no other number close before."""
    may_be = np.array(
        [
            number.text.startswith("0") and len(number.digits) > 1 and not stands_as_in_comb(number)
            for number in numbers
        ],
        dtype=np.bool_,
    )
    for at in np.flatnonzero(may_be).tolist():
        box = numbers[at].box
        before = replace(box, x=box.x - box.height, width=box.height)
        may_be[at] = not any(
            contains(before, (other.box.right, other.box.centre[1])) for other in others
        )
    return may_be


def _usual_in_column(
    numbers: Sequence[Number], others: Sequence[Number], values: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the usual value in each number's column, inf where that is not known: (numbers,).

    values: of the others. Among zeros nothing is too large.
    """
    own, far = ([number.box for number in each] for each in (numbers, others))
    in_column = np.where(are_above_or_below(own, far), values, np.nan)
    told = np.isfinite(in_column).sum(axis=1) > FEWEST_ALIKE  # itself too
    usual = np.full(len(numbers), np.inf)
    usual[told] = np.nanmedian(in_column[told], axis=1)
    usual[usual == 0] = np.inf
    return usual


def _are_about(numbers: Sequence[Number], others: Sequence[Number]) -> NDArray[np.bool_]:
    """Tell which numbers have which others in their column or on their row: (numbers, others)."""
    own, far = ([number.box for number in each] for each in (numbers, others))
    reach = ROW * np.array([box.height for box in own])
    return np.asarray(are_above_or_below(own, far) | are_beside(own, far, reach), dtype=np.bool_)

"""Minuses and points that touch a digit: they may be strokes of it, broken off.

A stroke breaks off one digit of a page, and not off every digit of a column: where minuses or
points are many, and stand at many digits, those that touch are what they look like, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from digitize.geometry import count_in_columns
from digitize.group.doubt import doubted, unclear
from digitize.group.mark_kinds import Placed, is_dash_within
from digitize.records import Number

TOUCHING = 0.1  # of a number's height: a dash so near may be a stroke of its first digit
BARRED = (4, 7)  # digits that many write with a bar, which may begin like a dash
FEWEST_MINUS = 3  # on a page, clear of their digits: then strokes that touch are minuses too
MANY_MINUS, MANY_DIGITS = 6, 4  # or so many, before so many digits: no stroke breaks off all those
MOST_OF_COLUMN = 0.8  # of its numbers: where so many have a minus, barred digits have, too
FEW_DIGITS = 2  # without a bar, behind that column's minuses: a flag breaks off 1s alone
FREE = 0.02  # of a digit's height between a point and the digit behind it, at least
MANY_POINTS = 6  # numbers with as many decimals, before MANY_DIGITS: a point that touches is one


def doubt_touching(numbers: Sequence[Number], marks: Sequence[Sequence[Placed]]) -> list[Number]:
    """Return the numbers, doubted those whose minus may be a stroke of the digit that it touches.

    Where enough of the page's minuses stand clear, or they are many and before many digits, those
    that touch are minuses, too, but before a digit with a bar of its own; and before those, where
    most of a column have one. marks: each number's.
    """
    signed = np.array([number.text.startswith("-") for number in numbers], dtype=np.bool_)
    barred = np.array([number.digits[0].digit in BARRED for number in numbers], dtype=np.bool_)
    touching = signed & np.array(list(map(_begins_with_touching, marks, numbers)), dtype=np.bool_)
    first = {number.digits[0].digit for number in compress(numbers, signed)}
    are_many = signed.sum() >= MANY_MINUS and len(first) >= MANY_DIGITS
    are_usual = are_many or signed.sum() - touching.sum() >= FEWEST_MINUS
    sure = are_usual & ~barred
    if len(first.difference(BARRED)) >= FEW_DIGITS:
        sure |= _stand_in_columns(numbers, signed, barred)
    return [
        doubted(number) if doubt else number
        for number, doubt in zip(numbers, touching & ~sure, strict=True)
    ]


def _begins_with_touching(marks: Sequence[Placed], number: Number) -> bool:
    return bool(marks) and is_dash_within(TOUCHING, marks[0], number.box)


def _stand_in_columns(
    numbers: Sequence[Number], signed: NDArray[np.bool_], barred: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Tell which numbers stand in a column most of which have a minus, many before no bar."""
    boxes = [number.box for number in numbers]
    with_minus, all_there = count_in_columns(boxes, signed, reach=np.inf)
    before_no_bar, _ = count_in_columns(boxes, signed & ~barred, reach=np.inf)
    return (before_no_bar >= MANY_MINUS) & (with_minus >= MOST_OF_COLUMN * all_there)


def doubt_touching_points(
    numbers: Sequence[Number], marks: Sequence[Sequence[Placed]]
) -> list[Number]:
    """Return the numbers, unclear those whose point may be the end of the digit that it touches.

    Where many of the page have as many decimals, and many digits stand behind their points, it is
    none. marks: each number's.
    """
    behind: dict[int, list[int]] = {}
    for number in numbers:
        if "." in number.text:
            decimals = len(number.text.partition(".")[2])
            behind.setdefault(decimals, []).append(number.digits[-decimals].digit)
    usual = {
        decimals
        for decimals, digits in behind.items()
        if len(digits) >= MANY_POINTS and len(set(digits)) >= MANY_DIGITS
    }
    return [
        unclear(number)
        if not number.doubted
        and len(number.text.partition(".")[2]) not in usual
        and any(may_touch(each, number) for each in own if 0 < each.after < len(number.digits))
        else number
        for number, own in zip(numbers, marks, strict=True)
    ]


def may_touch(placed: Placed, number: Number) -> bool:
    """Tell whether a mark may be the end of a stroke, broken off, of the digit behind it."""
    right = number.digits[placed.after].box
    return right.x - placed.box.right < FREE * right.height

"""Digits made one number."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import prod

from digitize.geometry import union
from digitize.group.options import GroupOptions
from digitize.records import Digit, Number, Status


def make_number(digits: Sequence[Digit], line: int, options: GroupOptions) -> Number:
    """Return one number: as certain as all its digits together, doubted for an unconfirmed cut."""
    confidence = prod(digit.confidence for digit in digits)
    has_cut = any(digit.cut for digit in digits) and not options.second_reader
    sure = confidence >= options.review_below and not has_cut
    return Number(
        text="".join(str(digit.digit) for digit in digits),
        confidence=confidence,
        status=Status.OK if sure else Status.REVIEW,
        line=line,
        box=union(digit.box for digit in digits),
        digits=tuple(digits),
        doubted=has_cut,
    )


def part_behind(number: Number, places: Sequence[int], options: GroupOptions) -> list[Number]:
    """Return the numbers that a number's digits make, parted behind so many of them."""
    ends = [0, *places, len(number.digits)]
    return [
        make_number(number.digits[start:end], number.line, options) for start, end in pairwise(ends)
    ]

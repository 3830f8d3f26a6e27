"""Colons, which part hours from minutes and a scale or a score in two."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitize.geometry import are_above_or_below
from digitize.group.doubt import doubted
from digitize.group.mark_kinds import POINT, Placed
from digitize.group.numbers import part_behind
from digitize.group.options import GroupOptions
from digitize.records import Box, Number

ASIDE = 0.15  # of a number's height: the upper point stands no further from over the lower one
ABOVE = (0.2, 0.8)  # of a number's height from one point's middle to the other's
HOURS, MINUTES = 24, 60
FEWEST_TIMES = 3  # on a page: fewer colons may be bits of broken digits
FEWEST_SCORES, ODD = 6, 0.25  # colons on a page, and share about no time of day: they part scores
FEWEST_BELOW = 2  # times above or below a number that may be one itself


def part_at_colon(
    number: Number, marks: Sequence[Placed], options: GroupOptions
) -> list[Number] | None:
    """Return what stands before and behind a colon; None where a number has none.

    marks: all that are in or beside the number. The parts are doubted where there are others too.
    """
    inside = [each for each in marks if 0 < each.after < len(number.digits)]
    if options.layout == "number" or len(inside) != 2 or not is_colon(inside[0], inside[1], number):
        return None
    before, behind = part_behind(number, [inside[0].after], options)
    is_sure = len(marks) == len(inside) and not number.doubted
    return [before, behind] if is_sure else [doubted(before), doubted(behind)]


def find_unsure(times: Sequence[Sequence[Number]]) -> set[Box]:
    """Return the boxes of those parts about a page's colons that are for review.

    Where colons are few, all; else what is no time of day, but on a page of scores, where many are
    none.
    """
    odd = [time for time in times if not is_time(*(part.text for part in time))]
    are_scores = len(times) >= FEWEST_SCORES and len(odd) >= ODD * len(times)
    unsure = times if len(times) < FEWEST_TIMES else () if are_scores else odd
    return {part.box for time in unsure for part in time}


def is_colon(first: Placed, second: Placed, number: Number) -> bool:
    """Tell whether two marks of a number are points, one above the other, between two digits."""
    height = number.digits[first.after - 1].box.height
    small = all(max(m.box.width, m.box.height) <= POINT * height for m in (first, second))
    across, down = (
        abs(a - b) / height for a, b in zip(first.box.centre, second.box.centre, strict=True)
    )
    return (
        first.after == second.after and small and across <= ASIDE and ABOVE[0] <= down <= ABOVE[1]
    )


def read_untimed(
    numbers: Sequence[Number], times: Sequence[Box], options: GroupOptions
) -> list[Number]:
    """Return the numbers, parted those that may be a time whose colon was not seen as one.

    They have a time's digits, and times above or below them. The parts are for review. times: where
    these are.
    """
    may_be = [number for number in numbers if may_be_time(number)]
    if not may_be or not times:
        return list(numbers)
    below = are_above_or_below([number.box for number in may_be], times, np.inf).sum(axis=1)
    suspect = {id(n) for n, count in zip(may_be, below, strict=True) if count >= FEWEST_BELOW}
    read: list[Number] = []
    for number in numbers:
        if id(number) in suspect:
            hours = len(number.digits) - len("00")
            read += map(doubted, part_behind(number, [hours], options))
        else:
            read.append(number)
    return read


def may_be_time(number: Number) -> bool:
    """Tell whether a number has a time's digits, and no mark or one where a colon would stand."""
    digits = number.text.replace(".", "")
    hours, minutes = digits[:-2], digits[-2:]
    has_one_mark = number.text in (digits, f"{hours}.{minutes}")
    return digits.isdigit() and has_one_mark and is_time(hours, minutes)


def is_time(hours: str, minutes: str) -> bool:
    """Tell whether two numbers may be a time of day."""
    if len(hours) not in (1, 2) or len(minutes) != len("00"):
        return False
    is_midnight = int(hours) == HOURS and int(minutes) == 0
    return is_midnight or (int(hours) < HOURS and int(minutes) < MINUTES)

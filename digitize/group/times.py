"""Colons, which part hours from minutes and a scale or a score in two."""

from __future__ import annotations

from collections.abc import Sequence

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


def hidden_colon(number: Number) -> int:
    """Return behind how many digits of a number a time's colon may not have been seen as one.

    It has a time's digits, and no mark or one where a colon would stand; 0 where it has not.
    """
    digits = number.text.replace(".", "")
    hours, minutes = digits[:-2], digits[-2:]
    has_one_mark = number.text in (digits, f"{hours}.{minutes}")
    return len(hours) if digits.isdigit() and has_one_mark and is_time(hours, minutes) else 0


def is_time(hours: str, minutes: str) -> bool:
    """Tell whether two numbers may be a time of day."""
    if len(hours) not in (1, 2) or len(minutes) != len("00"):
        return False
    is_midnight = int(hours) == HOURS and int(minutes) == 0
    return is_midnight or (int(hours) < HOURS and int(minutes) < MINUTES)

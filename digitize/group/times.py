"""Colons, which part hours from minutes, minutes from seconds and a scale or a score in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitize.group.doubt import doubted
from digitize.group.mark_kinds import POINT, POINTS, Placed
from digitize.group.numbers import part_behind
from digitize.group.options import GroupOptions
from digitize.records import Number

ASIDE = 0.15  # of a number's height: the upper point stands no further from over the lower one
ABOVE = (0.2, 0.8)  # of a number's height from one point's middle to the other's
HOURS, MINUTES = 24, 60
FEWEST_TIMES = 3  # on a page: fewer colons may be bits of broken digits
FEWEST_SCORES, ODD = 6, 0.5  # colons on a page, and share about no time: they part scores


def part_at_colon(
    number: Number, marks: Sequence[Placed], options: GroupOptions
) -> list[Number] | None:
    """Return what stands before, between and behind colons; None where a number has none.

    One point more may stand behind the seconds: they have decimals. marks: all that are in or
    beside the number. The parts are doubted where there are others too.
    """
    inside = [each for each in marks if 0 < each.after < len(number.digits)]
    colons, points = find_colons(inside, number)
    if options.layout == "number" or not colons or len(points) > 1:
        return None
    parts = part_behind(number, colons, options)
    if points:
        seconds = points[0].after - colons[-1]
        if points[0].mark not in POINTS or seconds != len("59"):
            return None
        last = parts[-1].text
        parts[-1] = replace(parts[-1], text=f"{last[:seconds]}.{last[seconds:]}")
    is_sure = len(marks) == len(inside) and not number.doubted
    return parts if is_sure else [doubted(part) for part in parts]


def find_colons(inside: Sequence[Placed], number: Number) -> tuple[list[int], list[Placed]]:
    """Return behind how many digits the colons inside a number stand, and its marks but those."""
    colons: list[int] = []
    others: list[Placed] = []
    for after in sorted({each.after for each in inside}):
        here = [each for each in inside if each.after == after]
        if len(here) == 2 and is_colon(here[0], here[1], number):
            colons.append(after)
        else:
            others += here
    return colons, others


def find_unsure(times: Sequence[list[Number]]) -> list[list[Number]]:
    """Return those of the parts about a page's colons that are for review.

    Where colons are few, all; else what is no time, but on a page of scores, where many are none.
    """
    odd = [time for time in times if not is_time(*(part.text for part in time))]
    are_scores = len(times) >= FEWEST_SCORES and len(odd) >= ODD * len(times)
    return list(times) if len(times) < FEWEST_TIMES else [] if are_scores else odd


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


def is_time(hours: str, *minutes: str) -> bool:
    """Tell whether numbers may be a time: hours, minutes and seconds, or the last two of these.

    The last may have decimals, if they are seconds.
    """
    whole = [each.partition(".")[0] for each in minutes]
    if len(hours) not in (1, 2) or any(len(each) != len("00") for each in whole):
        return False
    is_midnight = int(hours) == HOURS and not any(map(int, whole))
    return is_midnight or (int(hours) < HOURS and all(int(each) < MINUTES for each in whole))

"""Dates: what may be a day, a month and a year, and the points that part them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from digitize.group.doubt import doubted
from digitize.group.mark_kinds import POINTS, Placed
from digitize.group.numbers import part_behind
from digitize.group.options import GroupOptions
from digitize.records import BARE_STROKE, Number

DAYS, MONTHS = 31, 12
CENTURIES = ("19", "20")  # with which a year of four digits begins
FEWEST_DAYS = 6  # dates without a year on a page: else the last point may end a sentence
LOST_POINT = re.compile(r"(\d{1,2})\.?(\d{1,2})\.?((?:19|20)\d\d)")


def is_date(first: str, second: str, third: str) -> bool:
    """Tell whether three numbers may be a day and a month, in either order, and a year.

    The year comes last or, with its century, first.
    """
    if len(first) == len("2024") and first.startswith(CENTURIES):
        first, third = third, first
    is_year = len(third) == 2 or (len(third) == len("2024") and third.startswith(CENTURIES))
    return is_year and is_day(first, second)


def is_day(first: str, second: str) -> bool:
    """Tell whether two numbers may be a day and a month, in either order."""
    if not (1 <= len(first) <= 2 and 1 <= len(second) <= 2):
        return False
    low, high = sorted((int(first), int(second)))
    return 1 <= low <= MONTHS and high <= DAYS


def part_at_points(
    number: Number, marks: Sequence[Placed], options: GroupOptions
) -> list[Number] | None:
    """Return day, month and year of a date with two points; None where a number is none.

    A point behind the month is the second one where there is no year. Nor is there a date where the
    picture is asked for as one number.

    marks: all that are in or beside the number. The parts are doubted where there are others too.
    """
    within = [each for each in marks if each.after > 0]
    if (
        options.layout == "number"
        or len(within) != 2
        or not all(each.mark in POINTS for each in within)
        or within[0].after in (within[1].after, len(number.digits))
    ):
        return None
    has_year = within[-1].after < len(number.digits)
    places = [each.after for each in (within if has_year else within[:1])]
    parts = part_behind(number, places, options)
    texts = [part.text for part in parts]
    if not (is_date(*texts) if has_year else is_day(*texts)):
        return None
    is_sure = len(marks) == len(within) and not number.doubted
    return parts if is_sure else [doubted(part) for part in parts]


def find_days(dates: Sequence[list[Number]]) -> tuple[list[list[Number]], list[list[Number]]]:
    """Return those of a page's dates that have no year: the sure ones, and the unsure.

    They are sure where they are many: the point behind a lone month may end a sentence.
    """
    days = [date for date in dates if len(date) == len(("day", "month"))]
    return (days, []) if len(days) >= FEWEST_DAYS else ([], days)


def hidden_day(number: Number) -> int:
    """Return behind how many digits the day of a date ends that may be read as a decimal number.

    0 where it is none: the point behind its month was not seen.
    """
    day, _, month = number.text.partition(".")
    return len(day) if day.isdigit() and month.isdigit() and is_day(day, month) else 0


def may_be_date(text: str) -> bool:
    """Tell whether a number with a decimal mark may be a date of which one point was not seen."""
    found = LOST_POINT.fullmatch(text)
    return bool(found and "." in text and is_date(*found.groups()))


def hides_date(text: str) -> bool:
    """Tell whether a number may be a date, its slashes read as 1."""
    strokes = [at for at, sign in enumerate(text) if sign == str(BARE_STROKE)]
    return any(
        is_date(text[:a], text[a + 1 : b], text[b + 1 :]) for a, b in combinations(strokes, 2)
    )

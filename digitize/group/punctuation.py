"""Decimal marks and thousands marks among the digits of one number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from digitize.group.mark_kinds import POINTS, Placed
from digitize.records import Number

GROUP = 3  # digits between thousands marks
FEWEST_DECIMALS = 3  # numbers of a page whose mark is clearly decimal: then others like it are


def punctuate(digits: str, marks: Sequence[Placed]) -> tuple[str, bool]:
    """Return the digits with their decimal mark, if any, and whether all marks were clear."""
    points = [each for each in marks if each.mark in POINTS]
    text, clear = _punctuate(digits, points) if points else (digits, True)
    return text, clear and len(points) == len(marks)


def _punctuate(digits: str, marks: Sequence[Placed]) -> tuple[str, bool]:
    """Return the digits with the mark among points and commas, and whether all were clear."""
    last, earlier = marks[-1], marks[:-1]
    thousands = earlier if _is_decimal(digits, last, earlier) else marks
    clear = _are_thousands(last.after if thousands is earlier else len(digits), thousands)
    if thousands is earlier:
        clear = clear and (not earlier or _differs(last, earlier))
        return f"{digits[: last.after]}.{digits[last.after :]}", clear
    return digits, clear and len(marks) > 1


def _is_decimal(digits: str, last: Placed, earlier: Sequence[Placed]) -> bool:
    is_group = len(digits) - last.after == GROUP
    if earlier:
        parts = not is_group and _are_thousands(last.after, earlier)
        return parts or _differs(last, earlier)
    return not is_group or last.after > GROUP or digits[: last.after] == "0"


def _differs(last: Placed, earlier: Sequence[Placed]) -> bool:
    """Tell whether the last mark is another one than those before it, as a decimal mark is."""
    return any(each.mark is not last.mark for each in earlier)


def _are_thousands(end: int, marks: Sequence[Placed]) -> bool:
    """Tell whether the marks part the first `end` digits in groups of three, but for the first."""
    places = [*(each.after for each in marks), end]
    first = places[0] <= GROUP if marks else True
    return first and all(end - start == GROUP for start, end in pairwise(places))


def as_decimals(numbers: Sequence[Number], marks: Sequence[Sequence[Placed]]) -> list[Number]:
    """Return the numbers; one mark that may part thousands is decimal where the page's others are.

    marks: each number's. Doubts stay.
    """
    lone = [only_point(number, own) for number, own in zip(numbers, marks, strict=True)]
    decimals = Counter(
        point.mark
        for number, point in zip(numbers, lone, strict=True)
        if point and "." in number.text
    )
    return [
        with_decimals(number, point.after)
        if point and "." not in number.text and decimals[point.mark] >= FEWEST_DECIMALS
        else number
        for number, point in zip(numbers, lone, strict=True)
    ]


def with_decimals(number: Number, after: int) -> Number:
    """Return a number with a decimal mark behind so many of its digits."""
    sign, digits = "-" * number.text.startswith("-"), number.text.removeprefix("-")
    return replace(number, text=f"{sign}{digits[:after]}.{digits[after:]}")


def only_point(number: Number, marks: Sequence[Placed]) -> Placed | None:
    """Return the one point or comma among a number's digits, None if there is none or more."""
    points = [each for each in marks if is_inside(each, number)]
    return points[0] if len(points) == 1 else None


def is_inside(placed: Placed, number: Number) -> bool:
    """Tell whether a mark is a point or comma between two digits of a number."""
    return placed.mark in POINTS and 0 < placed.after < len(number.digits)

"""Slashes that were read as 1: they part numbers, as in a date or in a mark out of ten.

What a slash looks like is told in slash_shapes.py. The rules, of which docs/marks.md tells with
examples:

- Two such strokes that part day, month and year make three numbers; for review where they are less
  like slashes, and the page has few such dates.
- One alone inside a number parts it where it is clear, or where most numbers of its column may
  have one; else it is a 1. Either way, what was read is for review, but for days and months in a
  column of which many have a clear one.
- Down a margin, where most of three numbers or more may have one, any stroke inside another may be
  one too: for review.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress, groupby, pairwise

import numpy as np

from digitize.geometry import count_in_columns
from digitize.group.dates import hides_date, is_date, is_day
from digitize.group.doubt import doubted
from digitize.group.numbers import make_number
from digitize.group.options import USUAL, GroupOptions
from digitize.group.slash_shapes import (
    CLEAR,
    IN_A_DATE,
    IN_A_LIKELY_DATE,
    POSSIBLE,
    Shape,
    find_shapes,
)
from digitize.records import Digit, Number

FEWEST, COMMON = 4, 0.6  # numbers, and of a column: where so many may have a slash, they do
FEWEST_FAR, COMMON_FAR = 3, 0.5  # the same, however far apart in a column: that none is sure
FEWEST_DATES = 4  # lines with one on a page: so many numbers have no 1s in such places by chance
MANY_CLEAR = 6  # days and months of a column with a clear slash: the column's others are sure, too
CENTURY_YEAR = re.compile(r"(?:19|20)\d\d")  # whose 1 is one however many stand below it
ALIKE = 1.2  # the higher of a date's slashes over the lower


@dataclass(frozen=True, slots=True)
class Strokes:
    """What the strokes between the digits of one line are, by their places on it.

    starts: places at which the numbers begin. shapes: of all strokes; clear: those that are
    slashes; possible: those that may be; dates: those that part day, month and year; likely: those
    that rather do.
    """

    starts: list[int]
    shapes: Mapping[int, Shape]
    clear: set[int]
    possible: set[int]
    dates: set[int]
    likely: set[int]


@dataclass(frozen=True, slots=True)
class Columns:
    """The ids of numbers in columns of slashes: whose likeliest stroke is one, and surely is."""

    common: Collection[int] = ()
    sure: Collection[int] = ()


def part_at_slashes(numbers: Sequence[Number], options: GroupOptions = USUAL) -> list[Number]:
    """Return the numbers, in reading order, parted at the strokes that are slashes.

    Those with a stroke that may be one are for review.
    """
    lines = [list(line) for _, line in groupby(doubt_margins(numbers), lambda each: each.line)]
    strokes = believe_dates([find_strokes(line) for line in lines])
    columns = find_columns([number for line in lines for number in line])
    return [
        part
        for line, own in zip(lines, strokes, strict=True)
        for part in part_line(line, own, columns, options)
    ]


def doubt_margins(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers, doubted those with a mere 1 inside where their column has slashes."""
    may_have = np.array(list(map(_may_have_slash, numbers)), dtype=np.bool_)
    if may_have.sum() < FEWEST_FAR:
        return list(numbers)
    boxes = [number.box for number in numbers]
    slashed, all_there = count_in_columns(boxes, may_have, reach=np.inf)
    among_them = ~may_have & (slashed >= np.maximum(FEWEST_FAR, COMMON_FAR * all_there))
    return [
        doubted(number) if doubt and find_shapes(number.digits) else number
        for doubt, number in zip(among_them, numbers, strict=True)
    ]


def find_strokes(line: Sequence[Number]) -> Strokes:
    """Return what the strokes between the digits of a line are."""
    digits = [digit for number in line for digit in number.digits]
    starts = [sum(len(number.digits) for number in line[:at]) for at in range(len(line))]
    shapes = find_shapes(digits)
    inside = shapes.keys() - {at for start in starts for at in (start - 1, start)}
    dates = find_dates(digits, starts, shapes, IN_A_DATE)
    return Strokes(
        starts,
        shapes,
        clear={at for at in inside if shapes[at].is_like(*CLEAR)},
        possible={at for at in inside if shapes[at].is_like(*POSSIBLE)},
        dates=dates,
        likely=find_dates(digits, starts, shapes, IN_A_LIKELY_DATE) - dates,
    )


def believe_dates(lines: Sequence[Strokes]) -> list[Strokes]:
    """Return the lines' strokes, those of likely dates as of dates where enough lines have one.

    One date at least must be known for one: it says that this hand writes them so.
    """
    known = sum(bool(line.dates) for line in lines)
    if not known or known + sum(bool(line.likely) for line in lines) < FEWEST_DATES:
        return list(lines)
    return [replace(line, dates=line.dates | line.likely, likely=set()) for line in lines]


def find_columns(numbers: Sequence[Number]) -> Columns:
    """Return which numbers stand where most above and below, too, may have a slash.

    Surely have one the days and months of a column of which many have a clear one.
    """
    may_have = np.array(list(map(_may_have_slash, numbers)), dtype=np.bool_)
    if may_have.sum() < FEWEST:
        return Columns()
    boxes = [number.box for number in numbers]
    slashed, all_there = count_in_columns(boxes, may_have)
    is_common = may_have & (slashed >= np.maximum(FEWEST, COMMON * all_there))
    has_clear = np.array(list(map(_has_clear_day, numbers)), dtype=np.bool_)
    clear, _ = count_in_columns(boxes, has_clear, reach=np.inf)
    is_sure = is_common & (clear >= MANY_CLEAR)
    return Columns(
        common={id(number) for number in compress(numbers, is_common)},
        sure={id(number) for number in compress(numbers, is_sure)},
    )


def _may_have_slash(number: Number) -> bool:
    return not CENTURY_YEAR.fullmatch(number.text) and any(
        shape.is_like(*POSSIBLE) for shape in find_shapes(number.digits).values()
    )


def _has_clear_day(number: Number) -> bool:
    """Tell whether one stroke in a number is clearly a slash, and parts a day from a month."""
    shapes = find_shapes(number.digits)
    return any(
        shape.is_like(*CLEAR) and is_day(number.text[:at], number.text[at + 1 :])
        for at, shape in shapes.items()
    )


def part_line(
    line: Sequence[Number], strokes: Strokes, columns: Columns, options: GroupOptions
) -> list[Number]:
    """Return the numbers of one line, parted at its slashes."""
    slashes = strokes.clear | strokes.dates | strokes.likely
    unsure = (strokes.possible - strokes.dates) | strokes.likely
    for start, number in zip(strokes.starts, line, strict=True):
        own = unsure.intersection(range(start, start + len(number.digits)))
        if id(number) in columns.common and own and slashes.isdisjoint(own):
            slashes = slashes | {max(own, key=lambda at: strokes.shapes[at].height)}
        if id(number) in columns.sure and len(own) == 1 and is_one_day(number, start, slashes):
            unsure = unsure - own
    if options.layout == "number":  # one is asked for
        slashes, unsure = set(), unsure | slashes
    return [
        part
        for start, number in zip(strokes.starts, line, strict=True)
        for part in part_number(number, start, slashes, unsure, options)
    ]


def is_one_day(number: Number, start: int, slashes: Collection[int]) -> bool:
    """Tell whether one slash alone parts a number, and that a day from a month."""
    own = [at - start for at in slashes if start <= at < start + len(number.digits)]
    return len(own) == 1 and is_day(number.text[: own[0]], number.text[own[0] + 1 :])


def find_dates(
    line: Sequence[Digit], starts: Sequence[int], shapes: Mapping[int, Shape], like: Shape
) -> set[int]:
    """Return which strokes of a line part day, month and year, however space parts it too.

    starts: the places at which its numbers begin. like: what slashes in a date look like at least.
    """
    found: set[int] = set()
    for first, second in pairwise(at for at in shapes if shapes[at].is_like(like)):
        begin = max(start for start in starts if start < first)
        end = min((start for start in starts if start > second + 1), default=len(line))
        whole = not any(first + 1 < start < second for start in starts)
        texts = [
            "".join(str(digit.digit) for digit in line[a:b])
            for a, b in ((begin, first), (first + 1, second), (second + 1, end))
        ]
        low, high = sorted((shapes[first].height, shapes[second].height))
        if whole and high <= ALIKE * low and is_date(*texts):
            found |= {first, second}
    return found


def part_number(
    number: Number, start: int, slashes: set[int], unsure: set[int], options: GroupOptions
) -> list[Number]:
    """Return a number's parts between slashes, none where it is one; for review if one is unsure.

    start: the place of its first digit on the line, by which slashes and unsure strokes are named.
    """
    places = range(start, start + len(number.digits))
    whole = number if unsure.isdisjoint(places) else doubted(number)
    if not slashes.isdisjoint(places):
        runs = groupby(zip(places, number.digits, strict=True), lambda each: each[0] in slashes)
        parts = [[digit for _, digit in run] for is_slash, run in runs if not is_slash]
        made = [make_number(digits, number.line, options) for digits in parts]
        return [doubted(part) for part in made] if whole.doubted else made
    return [doubted(whole) if hides_date(number.text) else whole]

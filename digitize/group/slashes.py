"""Slashes that were read as 1: they part numbers, as in a date or in a mark out of ten.

A slash is a leaning stroke that reaches above and below what stands to both sides of it, as a 1 of
the same hand does not, however slanted; or far below alone, where a hand begins it level with the
digits. The rules, of which docs/marks.md tells with examples:

- Two such strokes that part day, month and year make three numbers.
- One alone inside a number parts it where it is clear, or where most numbers of its column may
  have one; else it is a 1. Either way, what was read is for review.
- Down a margin, where most of three numbers or more may have one, any stroke inside another may be
  one too: for review.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import groupby, pairwise
from statistics import median

import numpy as np

from digitize.geometry import count_in_columns
from digitize.group.dates import hides_date, is_date
from digitize.group.doubt import doubted
from digitize.group.numbers import make_number
from digitize.group.options import USUAL, GroupOptions
from digitize.records import BARE_STROKE, Digit, Number

CLOSE = 0.8  # digit heights: what a slash parts stands no further from it
NEAR = 3  # digits to either side that say how large is written
FEWEST, COMMON = 4, 0.6  # numbers, and of a column: where so many may have a slash, they do
FEWEST_FAR, COMMON_FAR = 3, 0.5  # the same, however far apart in a column: that none is sure
LOW_ZERO = 0.55  # of the stroke's height: beside so low a 0 every stroke reaches far


@dataclass(frozen=True, slots=True)
class Shape:
    """How like a slash a stroke is.

    above, below: how far it stands out over both neighbours and under them, in the height of the
    digits about it; negative where it does not. height: of the stroke over theirs. lean: how far
    it goes sideways, in its own heights.
    """

    above: float
    below: float
    height: float
    lean: float

    def is_like(self, *others: Shape) -> bool:
        """Tell whether it is as much a slash as one of these in every respect."""
        own = astuple(self)
        return any(all(a >= b for a, b in zip(own, astuple(o), strict=True)) for o in others)


IN_A_DATE = Shape(above=-0.1, below=-0.1, height=1.2, lean=0.15)
IN_A_LIKELY_DATE = Shape(above=-0.15, below=-0.1, height=1.1, lean=0.2)
CENTURY_YEAR = re.compile(r"(?:19|20)\d\d")  # whose 1 is one however many stand below it
ALIKE = 1.2  # the higher of a date's slashes over the lower
POSSIBLE = (
    Shape(above=0.06, below=0.06, height=1.2, lean=0.15),
    Shape(above=-0.15, below=0.1, height=1.15, lean=0.2),
    Shape(above=-0.05, below=0.0, height=1.08, lean=0.3),
)
CLEAR = (
    Shape(above=0.15, below=0.15, height=1.3, lean=0.2),
    Shape(above=-0.15, below=0.15, height=1.2, lean=0.25),
)


def part_at_slashes(numbers: Sequence[Number], options: GroupOptions = USUAL) -> list[Number]:
    """Return the numbers, in reading order, parted at the strokes that are slashes.

    Those with a stroke that may be one are for review.
    """
    lines = [list(line) for _, line in groupby(doubt_margins(numbers), lambda each: each.line)]
    common = find_common(lines)
    return [part for line in lines for part in part_line(line, options, common)]


def doubt_margins(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers, doubted those with a mere 1 inside where their column has slashes."""
    may_have = np.array([_may_have_slash([number])[0] for number in numbers], dtype=np.bool_)
    if may_have.sum() < FEWEST_FAR:
        return list(numbers)
    boxes = [number.box for number in numbers]
    slashed, all_there = count_in_columns(boxes, may_have, reach=np.inf)
    among_them = ~may_have & (slashed >= np.maximum(FEWEST_FAR, COMMON_FAR * all_there))
    return [
        doubted(number) if doubt and find_shapes(number.digits) else number
        for doubt, number in zip(among_them, numbers, strict=True)
    ]


def find_common(lines: Sequence[Sequence[Number]]) -> set[int]:
    """Return the ids of the numbers of which most above and below, too, may have a slash."""
    numbers = [number for line in lines for number in line]
    may_have = np.array([has for line in lines for has in _may_have_slash(line)], dtype=np.bool_)
    if may_have.sum() < FEWEST:
        return set()
    slashed, all_there = count_in_columns([number.box for number in numbers], may_have)
    is_common = may_have & (slashed >= np.maximum(FEWEST, COMMON * all_there))
    return {id(numbers[at]) for at in np.flatnonzero(is_common)}


def _may_have_slash(line: Sequence[Number]) -> list[bool]:
    return [
        not CENTURY_YEAR.fullmatch(number.text)
        and any(shape.is_like(*POSSIBLE) for shape in find_shapes(number.digits).values())
        for number in line
    ]


def part_line(
    line: Sequence[Number], options: GroupOptions, common: Collection[int] = ()
) -> list[Number]:
    """Return the numbers of one line, parted at its slashes.

    common: ids of numbers of whose strokes the one most like a slash is one.
    """
    digits = [digit for number in line for digit in number.digits]
    starts = [sum(len(number.digits) for number in line[:at]) for at in range(len(line))]
    shapes = find_shapes(digits)
    ends = {at for start in starts for at in (start - 1, start)}  # first or last of its number
    clear = {at for at, shape in shapes.items() if shape.is_like(*CLEAR)} - ends
    dates = find_dates(digits, starts, shapes, IN_A_DATE)
    likely = find_dates(digits, starts, shapes, IN_A_LIKELY_DATE) - dates
    slashes = clear | dates | likely
    unsure = {at for at, shape in shapes.items() if shape.is_like(*POSSIBLE)} - dates - ends
    unsure |= likely
    for start, number in zip(starts, line, strict=True):
        own = unsure.intersection(range(start, start + len(number.digits)))
        if id(number) in common and own and slashes.isdisjoint(own):
            slashes = slashes | {max(own, key=lambda at: shapes[at].height)}
    if options.layout == "number":  # one is asked for
        slashes, unsure = set(), unsure | slashes
    return [
        part
        for start, number in zip(starts, line, strict=True)
        for part in part_number(number, start, slashes, unsure, options)
    ]


def find_shapes(line: Sequence[Digit]) -> dict[int, Shape]:
    """Return how the strokes between digits of a line look, by their place."""
    strokes = (at for at in range(1, len(line) - 1) if line[at].digit == BARE_STROKE)
    shapes = {at: shape_of(line, at) for at in strokes}
    return {at: shape for at, shape in shapes.items() if shape}


def shape_of(line: Sequence[Digit], at: int) -> Shape | None:
    """Return how the stroke at a place of a line looks; None where its neighbours do not tell."""
    stroke, sides = line[at], (line[at - 1], line[at + 1])
    about = [
        digit.box.height
        for digit in line[max(0, at - NEAR) : at + NEAR + 1]
        if digit.digit != BARE_STROKE and not is_low_zero(digit, stroke)
    ]
    height = median(about or [d.box.height for d in sides])
    box, beside = stroke.box, [d.box for d in sides if not is_low_zero(d, stroke)]
    space = max(box.x - sides[0].box.right, sides[1].box.x - box.right)
    if not beside or space > CLOSE * height:
        return None
    above = min(other.y for other in beside) - box.y
    below = box.bottom - max(other.bottom for other in beside)
    lean = box.width / box.height - stroke.stroke
    return Shape(above / height, below / height, box.height / height, lean)


def is_low_zero(digit: Digit, stroke: Digit) -> bool:
    """Tell whether a digit is so low a 0 that it says nothing of a stroke beside it."""
    return digit.digit == 0 and digit.box.height < LOW_ZERO * stroke.box.height


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

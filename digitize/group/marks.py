"""Points, commas and dashes that belong to numbers: what they say, where that is clear.

The rules, of which docs/marks.md tells with examples:

- A point or comma inside a number is its decimal mark, written `.`; not where exactly three digits
  follow it and one to three precede it, no lone 0, for then it may part thousands: it is left
  out, unless a mark of its kind is decimal in other numbers of the page, and is for review.
- Of several marks, all but the last part thousands. The last is the decimal mark where it differs
  from the others in kind, or where no three digits follow it; else it parts thousands too. Groups
  of thousands have three digits.
- Two points between a day, a month and a year part them into three numbers; `30.9.` has no year.
- A colon, two points one above the other, parts hours, minutes and seconds; these may have
  decimals.
- A dash alone before a number is its minus, if nothing else stands to its left, or far from it. One
  further off may be its minus, or a list's dash; and one that touches, a stroke of its first digit.
  The two strokes of an equals sign are no marks.
- A point after a number ends a sentence or a list's number, and says nothing, but where another
  stands in the number: it may be a date, or both may be of a dotted line. Of three or more like
  dots on one level none is a point.
- A number without a point where those above, below or beside it have one may have lost it; so may
  one without a minus where most of its column have one. Where the column says where the point was,
  it is put back, and where others above or below have a colon it is parted, for review.
- A space far wider than a number's others, with no mark in it, may have had a point that was lost.
- Every other mark in a number or beside it sends it to review, for it may be another number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.geometry import union, vertical_overlap
from digitize.group.dates import find_days, hidden_day, may_be_date, part_at_points
from digitize.group.dotted import without_dots
from digitize.group.doubt import doubted, unclear
from digitize.group.equals import doubt_before_equals, find_equals, without_equals
from digitize.group.joined import join_at_marks
from digitize.group.like_column import part_like_column
from digitize.group.lost_marks import doubt_odd_decimals, doubt_pointless, doubt_unsigned
from digitize.group.mark_kinds import DASH_LENGTH, Mark, Placed, is_at, is_dash_within, place
from digitize.group.options import MARK_DROP, MINUS_SPACE, SPLIT_GAP, USUAL, GroupOptions
from digitize.group.punctuation import as_decimals, punctuate
from digitize.group.slashes import part_at_slashes
from digitize.group.spaces import find_odd_space
from digitize.group.supplied_points import supply_points
from digitize.group.times import find_unsure, hidden_colon, part_at_colon
from digitize.group.touching_marks import TOUCHING, doubt_touching, doubt_touching_points
from digitize.records import Box, Number

Middles: TypeAlias = NDArray[np.float64]

DASH_TOUCH = 0.3  # of a number's height: a dash may begin over the end of the number before it
FURTHER = 6.0  # times as far from the number before it: a dash is the next one's minus, for review
MAYBE_MINUS_SPACE = 1.3  # of a number's height: a dash so near may be a minus, or be none
ROOM_FOR_A_DIGIT = 0.8  # of a digit's height between those about a mark: points are given less


def read_marks(
    numbers: Sequence[Number], marks: Sequence[Box], options: GroupOptions = USUAL
) -> list[Number]:
    """Return the numbers with what their marks say; those with unclear marks are for review.

    numbers: in reading order. marks: boxes of ink that is no digit and no speck, in the same frame.
    Slashes that were read as 1 part numbers; two with a decimal mark between them become one.
    """
    equals = find_equals(marks)
    marks = without_equals(marks, equals)
    joined = join_at_marks(part_at_slashes(numbers, options), marks)
    middles = np.array([mark.centre for mark in marks], dtype=np.float64).reshape(-1, 2)
    read: list[Number] = []
    own: list[Sequence[Placed]] = []
    times: list[list[Number]] = []
    dates: list[list[Number]] = []
    for number in joined:
        about = [marks[at] for at in find_about(number.box, middles, options.mark_reach)]
        others = [other.box for other in joined if other is not number] if about else []
        every = place_marks(about, number, others, options.mark_reach)
        placed = without_dots(every, number.box.y, number.box.height)
        time = part_at_colon(number, placed, options)
        times += [time] if time else []
        date = None if time else part_at_points(number, placed, options)
        dates += [date] if date else []
        apart = time or date
        parts = apart or [apply_marks(number, placed, others)]
        # one of the dots may have been a point of the number's
        read += parts if len(placed) == len(every) else map(unclear, parts)
        own += [()] * len(apart) if apart else [placed]
    days, lone_days = find_days(dates)
    unsure = {part.box for parts in (*find_unsure(times), *lone_days) for part in parts}
    read = [doubted(number) if number.box in unsure else number for number in read]
    read = as_decimals(doubt_touching_points(doubt_touching(read, own), own), own)
    read = part_like_column(read, list(map(box_of, times)), hidden_colon, options)
    read = part_like_column(read, list(map(box_of, days)), hidden_day, options)
    read = doubt_odd_decimals(supply_points(doubt_pointless(read)))
    return doubt_before_equals(doubt_unsigned(read), equals)


def box_of(parts: Sequence[Number]) -> Box:
    """Return the box of what a number was parted in."""
    return union(part.box for part in parts)


def place_marks(
    about: Sequence[Box], number: Number, others: Sequence[Box], reach: float
) -> list[Placed]:
    """Return what marks are that may be a number's, from left to right.

    others: the boxes of all other numbers; reach: see `belongs`.
    """
    placed = [place(mark, number) for mark in about]
    own = [each for each in placed if belongs(each, number.box, others, reach)]
    return sorted(own, key=lambda each: each.box.x)


def find_about(box: Box, middles: Middles, reach: float) -> list[int]:
    """Return the indices of the marks whose middles, (count, 2), lie in or beside a number.

    reach: how far behind it, in its heights; before it, as far as a dash may stand.
    """
    before = (MAYBE_MINUS_SPACE + DASH_LENGTH[1]) * box.height
    x, y = middles.T
    beside = (x >= box.x - before) & (x <= box.right + reach * box.height)
    level = (y >= box.y) & (y <= box.bottom + MARK_DROP * box.height)
    return [int(at) for at in np.flatnonzero(beside & level)]


def belongs(placed: Placed, box: Box, others: Sequence[Box], reach: float) -> bool:
    """Tell whether a mark may be part of the number in a box: near enough, or a dash before it.

    placed: no further behind the number than marks may be. others: the boxes of all other numbers;
    behind one of them a dash is that number's. reach: of other marks before the number, to their
    middles, in its heights.
    """
    if placed.box.centre[0] >= box.x - reach * box.height:
        return True
    if placed.after or not is_dash_within(MAYBE_MINUS_SPACE, placed, box):
        return False
    return not any(
        placed.box.right <= other.centre[0] <= box.x and vertical_overlap(other, box) > 0
        for other in others
    )


def apply_marks(number: Number, placed: Sequence[Placed], others: Sequence[Box]) -> Number:
    """Return the number with its marks read; others: the boxes of all other numbers."""
    inside = [each for each in placed if 0 < each.after < len(number.digits)]
    before = [each for each in placed if each.after == 0]
    behind = [each for each in placed if each.after == len(number.digits)]
    text, clear = punctuate(number.text, inside)
    clear = clear and not may_be_date(text)
    clear = clear and not any(leaves_room(each, number) for each in inside)
    clear = clear and find_odd_space(number.digits) in (None, *(each.after for each in inside))
    if is_minus(before, number.box, others):
        dash, first = before[0].box, number.digits[0].box
        text = f"-{text}"
        clear = clear and is_at(dash, first.y, first.height) and not ends_before(dash, others)
    elif before:
        clear = False
    if any(each.mark is not Mark.POINT for each in behind) or (behind and "." in text):
        clear = False
    marked = replace(number, text=text)
    return marked if clear else unclear(marked)


def leaves_room(placed: Placed, number: Number) -> bool:
    """Tell whether a digit may have stood between those about a mark, and the mark be its rest."""
    left, right = number.digits[placed.after - 1].box, number.digits[placed.after].box
    height = min(left.height, right.height)
    return right.x - left.right > ROOM_FOR_A_DIGIT * height


def is_minus(before: Sequence[Placed], box: Box, others: Sequence[Box]) -> bool:
    """Tell whether the marks before a number are one dash close to its box, and its alone.

    others: the boxes of all other numbers, of which none may end as close before the dash.
    """
    if len(before) != 1 or not is_dash_within(MINUS_SPACE, before[0], box):
        return False
    dash = before[0].box
    space = max(box.x - dash.right, TOUCHING * box.height)
    return all(dash.x - other.right > FURTHER * space for other in ends_before(dash, others))


def ends_before(dash: Box, others: Sequence[Box]) -> list[Box]:
    """Return those of the others that end close before a dash, which may stand between two."""
    return [
        other
        for other in others
        if other.y <= dash.centre[1] <= other.bottom
        and -DASH_TOUCH * other.height <= dash.x - other.right <= SPLIT_GAP * other.height
    ]

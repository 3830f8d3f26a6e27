"""Points, commas and dashes that belong to numbers: what they say, where that is clear.

The rules, of which docs/marks.md tells with examples:

- A point or comma inside a number is its decimal mark, written `.`; not where exactly three digits
  follow it and one to three precede it, for then it may part thousands: it is left out, and the
  number is for review.
- Of several marks, all but the last part thousands. The last is the decimal mark where it differs
  from the others in kind; else it parts thousands too. Groups of thousands have three digits.
- Two points between a day, a month and a year part them into three numbers.
- A dash alone before a number is its minus, if nothing else stands to its left.
- A point after a number ends a sentence or a list's number, and says nothing.
- Every other mark in a number or beside it sends it to review, for it may be another number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.group.dates import may_be_date, part_at_points
from digitize.group.doubt import doubted
from digitize.group.joined import join_at_marks
from digitize.group.mark_kinds import Mark, Placed, place
from digitize.group.options import MARK_DROP, SPLIT_GAP, USUAL, GroupOptions
from digitize.group.punctuation import punctuate
from digitize.group.slashes import part_at_slashes
from digitize.records import Box, Number

Middles: TypeAlias = NDArray[np.float64]

DASH_TOUCH = 0.3  # of a number's height: a dash may begin over the end of the number before it
ROOM_FOR_A_DIGIT = 0.55  # of a digit's height between those about a mark: points need less
UNCLEAR = 0.9  # of a number's confidence is left where a mark may say something else


def read_marks(
    numbers: Sequence[Number], marks: Sequence[Box], options: GroupOptions = USUAL
) -> list[Number]:
    """Return the numbers with what their marks say; those with unclear marks are for review.

    numbers: in reading order. marks: boxes of ink that is no digit and no speck, in the same frame.
    Slashes that were read as 1 part numbers; two with a decimal mark between them become one.
    """
    joined = join_at_marks(part_at_slashes(numbers, options), marks)
    middles = np.array([mark.centre for mark in marks], dtype=np.float64).reshape(-1, 2)
    read = []
    for number in joined:
        own = [marks[at] for at in find_own(number.box, middles, options.mark_reach)]
        others = [other.box for other in joined if other is not number] if own else []
        placed = sorted((place(mark, number) for mark in own), key=lambda each: each.box.x)
        read += part_at_points(number, placed, options) or [apply_marks(number, placed, others)]
    return read


def find_own(box: Box, middles: Middles, reach: float) -> list[int]:
    """Return the indices of the marks whose middles, (count, 2), lie in or beside a number."""
    across = reach * box.height
    x, y = middles.T
    beside = (x >= box.x - across) & (x <= box.right + across)
    level = (y >= box.y) & (y <= box.bottom + MARK_DROP * box.height)
    return [int(at) for at in np.flatnonzero(beside & level)]


def apply_marks(number: Number, placed: Sequence[Placed], others: Sequence[Box]) -> Number:
    """Return the number with its marks read; others: the boxes of all other numbers."""
    inside = [each for each in placed if 0 < each.after < len(number.digits)]
    before = [each for each in placed if each.after == 0]
    behind = [each for each in placed if each.after == len(number.digits)]
    text, clear = punctuate(number.text, inside)
    clear = clear and not may_be_date(text)
    clear = clear and not any(leaves_room(each, number) for each in inside)
    if is_minus(before, others):
        text = f"-{text}"
    elif before:
        clear = False
    if any(each.mark is not Mark.POINT for each in behind):
        clear = False
    marked = replace(number, text=text)
    return marked if clear else unclear(marked)


def leaves_room(placed: Placed, number: Number) -> bool:
    """Tell whether a digit may have stood between those about a mark, and the mark be its rest."""
    left, right = number.digits[placed.after - 1].box, number.digits[placed.after].box
    height = min(left.height, right.height)
    return right.x - left.right > ROOM_FOR_A_DIGIT * height


def unclear(number: Number) -> Number:
    """Return the number, less certain and for review: its marks may say something else."""
    return doubted(replace(number, confidence=number.confidence * UNCLEAR))


def is_minus(before: Sequence[Placed], others: Sequence[Box]) -> bool:
    """Tell whether the marks before a number are one dash, and no number ends close before it."""
    if [each.mark for each in before] != [Mark.DASH]:
        return False
    dash = before[0].box
    return not any(
        box.y <= dash.centre[1] <= box.bottom
        and -DASH_TOUCH * box.height <= dash.x - box.right <= SPLIT_GAP * box.height
        for box in others
    )

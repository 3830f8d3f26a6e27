"""Points, commas and dashes that belong to numbers: what they say, where that is clear.

The rules, of which docs/marks.md tells with examples:

- A point or comma inside a number is its decimal mark, written `.`; not where exactly three digits
  follow it and one to three precede it, for then it may part thousands: it is left out, and the
  number is for review.
- Of several marks, all but the last part thousands. The last is the decimal mark where it differs
  from the others in kind; else it parts thousands too. Groups of thousands have three digits.
- A dash alone before a number is its minus, if nothing else stands to its left.
- A point after a number ends a sentence or a list's number, and says nothing.
- Every other mark in a number or beside it sends it to review, for it may be another number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.geometry import union
from digitize.group.doubt import doubted
from digitize.group.options import USUAL, GroupOptions
from digitize.records import Box, Number

Middles: TypeAlias = NDArray[np.float64]

DROP = 0.35  # of a number's height: how far below it a comma's middle may hang
POINT = 0.3  # of a number's height: a point is no larger, either way
POINT_TOP = 0.6  # of a number's height below its top: a point lies no higher
COMMA = 0.6  # of a number's height: a comma is no taller
COMMA_DESCENT = 0.05  # of a number's height: a comma's tail reaches below the digits
DASH_LENGTH = (0.2, 0.9)  # of a number's height
DASH_ASPECT = 1.8  # its length over its thickness, at least
DASH_MIDDLE = (0.3, 0.75)  # of a number's height below its top
SPLIT_GAP = 1.0  # of a number's height: digits on both sides of a decimal mark lie no further apart
DASH_TOUCH = 0.3  # of a number's height: a dash may begin over the end of the number before it
GROUP = 3  # digits between thousands marks
UNCLEAR = 0.9  # of a number's confidence is left where a mark may say something else


class Mark(Enum):
    """What a small ink beside digits may be."""

    POINT = auto()
    COMMA = auto()
    DASH = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark, its box, and how many digits of its number stand to its left."""

    mark: Mark
    box: Box
    after: int


def read_marks(
    numbers: Sequence[Number], marks: Sequence[Box], options: GroupOptions = USUAL
) -> list[Number]:
    """Return the numbers with what their marks say; those with unclear marks are for review.

    numbers: in reading order. marks: boxes of ink that is no digit and no speck, in the same frame.
    Two numbers with a decimal mark between them become one.
    """
    joined = join_at_marks(numbers, marks)
    middles = np.array([mark.centre for mark in marks], dtype=np.float64).reshape(-1, 2)
    read = []
    for number in joined:
        own = [marks[at] for at in find_own(number.box, middles, options.mark_reach)]
        others = [other.box for other in joined if other is not number] if own else []
        read.append(apply_marks(number, own, others))
    return read


def find_own(box: Box, middles: Middles, reach: float) -> list[int]:
    """Return the indices of the marks whose middles, (count, 2), lie in or beside a number."""
    across = reach * box.height
    x, y = middles.T
    beside = (x >= box.x - across) & (x <= box.right + across)
    level = (y >= box.y) & (y <= box.bottom + DROP * box.height)
    return [int(at) for at in np.flatnonzero(beside & level)]


def apply_marks(number: Number, marks: Sequence[Box], others: Sequence[Box]) -> Number:
    """Return the number with its marks read; others: the boxes of all other numbers."""
    placed = sorted((place(mark, number) for mark in marks), key=lambda each: each.box.x)
    inside = [each for each in placed if 0 < each.after < len(number.digits)]
    before = [each for each in placed if each.after == 0]
    behind = [each for each in placed if each.after == len(number.digits)]
    text, clear = punctuate(number.text, inside)
    if is_minus(before, others):
        text = f"-{text}"
    elif before:
        clear = False
    if any(each.mark is not Mark.POINT for each in behind):
        clear = False
    marked = replace(number, text=text)
    return marked if clear else unclear(marked)


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


def place(mark: Box, number: Number) -> Placed:
    """Return what a mark of a number is, by size and place, and where it stands."""
    after = sum(digit.box.centre[0] < mark.centre[0] for digit in number.digits)
    height = float(np.median([digit.box.height for digit in number.digits]))
    beside = number.digits[max(0, after - 1) : after + 1]  # what it stands between, on its slope
    top = min(digit.box.y for digit in beside)
    bottom = max(digit.box.bottom for digit in beside)
    return Placed(kind_of(mark, top, bottom, height), mark, after)


def kind_of(mark: Box, top: float, bottom: float, height: float) -> Mark:
    """Return what a mark is beside digits `height` high between `top` and `bottom`, in pixels."""
    down = (mark.centre[1] - top) / height
    if mark.width <= POINT * height and mark.y >= top + POINT_TOP * height:
        tailed = mark.bottom > bottom + COMMA_DESCENT * height and mark.height > mark.width
        if tailed and mark.height <= COMMA * height:
            return Mark.COMMA
        return Mark.POINT if mark.height <= POINT * height else Mark.OTHER
    long_enough = DASH_LENGTH[0] * height <= mark.width <= DASH_LENGTH[1] * height
    flat = mark.width >= DASH_ASPECT * mark.height
    level = DASH_MIDDLE[0] <= down <= DASH_MIDDLE[1]
    return Mark.DASH if long_enough and flat and level else Mark.OTHER


def punctuate(digits: str, marks: Sequence[Placed]) -> tuple[str, bool]:
    """Return the digits with their decimal mark, if any, and whether all marks were clear."""
    if not marks:
        return digits, True
    if any(each.mark not in (Mark.POINT, Mark.COMMA) for each in marks):
        return digits, False
    last, earlier = marks[-1], marks[:-1]
    thousands = earlier if _is_decimal(digits, last, earlier) else marks
    clear = _are_thousands(last.after if thousands is earlier else len(digits), thousands)
    if thousands is earlier:
        return f"{digits[: last.after]}.{digits[last.after :]}", clear
    return digits, clear and len(marks) > 1


def _is_decimal(digits: str, last: Placed, earlier: Sequence[Placed]) -> bool:
    if earlier:
        return any(each.mark is not last.mark for each in earlier)
    return len(digits) - last.after != GROUP or last.after > GROUP


def _are_thousands(end: int, marks: Sequence[Placed]) -> bool:
    """Tell whether the marks part the first `end` digits in groups of three, but for the first."""
    places = [*(each.after for each in marks), end]
    first = places[0] <= GROUP if marks else True
    return first and all(end - start == GROUP for start, end in pairwise(places))


def join_at_marks(numbers: Sequence[Number], marks: Sequence[Box]) -> list[Number]:
    """Return the numbers, those joined that have a point or comma, and little else, between them.

    Space around a decimal mark is wider than between digits, and had parted them.
    """
    joined: list[Number] = []
    for number in numbers:
        last = joined[-1] if joined else None
        if last and last.line == number.line and _is_parted_by_mark(last, number, marks):
            joined[-1] = join(last, number)
        else:
            joined.append(number)
    return joined


def join(left: Number, right: Number) -> Number:
    """Return two numbers as one: as certain as both, doubted if either is."""
    whole = replace(
        left,
        text=left.text + right.text,
        confidence=left.confidence * right.confidence,
        box=union([left.box, right.box]),
        digits=(*left.digits, *right.digits),
    )
    return doubted(whole)  # that they are one number rests on a point alone


def _is_parted_by_mark(left: Number, right: Number, marks: Sequence[Box]) -> bool:
    height = min(left.box.height, right.box.height)
    if not 0 <= right.box.x - left.box.right <= SPLIT_GAP * height:
        return False
    between = [mark for mark in marks if left.box.right <= mark.centre[0] <= right.box.x]
    near = [m for m in between if left.box.y <= m.centre[1] <= left.box.bottom + DROP * height]
    kinds = [place(mark, left).mark for mark in near]
    return len(kinds) == 1 and kinds[0] in (Mark.POINT, Mark.COMMA)

"""Numbers that space had parted at their decimal mark, joined again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitize.geometry import union
from digitize.group.doubt import doubted
from digitize.group.mark_kinds import POINTS, place
from digitize.group.numbers import make_number
from digitize.group.options import MARK_DROP, GroupOptions
from digitize.records import Box, Digit, Number

POINT_SPACE = 1.3  # of the lower number's height, between two with a point; combs have walls there
CRUMB = 0.3  # of a digit's height: a bit that broke off is no larger; a dash may be


def join_at_marks(numbers: Sequence[Number], marks: Sequence[Box]) -> list[Number]:
    """Return the numbers, those joined that have a point or comma first of what is between them.

    Behind it there may be crumbs of a digit, broken as pale pens' are. Space around a decimal mark
    is wider than between digits, and had parted them.
    """
    joined: list[Number] = []
    for number in numbers:
        last = joined[-1] if joined else None
        if last and last.line == number.line and _is_parted_by_mark(last, number, marks):
            joined[-1] = join(last, number)
        else:
            joined.append(number)
    return joined


def join_chunks(
    chunks: Sequence[list[Digit]], marks: Sequence[Box], options: GroupOptions
) -> list[list[Digit]]:
    """Return the digits of chunks on one line, those joined that a point or comma stands between.

    chunks: of a cell that has hardly room for several numbers: what has a point there is one.
    """
    joined = [chunks[0]]
    for chunk in chunks[1:]:
        left, right = (make_number(part, 1, options) for part in (joined[-1], chunk))
        if _is_parted_by_mark(left, right, marks):
            joined[-1] = [*joined[-1], *chunk]
        else:
            joined.append(chunk)
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
    if not 0 <= right.box.x - left.box.right <= POINT_SPACE * height:
        return False
    between = [mark for mark in marks if left.box.right <= mark.centre[0] <= right.box.x]
    near = [m for m in between if left.box.y <= m.centre[1] <= left.box.bottom + MARK_DROP * height]
    if not near:
        return False
    first, *rest = sorted(near, key=lambda mark: mark.x)
    is_crumbs = all(max(each.width, each.height) <= CRUMB * height for each in rest)
    return is_crumbs and place(first, left).mark in POINTS

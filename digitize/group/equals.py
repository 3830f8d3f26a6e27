"""Equals signs: two level strokes, one above the other, that are no marks of numbers near them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from digitize.geometry import BLOCK, contains, corners, union
from digitize.group.doubt import doubted
from digitize.group.mark_kinds import DASH_ASPECT
from digitize.records import BARE_STROKE, Box, Number

CLOSE, FAR = 0.8, 2.0
"""Of a digit's height: the middle of a sign that closes a number is no further off, nor is that
behind a name."""
BEFORE = 4.0  # of a digit's height: what an equals sign ends, as 3 + 4 =, has a number so near
ALIKE = 1.6  # the longer stroke's length over the shorter one's, at most
OVER = 0.7  # of the longer one's length: so much of it has the other above or below
APART = (0.25, 0.9)
"""Of their mean length, from one's middle down to the other's. Closer ones may be one minus that a
rule ran through, or that was drawn twice."""


def find_equals(marks: Sequence[Box]) -> list[tuple[Box, Box]]:
    """Return the two strokes of each equals sign among the marks; three strokes are none."""
    dashes = [mark for mark in marks if mark.width >= DASH_ASPECT * mark.height]
    other = _only_pairs(dashes)
    return [(dashes[at], dashes[to]) for at, to in enumerate(other) if at < to and other[to] == at]


def without_equals(marks: Sequence[Box], signs: Sequence[tuple[Box, Box]]) -> list[Box]:
    """Return the marks but the strokes of these equals signs."""
    strokes = {id(stroke) for sign in signs for stroke in sign}
    return [mark for mark in marks if id(mark) not in strokes]


def doubt_before_equals(
    numbers: Sequence[Number], signs: Sequence[tuple[Box, Box]]
) -> list[Number]:
    """Return the numbers, doubted those that an equals sign stands behind and that may be none.

    A last 1 close before one may be the slash of `5660/=`, as amounts are closed in East Africa; a
    digit with nothing before it, the name of what is given: `b = 0.013`.
    """
    boxes = [union(sign) for sign in signs]
    return [
        doubted(number)
        if any(
            (number.digits[-1].digit == BARE_STROKE and _stands_behind(box, number, CLOSE))
            or (_stands_behind(box, number, FAR) and _is_lone(number, numbers))
            for box in boxes
        )
        else number
        for number in numbers
    ]


def _stands_behind(sign: Box, number: Number, reach: float) -> bool:
    """Tell whether an equals sign's middle is within reach behind a number, level with it."""
    last = number.digits[-1].box
    is_near = 0 <= sign.centre[0] - last.right <= reach * last.height
    return is_near and last.y <= sign.centre[1] <= last.bottom


def _is_lone(number: Number, numbers: Sequence[Number]) -> bool:
    """Tell whether a number is one digit, with no other of the numbers close before it."""
    box = number.box
    before = replace(box, x=box.x - BEFORE * box.height, width=BEFORE * box.height)
    return len(number.digits) == 1 and not any(
        contains(before, (other.box.right, other.box.centre[1])) for other in numbers
    )


def _only_pairs(dashes: Sequence[Box]) -> list[int]:
    """Return for each dash which alone may be the other stroke of an equals sign; -1 for none."""
    found: list[int] = []
    if not dashes:
        return found
    edges = corners(dashes)
    for start in range(0, len(edges), BLOCK):
        pairs = _pair_up(edges[start : start + BLOCK], edges)
        found += np.where(pairs.sum(axis=1) == 1, pairs.argmax(axis=1), -1).tolist()
    return found


def _pair_up(some: NDArray[np.float64], edges: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which of the dashes with these edges pair up with some of them: (some, count)."""
    left, top, right, bottom = some.T[:, :, None]
    other_left, other_top, other_right, other_bottom = edges.T
    length, other_length = right - left, other_right - other_left
    longer = np.maximum(length, other_length)
    shared = np.minimum(right, other_right) - np.maximum(left, other_left)
    down = np.abs((top + bottom) - (other_top + other_bottom)) / 2
    apart = down / ((length + other_length) / 2)
    alike = longer <= ALIKE * np.minimum(length, other_length)
    return np.asarray(
        alike & (shared >= OVER * longer) & (apart >= APART[0]) & (apart <= APART[1]),
        dtype=np.bool_,
    )

"""Numbers that may be another number than what is written, however sure their digits are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.geometry import corners, window
from digitize.records import Box, Number, Pixels, Status

Flags: TypeAlias = NDArray[np.bool_]

BARE_STROKE = 0.3  # digit heights: a digit no wider is one upright stroke
BESIDE_SHARE = 0.5  # of the lower ink's height: so much of it is shared along a line


def doubted(number: Number) -> Number:
    """Return the number, for review whatever its confidence."""
    return replace(number, status=Status.REVIEW, doubted=True)


def doubt_crowded(
    numbers: Sequence[Number], neighbours: Sequence[Box], reach: float
) -> list[Number]:
    """Return the numbers, doubted those with another ink of a glyph's size within reach sideways.

    neighbours: boxes of what may be a part of a number, a number's own box among them. reach in
    heights of the number: space no wider may be within it.
    """
    if not numbers or not neighbours:
        return list(numbers)
    beside = are_beside([number.box for number in numbers], neighbours, reach)
    return [doubted(n) if others.any() else n for n, others in zip(numbers, beside, strict=True)]


def are_beside(boxes: Sequence[Box], others: Sequence[Box], reach: float) -> Flags:
    """Return whether each of `others` is on a line with each box, within reach, (boxes, others).

    reach: in heights of the box. No box is beside itself.
    """
    own, far = corners(boxes), corners(others)
    gaps = np.maximum(far[:, 0] - own[:, None, 2], own[:, None, 0] - far[:, 2])
    shared = np.minimum(own[:, None, 3], far[:, 3]) - np.maximum(own[:, None, 1], far[:, 1])
    lower = np.minimum(own[:, None, 3] - own[:, None, 1], far[:, 3] - far[:, 1])
    near = gaps <= reach * (own[:, 3] - own[:, 1])[:, None]
    is_itself = (own[:, None] == far).all(axis=2)
    return np.asarray(near & (shared >= BESIDE_SHARE * lower) & ~is_itself, dtype=np.bool_)


def doubt_strokes(numbers: Sequence[Number], height: float) -> list[Number]:
    """Return the numbers, doubted those with a bare stroke: on squared paper, it may be a rule's.

    height: of the page's digits, in pixels.
    """
    return [
        doubted(number)
        if any(digit.box.width <= BARE_STROKE * height for digit in number.digits)
        else number
        for number in numbers
    ]


def doubt_unlikely(
    numbers: Sequence[Number], digits: Pixels, hardly: Pixels | None
) -> list[Number]:
    """Return the numbers, doubted those with a digit whose ink could as well be other writing.

    digits: the page's digits; hardly: what of them is so; (height, width) uint8, in the numbers'
    frame.
    """
    if hardly is None or not hardly.any():
        return list(numbers)
    return [
        doubted(number) if any(_is_within(d.box, digits, hardly) for d in number.digits) else number
        for number in numbers
    ]


def _is_within(box: Box, ink: Pixels, part: Pixels) -> bool:
    """Tell whether most ink in a box is of a part of it."""
    place = window(box)
    return bool(2 * np.count_nonzero(part[place]) > np.count_nonzero(ink[place]))

"""Numbers that may be another number than what is written, however sure their digits are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from digitize.geometry import corners, window
from digitize.records import Box, Number, Pixels, Status

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
    own, others = corners(number.box for number in numbers), corners(neighbours)
    gaps = np.maximum(others[:, 0] - own[:, None, 2], own[:, None, 0] - others[:, 2])
    shared = np.minimum(own[:, None, 3], others[:, 3]) - np.maximum(own[:, None, 1], others[:, 1])
    lower = np.minimum(own[:, None, 3] - own[:, None, 1], others[:, 3] - others[:, 1])
    near = gaps <= reach * (own[:, 3] - own[:, 1])[:, None]
    is_itself = (own[:, None] == others).all(axis=2)
    crowded = (near & (shared >= BESIDE_SHARE * lower) & ~is_itself).any(axis=1)
    return [doubted(n) if flag else n for n, flag in zip(numbers, crowded, strict=True)]


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

"""Numbers that may be another number than what is written, however sure their digits are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from digitize.geometry import overlap, vertical_overlap
from digitize.records import Box, Number, Status

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

    def crowded(number: Number) -> bool:
        own, near = number.box, reach * number.box.height
        return any(is_beside(own, box, near) for box in neighbours if box != own)

    return [doubted(number) if crowded(number) else number for number in numbers]


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


def is_beside(box: Box, other: Box, reach: float) -> bool:
    """Tell whether `other` stands on the line of `box`, at most `reach` pixels to either side."""
    gap = -overlap(box.x, box.right, other.x, other.right)
    return gap <= reach and vertical_overlap(box, other) >= BESIDE_SHARE

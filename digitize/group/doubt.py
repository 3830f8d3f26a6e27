"""Numbers that may be another number than what is written, however sure their digits are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.geometry import are_beside, corners
from digitize.records import Box, Digit, Number, Status

Flags: TypeAlias = NDArray[np.bool_]

LOWEST = 0.58  # of its number's highest digit: a lower one may be print, or a letter
OWN_SIZE = (0.56, 1.75)  # of the page's usual digit: a number of another size may be none of a hand
UNCLEAR = 0.9  # of a number's confidence is left where a mark may say something else
NO_DIGIT = 0.35  # of a digit's probabilities: what is left of them may be that it is none
ROW_REACH = 5.0  # of a digit's height, either side: two boxes of a comb or more
FEWEST_IN_ROW, FEWEST_BARE = 4, 2  # lone digits, and bare strokes among them: fewer are chance
SLIM_DIGIT = 0.3  # digit heights: a digit no wider is one upright stroke


def doubted(number: Number) -> Number:
    """Return the number, for review whatever its confidence."""
    return replace(number, status=Status.REVIEW, doubted=True)


def unclear(number: Number) -> Number:
    """Return the number, less certain and for review: its marks may say something else."""
    return doubted(replace(number, confidence=number.confidence * UNCLEAR))


def doubt_holding(numbers: Sequence[Number], boxes: Sequence[Box]) -> list[Number]:
    """Return the numbers, doubted those with a digit in one of these boxes."""
    suspect = set(boxes)
    return [
        doubted(number) if any(digit.box in suspect for digit in number.digits) else number
        for number in numbers
    ]


def doubt_crowded(
    numbers: Sequence[Number], neighbours: Sequence[Box], reach: float
) -> list[Number]:
    """Return the numbers, doubted those with another ink of a glyph's size within reach sideways.

    neighbours: boxes of what may be a part of a number, a number's own box among them. reach in
    heights of the number: space no wider may be within it.
    """
    if not numbers or not neighbours:
        return list(numbers)
    beside = beside_others([number.box for number in numbers], neighbours, reach)
    return [doubted(n) if others.any() else n for n, others in zip(numbers, beside, strict=True)]


def beside_others(boxes: Sequence[Box], others: Sequence[Box], reach: float) -> Flags:
    """Tell which boxes have which others on one line with them, within reach: (boxes, others).

    reach: in heights of the box. No box stands beside itself.
    """
    own, far = corners(boxes), corners(others)
    is_itself = (own[:, None] == far).all(axis=2)
    heights = own[:, 3] - own[:, 1]
    return np.asarray(are_beside(boxes, others, reach * heights) & ~is_itself, dtype=np.bool_)


def doubt_strokes(numbers: Sequence[Number], height: float) -> list[Number]:
    """Return the numbers, doubted those with a bare stroke: on squared paper, it may be a rule's.

    height: of the page's digits, in pixels.
    """
    return [
        doubted(number)
        if any(digit.box.width <= SLIM_DIGIT * height for digit in number.digits)
        else number
        for number in numbers
    ]


def doubt_rows(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers, doubted lone digits in a row some of which are bare strokes.

    They may be a comb's, and the strokes its walls, where no wall was found.
    """
    lone = [number for number in numbers if len(number.digits) == 1]
    boxes = [number.box for number in lone]
    near = are_beside(boxes, boxes, ROW_REACH * np.array([box.height for box in boxes]))
    bare = np.array([box.width <= SLIM_DIGIT * box.height for box in boxes], dtype=np.bool_)
    in_comb = (near.sum(axis=1) >= FEWEST_IN_ROW) & ((near & bare).sum(axis=1) >= FEWEST_BARE)
    suspect = {id(number) for number in compress(lone, in_comb)}
    return [doubted(number) if id(number) in suspect else number for number in numbers]


def doubt_unlike_digits(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers, doubted lone digits that may well be none: a tick is read as 5.

    Digits beside others are believed more.
    """
    return [
        doubted(number) if len(number.digits) == 1 and _may_be_none(number.digits[0]) else number
        for number in numbers
    ]


def _may_be_none(digit: Digit) -> bool:
    """Tell whether too much of what a digit may be is no digit at all."""
    return digit.confidence + sum(share for _, share in digit.alternatives) < 1 - NO_DIGIT


def doubt_uneven(numbers: Sequence[Number], usual: float) -> list[Number]:
    """Return the numbers, doubted those of digits of two sizes, or of another than the page's.

    usual: height of the page's digits, in pixels.
    """
    return [doubted(number) if is_uneven(number, usual) else number for number in numbers]


def is_uneven(number: Number, usual: float) -> bool:
    """Tell whether a number is of uneven digits, or far from the usual height, in pixels."""
    heights = [digit.box.height for digit in number.digits]
    highest = max(heights)
    told = [digit.box.height for digit in number.digits if digit.digit]  # many write their 0s low
    lowest = min(told, default=highest)
    least, most = OWN_SIZE
    return lowest < LOWEST * highest or not least * usual <= highest <= most * usual

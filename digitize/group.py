"""Digits to numbers and lines, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import prod
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.geometry import contains, overlap, union, vertical_overlap
from digitize.records import Box, Digit, Number, Status

COMB_GAP = 0.3  # digit heights: cells of one comb lie this near, sideways, walls between them
COMB_SHIFT_SHARE = 0.7  # of a cell's height: so much of it the next cell of a comb shares
STACK_GAP = (-0.1, 0.25)  # digit heights between a cell and the one straight below: a wall
STACK_SHARE = 0.7  # of a cell's width: so much of it the cell above or below shares
ROW_SHARE = 0.5  # of the lower number's height: so much of it is shared along a line
MARK_DROP = 0.2  # of a number's height: how far a comma hangs below the line
Layout: TypeAlias = Literal["page", "number"]


@dataclass(frozen=True, slots=True)
class GroupOptions:
    """How digits are gathered; lengths in digit heights.

    layout: "page", or "number" where the picture is one cropped number.
    review_below: a number less certain than this is marked for review, 0 to 1.
    least_gap, most_gap: the space that parts two numbers is sought between these.
    comb_width: a cell this narrow holds one digit of a number.
    mark_reach: a point or dash this near, sideways, belongs to the number.
    line_shift: how far a digit's middle may lie from its left neighbour's.
    """

    layout: Layout = "page"
    review_below: float = 0.95
    least_gap: float = 0.3
    most_gap: float = 1.1
    comb_width: float = 2.0
    mark_reach: float = 0.5
    line_shift: float = 0.6


def group(
    digits: Sequence[Digit],
    cells: Sequence[Box] = (),
    options: GroupOptions = GroupOptions(),
) -> list[Number]:
    """Return the numbers that `digits` make, line by line, left to right.

    Digits and cells share one upright frame, origin top-left. A comb of one-digit cells is one
    number; any other cell's digits are its own; elsewhere space parts numbers.
    """
    if not digits:
        return []
    if options.layout == "number":
        return [make_number(sorted(digits, key=_left), 1, options)]
    height = float(np.median([digit.box.height for digit in digits]))
    fields = join_combs(cells, height, options)
    gap = find_number_gap(digits, height, options)
    chunks: list[list[Digit]] = []
    loose: list[Digit] = []
    inside: dict[int, list[Digit]] = {}
    for digit in digits:
        home = _find_field(digit, fields)
        if home is None:
            loose.append(digit)
        else:
            inside.setdefault(home, []).append(digit)
    for index, held in inside.items():
        is_comb = len(fields[index]) > 1
        chunks += [sorted(held, key=_left)] if is_comb else split_lines(held, height, gap, options)
    chunks += split_lines(loose, height, gap, options)
    return order_numbers(chunks, options)


def join_combs(cells: Sequence[Box], height: float, options: GroupOptions) -> list[list[Box]]:
    """Return the cells in fields: a comb's cells together, every other cell alone.

    A comb is a row of two or more cells no wider than a digit needs, side by side, with no such
    row straight above or below it: that would be a table.
    """
    narrow = [cell for cell in cells if cell.width <= options.comb_width * height]
    others = [[cell] for cell in cells if cell.width > options.comb_width * height]
    fields: list[list[Box]] = []
    for cell in sorted(narrow, key=lambda box: box.x):
        if any(_is_stacked(cell, other, height) for other in cells):
            others.append([cell])
            continue
        row = next((row for row in fields if _is_beside(row[-1], cell, height)), None)
        if row is None:
            fields.append([cell])
        else:
            row.append(cell)
    return fields + others


def _is_beside(left: Box, right: Box, height: float) -> bool:
    near = abs(right.x - left.right) <= COMB_GAP * height
    shared = overlap(left.y, left.bottom, right.y, right.bottom)
    return near and shared >= COMB_SHIFT_SHARE * left.height


def _is_stacked(cell: Box, other: Box, height: float) -> bool:
    gap = max(other.y - cell.bottom, cell.y - other.bottom)
    shared = overlap(cell.x, cell.right, other.x, other.right)
    near = STACK_GAP[0] * height <= gap <= STACK_GAP[1] * height
    return near and shared >= STACK_SHARE * cell.width


def _find_field(digit: Digit, fields: Sequence[Sequence[Box]]) -> int | None:
    middle = digit.box.centre
    for index, field in enumerate(fields):
        if any(contains(cell, middle) for cell in field):
            return index
    return None


def find_number_gap(digits: Sequence[Digit], height: float, options: GroupOptions) -> float:
    """Return the space in pixels beyond which a number ends, as the page's own spacing says.

    Spaces within numbers and between them leave an empty interval among all spaces of the page;
    the widest one between least_gap and most_gap is it, and its middle the threshold.
    """
    spaces = [
        (right.box.x - left.box.right) / height
        for line in find_lines(digits, height, options)
        for left, right in pairwise(line)
    ]
    within = sorted(s for s in spaces if options.least_gap < s < options.most_gap)
    edges = [options.least_gap, *within, options.most_gap]
    start, end = max(pairwise(edges), key=lambda pair: pair[1] / pair[0])
    return float(np.sqrt(start * end)) * height


def find_lines(digits: Sequence[Digit], height: float, options: GroupOptions) -> list[list[Digit]]:
    """Return the digits in lines, each from left to right; a line follows its own slope."""
    lines: list[list[Digit]] = []
    middles: list[float] = []  # of each line where it is now
    for digit in sorted(digits, key=_left):
        middle = digit.box.centre[1]
        shifts = np.abs(np.array(middles) - middle)
        if not middles or shifts.min() > options.line_shift * height:
            lines.append([digit])
            middles.append(middle)
            continue
        nearest = int(np.argmin(shifts))
        line = lines[nearest]
        line.append(digit)
        recent = [other.box.centre[1] for other in line[-3:]]
        middles[nearest] = sum(recent) / len(recent)
    return lines


def split_lines(
    digits: Sequence[Digit], height: float, gap: float, options: GroupOptions
) -> list[list[Digit]]:
    """Return the digits of each line, parted where the space is wider than `gap` pixels."""
    chunks: list[list[Digit]] = []
    for line in find_lines(digits, height, options):
        end = -np.inf
        for digit in line:
            if digit.box.x - end > gap:
                chunks.append([])
            chunks[-1].append(digit)
            end = max(end, digit.box.right)
    return chunks


def order_numbers(chunks: Sequence[list[Digit]], options: GroupOptions) -> list[Number]:
    """Return the chunks as numbers in reading order, their lines counted from 1."""
    numbers = [make_number(chunk, 1, options) for chunk in chunks]
    rows: list[list[Number]] = []
    for number in sorted(numbers, key=lambda number: number.box.x):
        row = next((row for row in rows if _continues(row[-1].box, number.box)), None)
        if row is None:
            rows.append([number])
        else:
            row.append(number)
    rows.sort(key=lambda row: row[0].box.centre[1])
    return [replace(number, line=line) for line, row in enumerate(rows, 1) for number in row]


def _continues(last: Box, box: Box) -> bool:
    return vertical_overlap(last, box) >= ROW_SHARE


def doubt_marked(
    numbers: Sequence[Number], marks: Sequence[Box], options: GroupOptions = GroupOptions()
) -> list[Number]:
    """Return the numbers, for review those that a mark belongs to: a point, a comma, a minus.

    Such marks are not read yet, so that what is read may be another number than what is written.
    """
    middles = np.array([mark.centre for mark in marks], dtype=np.float64).reshape(-1, 2)
    return [
        replace(number, status=Status.REVIEW)
        if _is_marked(number.box, middles, options.mark_reach)
        else number
        for number in numbers
    ]


def _is_marked(box: Box, middles: NDArray[np.float64], reach: float) -> bool:
    across, down = reach * box.height, MARK_DROP * box.height
    x, y = middles.T
    beside = (x >= box.x - across) & (x <= box.right + across)
    return bool((beside & (y >= box.y) & (y <= box.bottom + down)).any())


def make_number(digits: Sequence[Digit], line: int, options: GroupOptions) -> Number:
    """Return one number: as certain as all its digits together, for review if one of them is."""
    confidence = prod(digit.confidence for digit in digits)
    sure = confidence >= options.review_below and all(d.status is Status.OK for d in digits)
    return Number(
        text="".join(str(digit.digit) for digit in digits),
        confidence=confidence,
        status=Status.OK if sure else Status.REVIEW,
        line=line,
        box=union(digit.box for digit in digits),
        digits=tuple(digits),
    )


def _left(digit: Digit) -> float:
    return digit.box.x

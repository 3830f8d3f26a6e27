"""Digits to numbers and lines, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from digitize.geometry import vertical_overlap
from digitize.group.brackets import without_brackets
from digitize.group.columns import doubt_columns
from digitize.group.combs import complete_combs, without_strays
from digitize.group.counted import read_by_count
from digitize.group.doubt import (
    doubt_crowded,
    doubt_rows,
    doubt_strokes,
    doubt_uneven,
    doubt_unlike_digits,
    doubted,
)
from digitize.group.fields import (
    Field,
    doubt_like_combs,
    join_combs,
    share_out,
    without_squares,
)
from digitize.group.joined import join_chunks
from digitize.group.letters import doubt_codes, doubt_lettered
from digitize.group.lines import by_left, find_lines, find_number_gap, split_lines
from digitize.group.lists import doubt_answers, lines_of_lists, part_lists, without_letters
from digitize.group.marks import read_marks
from digitize.group.numbers import make_number
from digitize.group.options import USUAL, GroupOptions, Layout
from digitize.group.spaces import find_spaces
from digitize.group.spread import is_grid
from digitize.group.stained import doubt_rims
from digitize.records import Box, Comb, Digit, Number

__all__ = [
    "GroupOptions",
    "Layout",
    "doubt_answers",
    "doubt_codes",
    "group",
    "lines_of_lists",
    "order_numbers",
    "part_lists",
    "read_by_count",
    "read_marks",
    "without_letters",
]

ROOM_FOR_ONE = 6.0  # digit heights: in a cell no wider, numbers side by side are rather one
NEXT_SQUARE = 1.5  # of a number's height: on squared paper, digits of one number stand so near
ACROSS_A_WALL = 0.3  # of a number's height: digits as near, though not in one cell, may be of one
ROW_SHARE = 0.5  # of the lower number's height: so much of it is shared along a line


def group(
    digits: Sequence[Digit],
    cells: Sequence[Box] = (),
    refused: Sequence[Box] = (),
    options: GroupOptions = USUAL,
    writing: Sequence[Box] = (),
    combs: Sequence[Comb] = (),
    usual: float | None = None,
    marks: Sequence[Box] = (),
) -> list[Number]:
    """Return the numbers that `digits` make, line by line, left to right.

    Digits, cells, refused glyphs and other writing share one upright frame, origin top-left. A comb
    of one-digit cells is one number; any other cell's digits are its own; elsewhere space parts
    numbers. Where a refused glyph or other writing may have been a digit of a number, or two
    numbers be one, they are doubted. combs: those known; on squared paper they may be squares.
    usual: height of what surely are digits, in pixels; of all `digits`, if it is not known. marks:
    small ink that is no digit: two numbers in a small cell are one with a point between them.
    """
    if not digits:
        return []
    if options.layout == "number":
        number = make_number(sorted(digits, key=by_left), 1, options)
        return [doubted(number) if refused else number]
    height = float(np.median([digit.box.height for digit in digits]))
    gap = find_number_gap(digits, options)
    lined = without_squares(cells, height)
    known = combs if lined or not cells else ()
    fields = [Field(comb.boxes, doubted=not comb.whole, whole=comb.whole) for comb in known]
    fields = doubt_like_combs([*fields, *join_combs(lined, height, options)], height)
    fields = complete_combs(fields, digits)
    fields = without_strays(fields, digits, height)
    held, loose = share_out(digits, fields)
    fielded = [
        number
        for field, inside in held
        for number in _in_field(field, inside, height, gap, refused, writing, marks, options)
    ]
    near_walls = [*(number.box for number in fielded), *(digit.box for digit in loose)]
    fielded = doubt_crowded(fielded, near_walls, ACROSS_A_WALL)
    lines = find_lines(loose, options)
    free = [
        doubted(number) if has_space(number.digits, min(gap, options.wide_gap)) else number
        for number in (make_number(chunk, 1, options) for chunk in split_lines(lines, gap))
    ]
    if cells and not lined:
        free = doubt_strokes(free, height)
        free = doubt_crowded(free, [number.box for number in free], NEXT_SQUARE)
    in_grid = is_grid(lines)
    free = free if in_grid else doubt_rows(free)
    neighbours = [*(() if in_grid else (n.box for n in (*fielded, *free))), *refused]
    numbers = [*fielded, *doubt_crowded(free, neighbours, options.crowded)]
    numbers = doubt_crowded(numbers, writing, options.written_near)
    numbers = without_brackets(doubt_lettered(numbers, [*writing, *refused]), options)
    numbers = doubt_unlike_digits(doubt_uneven(doubt_columns(numbers), usual or height))
    return order_numbers(doubt_rims(numbers))


def _in_field(
    field: Field,
    inside: Sequence[Digit],
    height: float,
    gap: float,
    refused: Sequence[Box],
    writing: Sequence[Box],
    marks: Sequence[Box],
    options: GroupOptions,
) -> list[Number]:
    """Return the numbers that the digits in a cell or a comb make; lines as by themselves."""
    is_comb = len(field.cells) > 1
    lines = [sorted(inside, key=by_left)] if is_comb else find_lines(inside, options)
    chunks = lines if is_comb else split_lines(lines, gap)
    has_room = field.cells[0].width > ROOM_FOR_ONE * height
    if len(chunks) > len(lines) == 1 and not has_room:
        chunks = join_chunks(chunks, list(filter(field.holds, marks)), options)
    several = len(chunks) > len(lines) and not has_room
    unread = [*refused, *writing] if is_comb else refused
    unsure = several or field.doubted or any(field.holds(box) for box in unread)
    unsure = unsure or (is_comb and field.is_crowded(inside))
    numbers = doubt_rows([make_number(chunk, 1, options) for chunk in chunks])
    return [doubted(number) if unsure else number for number in numbers]


def has_space(digits: Sequence[Digit], width: float) -> bool:
    """Tell whether digits of a line have a space wider than `width` digit heights among them."""
    return len(digits) > 1 and max(find_spaces(digits)) > width


def order_numbers(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers in reading order, their lines counted from 1."""
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

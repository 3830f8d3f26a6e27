"""Cells to fields: which cells hold one number together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median, median_low

import numpy as np
from numpy.typing import NDArray

from digitize.geometry import contains, corners, overlap
from digitize.group.options import GroupOptions
from digitize.records import Box, Digit

COMB_GAP = 0.3  # digit heights: cells of one comb lie this near, sideways, walls between them
COMB_SPACE = 0.6  # of a cell's width: or this near, as boxes drawn apart from one another stand
TWO_COMBS = 0.5  # of a cell's width: combs with so much white between are surely two
BOX_ASPECT = 1.1  # of a cell's width over its height: a box for one digit is hardly wider
BOX_WIDTH = 3.0  # digit heights: nor is it so wide
COMB_SHIFT_SHARE = 0.7  # of a cell's height: so much of it the next cell of a comb shares
MOST_MERGED = 8  # cells of a comb that look like one, for want of the walls between them
UNEVEN = 0.2  # of a comb's pitch: so far cells may be from a whole number of it
UNEVEN_PITCH = 0.15  # of its median: two boxes so far from it are hardly neighbours in one comb
TABLE_SHARE = 0.5  # of a row's cells: where more have a cell above or below, it is a table's
HIGHEST_SQUARE = 1.5  # digit heights: a table's rows leave more room for what is written
SQUARE = (0.75, 1.3)  # of a square's width over its height; the columns of tables are wider
SQUARES_SHARE = 0.25  # of all cells: others have lost a wall and seem several squares large
FEWEST_SQUARES = 40  # fewer are a small table, written in close
FEW = 2  # narrow cells beside a wide one: hardly a comb of their own
STACK_GAP = (-0.1, 0.25)  # digit heights between a cell and the one straight below: a wall
TWO_WALLS, RAGGED = 0.07, 2.5
"""Digit heights, and pixels: a wall of a comb thicker than its others by so much may be two."""
GAP = 0.25  # digit heights: two walls and so much more lie between two combs on one line
DATES = (2, 2, 4), (4, 2, 2)  # boxes of the combs of a date, for review: less tells those apart
DATE_GAP = 0.15  # digit heights: one wall and so much more lie between two of them
WALL = 0.11  # digit heights: so much thicker than its upright walls are a row's level ones, askew
STACK_ALIKE = 1.3  # of one table row's height over the next one's; the white between combs differs
LABELS = 3.0  # of a cell's height: so much white and print lies between a form's combs
STACK_SHARE = 0.7  # of a cell's width: so much of it the cell above or below shares


@dataclass(frozen=True, slots=True)
class Field:
    """Where one number is written: a cell, or the cells of a comb from left to right.

    doubted: whether walls of the comb were not found, so that their ink may be read as digits.
    whole: whether it is known where the comb ends.
    """

    cells: tuple[Box, ...]
    doubted: bool = False
    whole: bool = False

    def holds(self, box: Box) -> bool:
        """Tell whether the middle of `box` lies in one of the cells."""
        return any(contains(cell, box.centre) for cell in self.cells)

    def is_crowded(self, digits: Sequence[Digit]) -> bool:
        """Tell whether a cell holds several digits."""
        return any(
            sum(contains(cell, digit.box.centre) for digit in digits) > 1 for cell in self.cells
        )


def share_out(
    digits: Sequence[Digit], fields: Sequence[Field]
) -> tuple[list[tuple[Field, list[Digit]]], list[Digit]]:
    """Return the fields that hold digits, with these, and the digits that no field holds."""
    inside: dict[int, list[Digit]] = {}
    loose: list[Digit] = []
    cells = [(home, cell) for home, field in enumerate(fields) for cell in field.cells]
    left, top, right, bottom = corners(cell for _, cell in cells).T
    for digit in digits:
        x, y = digit.box.centre
        holds = (left <= x) & (x <= right) & (top <= y) & (y <= bottom)
        if holds.any():
            inside.setdefault(cells[int(holds.argmax())][0], []).append(digit)
        else:
            loose.append(digit)
    return [(fields[index], held) for index, held in inside.items()], loose


def without_squares(cells: Sequence[Box], height: float) -> list[Box]:
    """Return the cells, or none on squared paper, whose squares say nothing of numbers.

    There many cells are hardly higher than a digit, about as wide as high, and stand in columns;
    where walls are not found they seem larger.
    """
    low = [
        cell
        for cell in cells
        if cell.height <= HIGHEST_SQUARE * height
        and SQUARE[0] <= cell.width / cell.height <= SQUARE[1]
    ]
    if len(low) < max(FEWEST_SQUARES, SQUARES_SHARE * len(cells)):
        return list(cells)
    is_stacked = np.isfinite(find_stack_gaps(low, cells, height))
    return [] if is_stacked.sum() > len(low) / 2 else list(cells)


def join_combs(cells: Sequence[Box], height: float, options: GroupOptions) -> list[Field]:
    """Return the cells in fields: a comb's cells together, every other cell alone.

    A comb is a row of two or more cells no wider than a digit needs, side by side. Where most of
    them have a cell straight above or below, it is a row of a table; one or two may, since the
    white between combs can look like a cell.
    """
    most = MOST_MERGED * options.comb_width * height
    fields = [Field((cell,)) for cell in cells if cell.width > most]
    for row in find_rows([cell for cell in cells if cell.width <= most], height):
        gaps, few = find_stack_gaps(row, cells, height), TABLE_SHARE * len(row)
        is_stacked = np.isfinite(gaps).sum() > few
        if is_stacked and (gaps <= thickest_wall(row, height)).sum() > few:
            fields += [Field((cell,)) for cell in row]
        else:
            widest = max((box.width for box in row if is_digits_box(box, height)), default=0.0)
            parts = part_date(row, height) or part_at_gaps(row, height)
            unsure = is_stacked or len(row) != sum(map(len, parts)) or not are_apart(parts)
            divided = [
                field
                for part in parts
                for field in divide_row(part, max(widest, options.comb_width * height))
            ]
            fields += [
                replace(
                    field,
                    doubted=field.doubted
                    or (unsure and holds_digits(field, height))
                    or may_be_two(field, height),
                )
                for field in divided
            ]
    return fields


def may_be_two(comb: Field, height: float) -> bool:
    """Tell whether two boxes of a comb stand further apart than its others, as two combs' do.

    By their pitch, or by the wall between them, which may be two with hardly any white between:
    so the day, the month and the year of a date stand. height: of the page's digits, in pixels.
    """
    pitches = [right.x - left.x for left, right in pairwise(comb.cells)]
    if not pitches:
        return False
    walls = find_spaces(comb.cells)
    thickest = median_low(walls) + max(RAGGED, TWO_WALLS * height)
    return max(pitches) > (1 + UNEVEN_PITCH) * median_low(pitches) or max(walls) > thickest


def doubt_like_combs(fields: Sequence[Field], height: float) -> list[Field]:
    """Return the fields, doubted single cells that stand above or below those of combs.

    Forms have combs below one another; of some, the white between can be taken for a table's.
    """
    combs = [cell for field in fields if len(field.cells) > FEW for cell in field.cells]
    singles = [
        field for field in fields if len(field.cells) == 1 and is_digits_box(field.cells[0], height)
    ]
    if not combs or not singles:
        return list(fields)
    own, far = corners(field.cells[0] for field in singles), corners(combs)
    left, top, right, bottom = own.T[:, :, None]
    comb_left, comb_top, comb_right, comb_bottom = far.T
    shared = np.minimum(right, comb_right) - np.maximum(left, comb_left)
    wider = np.maximum(right - left, comb_right - comb_left)
    between = np.maximum(top, comb_top) - np.minimum(bottom, comb_bottom)
    near = between <= LABELS * (bottom - top)
    in_line = (near & (shared >= STACK_SHARE * wider)).any(axis=1)
    suspect = {id(field) for field, is_so in zip(singles, in_line, strict=True) if is_so}
    return [replace(f, doubted=True) if id(f) in suspect else f for f in fields]


def part_at_gaps(row: Sequence[Box], height: float) -> list[list[Box]]:
    """Return a row of cells parted where one space is far wider than most, as between two combs."""
    spaces = find_spaces(row)
    most = 2 * usual_wall(spaces) + GAP * height
    parts = [[row[0]]]
    for cell, space in zip(row[1:], spaces, strict=True):
        if space > most:
            parts.append([])
        parts[-1].append(cell)
    return parts


def are_apart(combs: Sequence[Sequence[Box]]) -> bool:
    """Tell whether combs of one row stand surely apart, each from the next."""
    return all(
        right[0].x - left[-1].right > TWO_COMBS * min(left[-1].width, right[0].width)
        for left, right in pairwise(combs)
    )


def part_date(row: Sequence[Box], height: float) -> list[list[Box]]:
    """Return the three combs of a row that is a date's, day, month and year; none of another row.

    The first box may be missing, as where its digit covers its walls: it is put back.
    """
    spaces = find_spaces(row)
    least = usual_wall(spaces) + DATE_GAP * height
    ends = [at for at, space in enumerate(spaces, 1) if space >= least]
    combs = [list(row[start:end]) for start, end in pairwise([0, *ends, len(row)])]
    counts = tuple(map(len, combs))
    if counts in {(first - 1, *others) for first, *others in DATES}:
        first, pitch = combs[0][0], combs[1][1].x - combs[1][0].x
        combs[0] = [replace(first, x=first.x - pitch), *combs[0]]
        return combs
    return combs if counts in DATES else []


def thickest_wall(row: Sequence[Box], height: float) -> float:
    """Return how thick, in pixels, a wall above or below a row of cells is at most.

    By those between its cells, of which a lone one has none; between rows that stand apart lie two
    walls, and white.
    """
    spaces = find_spaces(row)
    return usual_wall(spaces) + WALL * height if spaces else STACK_GAP[1] * height


def find_spaces(row: Sequence[Box]) -> list[float]:
    """Return the spaces between the cells of a row, in pixels; below 0 where they overlap."""
    return [right.x - left.right for left, right in pairwise(row)]


def usual_wall(spaces: Sequence[float]) -> float:
    """Return how wide the spaces between a row's cells mostly are, in pixels; 0 without any."""
    return max(0.0, median(spaces)) if spaces else 0.0


def holds_digits(field: Field, height: float) -> bool:
    """Tell whether a field is a comb, or a single box for one digit."""
    return len(field.cells) > 1 or is_digits_box(field.cells[0], height)


def is_digits_box(cell: Box, height: float) -> bool:
    """Tell whether a cell is upright enough to hold one digit, small as it may be in there."""
    return cell.width <= min(BOX_ASPECT * cell.height, BOX_WIDTH * height)


def divide_row(row: Sequence[Box], widest: float) -> list[Field]:
    """Return the fields of one row of cells, of which no more than one digit fits in `widest`.

    Where some cells are a digit's and the others as wide as several of them, all are one comb of
    which some walls were not found. Otherwise wide cells stand alone between combs, and one or two
    narrow ones are doubted: they may be what was found of a longer comb.
    """
    narrow = [cell.width for cell in row if cell.width <= widest]
    if len(narrow) == len(row):
        return [Field(tuple(row))]
    if narrow and is_even(row, float(np.median(narrow))):
        return [Field(tuple(row), doubted=True)]
    runs = groupby(row, key=lambda cell: cell.width <= widest)
    parts = [(is_narrow, list(run)) for is_narrow, run in runs]
    return [
        field
        for is_narrow, run in parts
        for field in (
            [Field(tuple(run), doubted=len(run) <= FEW < len(row))]
            if is_narrow
            else [Field((cell,)) for cell in run]
        )
    ]


def is_even(row: Sequence[Box], width: float) -> bool:
    """Tell whether all cells of a row are whole numbers of cells of this width, walls between."""
    wall = median(find_spaces(row))
    if wall <= -width:
        return False  # cells that lie over one another
    units = np.array([(cell.width + wall) / (width + wall) for cell in row])
    return bool(np.abs(units - np.rint(units)).max() <= UNEVEN)


def find_rows(cells: Sequence[Box], height: float) -> list[list[Box]]:
    """Return the cells in rows, those side by side together, from left to right."""
    rows: list[list[Box]] = []
    for cell in sorted(cells, key=lambda box: box.x):
        row = next((row for row in rows if _is_beside(row[-1], cell, height)), None)
        if row is None:
            rows.append([cell])
        else:
            row.append(cell)
    return rows


def _is_beside(left: Box, right: Box, height: float) -> bool:
    space = right.x - left.right
    apart = COMB_SPACE * min(left.width, right.width)
    near = abs(space) <= COMB_GAP * height or 0 < space <= apart
    shared = overlap(left.y, left.bottom, right.y, right.bottom)
    return near and shared >= COMB_SHIFT_SHARE * left.height


def find_stack_gaps(
    cells: Sequence[Box], others: Sequence[Box], height: float
) -> NDArray[np.float64]:
    """Return the least space between each cell and one of the others straight above or below.

    In pixels, for those about as high and no further than a table's wall; infinite where none is.
    """
    left, top, right, bottom = corners(others).T
    tall = bottom - top
    gaps = np.full(len(cells), np.inf)
    for at, cell in enumerate(cells):
        gap = np.maximum(top - cell.bottom, cell.y - bottom)
        shared = np.minimum(right, cell.right) - np.maximum(left, cell.x)
        near = (STACK_GAP[0] * height <= gap) & (gap <= STACK_GAP[1] * height)
        alike = np.maximum(tall, cell.height) <= STACK_ALIKE * np.minimum(tall, cell.height)
        stacked = near & alike & (shared >= STACK_SHARE * cell.width)
        gaps[at] = gap[stacked].min(initial=np.inf)
    return gaps

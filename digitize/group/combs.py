"""Combs of which boxes were not found: what stands where one belongs is a digit of the same number.

A comb's boxes stand at one pitch. A weak wall, or a digit that touches it, costs a box, and the row
falls apart; a digit taken for a number of its own would be believed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress, pairwise
from statistics import median

import numpy as np

from digitize.geometry import are_beside, contains, intersection_over_union, overlap
from digitize.group.fields import UNEVEN_PITCH, Field, is_digits_box, share_out
from digitize.records import BARE_STROKE, Box, Digit

FEWEST = 2  # boxes: one has no pitch
SAME = 0.6  # intersection over union of a box with the place where one belongs
ASTRIDE = 0.2  # likewise, of a box of another comb that stands partly there, at its own pitch
BESIDE = 0.8  # of its width: a digit in the next box begins so near
LOST, EMPTY = 2, 1  # boxes side by side that may be lost, and how many of them without a digit
MOST_LOST = 4  # boxes beyond either end: a comb hardly loses more


def complete_combs(fields: Sequence[Field], digits: Sequence[Digit]) -> list[Field]:
    """Return the fields, combs with the boxes that belong to them, found or not.

    digits: all of the page. A comb that gains a box is doubted. A box that was not found belongs to
    it where one digit stands in its place, in no other box, or where boxes of it were found behind.
    Whole ones neither gain a box nor are gained, and a stroke between two combs is a date's slash.
    """
    left = list(fields)
    for comb in sorted(fields, key=lambda field: len(field.cells), reverse=True):
        is_left = any(comb is field for field in left)
        if comb.whole or not is_left or len(comb.cells) < FEWEST:
            continue
        others = [field for field in left if field is not comb]
        top, bottom = _rows(comb)
        cells, taken, is_sure = _grown(
            comb,
            [field for field in others if overlap(top, bottom, *_rows(field)) > 0],
            [digit for digit in digits if top <= digit.box.centre[1] <= bottom],
        )
        if not is_sure or len(cells) > len(comb.cells):
            left = [field for field in others if not any(field is each for each in taken)]
            left.append(Field(tuple(cells), doubted=True))
    return left


def without_strays(fields: Sequence[Field], digits: Sequence[Digit], height: float) -> list[Field]:
    """Return the fields but those of one digit's box in a row of boxes that were not found.

    Beside such a box stands a digit in no box, and no other box; with one, the box is doubted.
    height: of the page's digits, in pixels.
    """
    held, loose = share_out(digits, fields)
    crowded = [field for field, inside in held if len(inside) > 1]
    alone = [
        field
        for field in fields
        if len(field.cells) == 1
        and is_digits_box(field.cells[0], height)
        and not any(field is each for each in crowded)
    ]
    if not alone:
        return list(fields)
    own = [field.cells[0] for field in alone]
    cells = [cell for field in fields for cell in field.cells]
    reach = BESIDE * np.array([cell.width for cell in own])
    by_digit = are_beside(own, [digit.box for digit in loose], reach).any(axis=1)
    by_box = are_beside(own, cells, reach).sum(axis=1) > 1  # each is beside itself
    strays = {id(field) for field in compress(alone, by_digit & ~by_box)}
    unsure = {id(field) for field in compress(alone, by_digit & by_box)}
    return [
        replace(field, doubted=True) if id(field) in unsure else field
        for field in fields
        if id(field) not in strays
    ]


def _grown(
    comb: Field, others: Sequence[Field], digits: Sequence[Digit]
) -> tuple[list[Box], list[Field], bool]:
    """Return the boxes of a comb with those that belong to it, and the fields they are of.

    And whether it is sure that it ends there. others, digits: those level with it.
    """
    cells, taken = list(comb.cells), []
    pitches = [right.x - left.x for left, right in pairwise(cells)]
    pitch = median(pitches)
    if any(abs(each - pitch) > UNEVEN_PITCH * pitch for each in pitches):
        return cells, [], True
    _, loose = share_out(digits, (comb, *others))
    is_sure = True
    for step in (pitch, -pitch):
        lost: list[Box] = []
        empty = 0
        for _ in range(MOST_LOST):
            outer = cells[-1] if step > 0 else cells[0]
            place = replace(outer, x=outer.x + step * (len(lost) + 1))
            home = next((field for field in others if _has(field, place)), None)
            here = [digit for digit in loose if contains(place, digit.box.centre)]
            behind = replace(place, x=place.x + step)
            if any(digit.digit == BARE_STROKE for digit in here) and _is_of_comb(behind, others):
                is_sure = False  # rather a slash than a digit whose box was not found
                break
            if (home and home.whole) or (not home and _overlaps(place, others)):
                break
            if home and home not in taken:
                taken.append(home)
                found = [*lost, *home.cells]
            elif not lost and len(here) == 1 and here[0].box.width <= place.width:
                found = [*lost, place]
            elif len(lost) < LOST and (here or empty < EMPTY):
                lost.append(place)
                empty += not here
                continue
            else:
                break
            cells = sorted([*cells, *found], key=lambda cell: cell.x)
            lost, empty = [], 0
    return cells, taken, is_sure


def _rows(field: Field) -> tuple[float, float]:
    """Return the rows, top and bottom, of a field whose cells stand on one line."""
    first, last = field.cells[0], field.cells[-1]
    return min(first.y, last.y), max(first.bottom, last.bottom)


def _is_of_comb(place: Box, others: Sequence[Field]) -> bool:
    """Tell whether another comb has a box in this place."""
    return any(len(field.cells) > 1 and _has(field, place) for field in others)


def _has(field: Field, place: Box, least: float = SAME) -> bool:
    """Tell whether one of a field's boxes stands in this place, or in so much of it."""
    return any(intersection_over_union(cell, place) >= least for cell in field.cells)


def _overlaps(place: Box, others: Sequence[Field]) -> bool:
    """Tell whether a box that was found stands partly in this place: none was lost there."""
    return any(_has(field, place, ASTRIDE) for field in others)

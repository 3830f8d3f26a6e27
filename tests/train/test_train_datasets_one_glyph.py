"""The glyph in a cell is told from the cell's frame, from points and from dirt."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_digits import drawn_digit
from hypothesis import given
from hypothesis import strategies as st

from digitize.train.datasets.one_glyph import one_glyph

SIDE = 40
SIDES = {"left": np.s_[:, :2], "top": np.s_[:2, :], "right": np.s_[:, -2:], "bottom": np.s_[-2:, :]}


def cell(digit: int = 5) -> np.ndarray:
    """Draw a digit in the middle of an empty cell."""
    ink = np.zeros((SIDE, SIDE), dtype=np.uint8)
    ink[6:34, 6:34] = drawn_digit(digit)
    return ink


def with_ink(ink: np.ndarray, *places: tuple[slice, slice]) -> np.ndarray:
    inked = ink.copy()
    for place in places:
        inked[place] = 255
    return inked


@pytest.mark.parametrize("digit", range(10))
def test_a_digit_alone_stays_as_it_is(digit):
    assert np.array_equal(one_glyph(cell(digit)), cell(digit))


@given(sides=st.lists(st.sampled_from(sorted(SIDES)), min_size=1, unique=True))
def test_a_frame_goes_however_many_sides_it_has(sides):
    framed = with_ink(cell(), *(SIDES[side] for side in sides))
    assert np.array_equal(one_glyph(framed), cell())


def test_a_point_behind_the_digit_goes_and_a_digit_beside_it_stays():
    pointed = with_ink(cell(1), np.s_[28:31, 32:35])
    assert np.array_equal(one_glyph(pointed), cell(1))
    paired = with_ink(cell(1), np.s_[8:32, 34:37])
    assert np.array_equal(one_glyph(paired), paired)


def test_a_piece_above_the_glyph_belongs_to_it():
    body = with_ink(np.zeros((SIDE, SIDE), np.uint8), np.s_[14:34, 10:24])
    barred = with_ink(body, np.s_[9:11, 14:30])
    assert np.array_equal(one_glyph(barred), barred)


def test_a_digit_that_reaches_the_edge_is_no_frame():
    cut = cell(7)[6:, 6:34]
    assert np.array_equal(one_glyph(cut), cut)


def test_nothing_but_a_frame_stays_and_so_does_nothing_at_all():
    blank = np.zeros((SIDE, SIDE), np.uint8)
    frame = with_ink(blank, SIDES["left"], SIDES["top"])
    assert np.array_equal(one_glyph(frame), frame)
    specked = with_ink(frame, np.s_[20:22, 20:22])
    assert np.array_equal(one_glyph(specked), specked)
    assert np.array_equal(one_glyph(blank), blank)

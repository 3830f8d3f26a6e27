"""Commas that hang from a digit's foot are marks, and no digit is lost for one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.commas import hang_from, without_commas
from digitize.recognise import Recognised
from digitize.records import Box, Glyph, Reading

HEIGHT, WIDTH, PITCH, TOP = 40.0, 24.0, 32.0, 100.0
FOOT = TOP + HEIGHT


def digit(place: float, height: float = HEIGHT, width: float = WIDTH) -> Box:
    return Box(100 + PITCH * place, FOOT - height, width, height)


def comma(place: float, top: float = FOOT - 6, height: float = 16, width: float = 8) -> Box:
    """A comma in the space before the digit of this place."""
    return Box(100 + PITCH * place - (PITCH - WIDTH) / 2 - width / 2, top, width, height)


@pytest.mark.parametrize("height", [14, 16, 20, 24])
@pytest.mark.parametrize("before", [WIDTH, 6.0])
def test_a_comma_hangs_from_the_digit_before_it(height: float, before: float) -> None:
    host = digit(0, width=before)
    behind = replace(comma(1, height=height), x=host.right + 2)
    assert hang_from([behind], [host, digit(1)]).all()


@pytest.mark.parametrize(
    "other",
    [
        digit(1, height=HEIGHT, width=6),  # a 1
        digit(1, height=0.5 * HEIGHT, width=6),  # a low 1 on the line
        comma(1, top=TOP + 4),  # high up
        comma(1, top=FOOT + 4),  # on the next line
        comma(1, top=FOOT - 10, height=30),  # long
        comma(1, width=22),  # a small zero
        comma(4),  # far away
    ],
)
def test_what_stands_otherwise_is_none(other: Box) -> None:
    assert not hang_from([other], [digit(0)]).any()


def recognised(*digits: tuple[int, float, Box]) -> Recognised:
    glyphs = [Glyph(np.zeros((1, 1), np.uint8), box) for _, _, box in digits]
    return Recognised(glyphs, [Reading(*read[:2]) for read in digits], [digit(7)], [])


def test_commas_are_no_glyphs_and_all_else_stays_as_it_was() -> None:
    read = recognised((3, 0.99, digit(0)), (1, 0.99, comma(1)), (5, 0.99, digit(1)))
    left, commas = without_commas(read, HEIGHT)
    assert left.glyphs == [read.glyphs[0], read.glyphs[2]]
    assert [reading.digit for reading in left.readings] == [3, 5]
    assert left.refused == read.refused
    assert commas == [comma(1)]


def test_a_comma_may_be_read_as_anything_by_guessing() -> None:
    _, commas = without_commas(recognised((3, 0.99, digit(0)), (2, 0.3, comma(1))), HEIGHT)
    assert commas == [comma(1)]


def test_digits_below_a_long_tail_are_no_commas() -> None:
    tail = Box(100, 100, 30, 76)
    below = recognised((7, 0.99, tail), (1, 0.99, Box(132, 160, 8, 40)))
    assert without_commas(below, HEIGHT) == (below, [])


places = st.floats(0, 200)
glyphs = st.tuples(
    st.integers(0, 9),
    st.floats(0, 1),
    st.builds(Box, places, places, st.floats(1, 60), st.floats(1, 60)),
)


@given(st.lists(glyphs, max_size=12))
def test_no_digit_but_a_1_that_was_surely_read_is_taken_for_a_comma(
    found: list[tuple[int, float, Box]],
) -> None:
    read = recognised(*found)
    left, commas = without_commas(read, HEIGHT)
    assert len(left.glyphs) + len(commas) == len(found)
    sure = [box for value, confidence, box in found if value != 1 and confidence >= 0.5]
    assert all(any(glyph.box is box for glyph in left.glyphs) for box in sure)

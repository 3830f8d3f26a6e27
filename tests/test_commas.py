"""Commas that hang from a digit's foot are marks, and no digit is lost for one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.commas import are_commas, without_commas
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
    boxes = [digit(0, width=before), comma(1, height=height), digit(1)]
    assert are_commas(boxes).tolist() == [False, True, False]


@pytest.mark.parametrize(
    "other",
    [
        digit(1, height=HEIGHT, width=6),  # a 1
        digit(1, height=0.5 * HEIGHT, width=6),  # a low 1 on the line
        comma(1, top=TOP + 4),  # high up
        comma(1, top=FOOT + 4),  # on the next line
        comma(1, top=FOOT - 10, height=30),  # long
        comma(1, width=20),  # a small zero
        comma(4),  # far away
    ],
)
def test_what_stands_otherwise_is_none(other: Box) -> None:
    assert not are_commas([digit(0), other]).any()


places = st.floats(0, 400)
boxes = st.lists(st.builds(Box, places, places, st.floats(1, 80), st.floats(1, 80)), max_size=12)


@given(boxes)
def test_the_highest_glyph_of_a_page_is_never_a_comma(found: list[Box]) -> None:
    commas = are_commas(found)
    assert len(commas) == len(found)
    if found:
        assert not commas[np.argmax([box.height for box in found])]


def test_commas_are_no_glyphs_and_all_else_stays_as_it_was() -> None:
    read = [digit(0), comma(1), digit(1)]
    glyphs = [Glyph(np.zeros((1, 1), np.uint8), box) for box in read]
    readings = [Reading(value, 0.99) for value in (3, 1, 5)]
    refused = [digit(7)]
    left = without_commas(Recognised(glyphs, readings, refused, []))
    assert left.glyphs == [glyphs[0], glyphs[2]]
    assert [reading.digit for reading in left.readings] == [3, 5]
    assert left.refused == refused
    empty = Recognised([], [], refused, [])
    assert without_commas(empty) == empty

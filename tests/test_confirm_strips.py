"""A number's strip: its own ink, brought to one height, and the way back to the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.confirm.strips import NumberStrip, strip_of
from digitize.geometry import union
from digitize.records import Box, Digit, Number, Status
from digitize.sequence import DIGIT_PIXELS, HEIGHT, make_strip

if TYPE_CHECKING:
    from tests.conftest import Paper


def number_of(boxes: list[Box], text: str | None = None) -> Number:
    """A number whose digits stand in these boxes; without a text, all ones."""
    text = text or "1" * len(boxes)
    digits = tuple(
        Digit(int(digit), 0.9, Status.OK, box) for digit, box in zip(text, boxes, strict=True)
    )
    return Number(text, 0.9 ** len(boxes), Status.OK, 1, union(boxes), digits)


def test_a_strip_holds_the_ink_of_its_number_and_no_other(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(130, 100).bar(300, 100)
    strip = strip_of(number_of(page.drawn[:2]), page.layers(), "page")
    assert strip.box == Box(100, 100, 35, 40)
    np.testing.assert_array_equal(strip.ink, page.ink[100:140, 100:135])


def test_a_loose_piece_close_by_is_in_the_strip(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(130, 100)
    number = number_of(page.drawn)
    page.row(96, 132, 137, 2)
    assert strip_of(number, page.layers(), "page").box == Box(100, 96, 37, 44)


def test_on_a_picture_of_one_number_all_digit_ink_is_its_own(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(130, 100).bar(300, 95)
    number = number_of(page.drawn[:2])
    assert strip_of(number, page.layers(), "number").box == Box(100, 95, 205, 45)


@pytest.mark.parametrize("height", [12, 40, 90])
def test_digits_of_any_height_are_brought_to_one(paper: type[Paper], height: int) -> None:
    page = paper().bar(100, 100, height, 6).bar(180, 100, height, 6)
    strip = strip_of(number_of(page.drawn), page.layers(height), "page")
    assert strip.pixels.shape[0] == HEIGHT
    assert (strip.pixels > 0.5).any(axis=1).sum() == pytest.approx(DIGIT_PIXELS, abs=1)
    assert strip.pixels.dtype == np.float32
    assert 0 <= strip.pixels.min() <= strip.pixels.max() <= 1


def test_a_long_tail_leaves_the_other_digits_large_enough_to_read(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(130, 100).bar(160, 100).bar(190, 100, 140)
    strip = strip_of(number_of(page.drawn), page.layers(), "page")
    tall = (strip.pixels[:, : round(60 * strip.scale)] > 0.5).any(axis=1).sum()
    assert tall == pytest.approx(0.8 * DIGIT_PIXELS, abs=1)
    assert strip.ink.shape[0] == 140  # what is cut for a digit has its tail


def test_a_number_that_climbs_lies_level_in_its_strip(paper: type[Paper]) -> None:
    page = paper()
    for at in range(8):
        page.bar(100 + 30 * at, 300 - 15 * at)
    strip = strip_of(number_of(page.drawn), page.layers(), "page")
    starts = [int(column.argmax()) for column in (strip.pixels > 0.5).T if column.any()]
    assert max(starts) - min(starts) <= 2


def test_a_number_at_the_edge_of_the_page_has_a_strip(paper: type[Paper]) -> None:
    page = paper(100, 60).bar(0, 0).bar(95, 20)
    strip = strip_of(number_of(page.drawn), page.layers(), "page")
    assert strip.box == Box(0, 0, 100, 60)


def test_columns_of_the_strip_are_columns_of_the_page(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(150, 100).bar(220, 100)
    strip = strip_of(number_of(page.drawn), page.layers(), "page")
    inked = np.flatnonzero((strip.pixels > 0.5).any(axis=0))
    starts = [inked[0], *inked[1:][np.diff(inked) > 1]]
    for start, bar in zip(starts, page.drawn, strict=True):
        assert strip.box.x + strip.column_of(float(start)) == pytest.approx(bar.x, abs=2)


@given(st.integers(2, 400), st.integers(4, 120), st.data())
def test_every_column_of_the_ink_comes_back_from_the_strip(
    width: int, height: int, data: st.DataObject
) -> None:
    ink = np.full((height, width), 255, np.uint8)
    strip = NumberStrip(ink, Box(7, 9, width, height), *make_strip(ink, height))
    column = data.draw(st.integers(0, width))
    assert strip.column_of(column * strip.scale + strip.offset) == column
    assert strip.column_of(-1000) == 0
    assert strip.column_of(1e6) == width


def test_ink_between_two_columns_is_a_cut_glyph_in_its_place(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(150, 110, 20, 8)
    strip = strip_of(number_of(page.drawn), page.layers(), "page")
    glyph = strip.between(30, 58)
    assert glyph is not None
    assert glyph.box == page.drawn[1]
    assert glyph.cut
    assert glyph.ink.shape == (20, 8)
    assert glyph.ink.all()


def test_ink_is_cut_at_the_column_where_it_was_asked_for(paper: type[Paper]) -> None:
    page = paper().bar(100, 100, 40, 50)
    strip = strip_of(number_of(page.drawn), page.layers(), "page")
    left, right = strip.between(0, 20), strip.between(20, 50)
    assert left is not None
    assert right is not None
    assert (left.box, right.box) == (Box(100, 100, 20, 40), Box(120, 100, 30, 40))


def test_where_no_ink_is_there_is_no_glyph(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(150, 100)
    strip = strip_of(number_of(page.drawn), page.layers(), "page")
    assert strip.between(10, 45) is None
    assert strip.between(20, 20) is None

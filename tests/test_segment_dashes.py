"""A dash that touches a digit is parted from it; the digits' own strokes stay whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from digitize.geometry import window
from digitize.records import Layers
from digitize.segment import find_marks
from digitize.segment.components import find_components
from digitize.segment.dashes import find_dash, part_dashes

if TYPE_CHECKING:
    from tests.conftest import Paper

HEIGHT, PEN = 40, 4


def layers(ink: np.ndarray) -> Layers:
    return Layers(ink, np.zeros_like(ink), np.zeros_like(ink), HEIGHT)


def with_dash(page: Paper, length: int = 16, y: int = 120, pen: int = PEN) -> np.ndarray:
    """The page's ink, a level stroke that begins so far to the left run into its first digit."""
    ink, first = page.ink.copy(), page.drawn[0]
    left = round(first.x)
    touched = left + np.flatnonzero(ink[y, left:])[0]
    ink[y - pen // 2 : y - pen // 2 + pen, left - length : touched + 1] = 255
    return ink


@pytest.mark.parametrize("digit", "012356789")
def test_a_dash_run_into_a_digit_is_parted_from_it(paper: type[Paper], digit: str) -> None:
    page = paper().digits(digit, 100, 100, HEIGHT)
    parted = part_dashes(layers(with_dash(page)))
    (dash,) = parted.dashes
    (body,) = (each.box for each in find_components(parted.digits))
    assert dash.height == PEN
    assert abs(body.width - page.drawn[0].width) <= PEN
    assert abs(dash.right - body.x) <= 1
    assert dash in find_marks(parted, [])


@pytest.mark.parametrize("climb", [-6, 0, 6])
def test_a_dash_that_hangs_on_a_slanted_digit_by_a_thin_neck_is_parted(climb: int) -> None:
    """Where the digit grows as slowly as a slanted 9 does, nothing but the neck tells."""
    ink = np.zeros((40, 60), np.uint8)
    cv2.line(ink, (2, 20 + climb), (18, 20), 255, 4)
    ink[20, 18:26] = 255
    cv2.fillPoly(ink, [np.array([(25, 20), (55, 0), (55, 39)])], 255)
    x, y, width, height = cv2.boundingRect(ink)
    length = find_dash(ink[y : y + height, x : x + width] > 0)
    assert 16 <= length <= 22


def test_a_digit_that_begins_with_a_slow_point_is_left_whole() -> None:
    ink = np.zeros((40, 60), np.uint8)
    cv2.fillPoly(ink, [np.array([(5, 20), (55, 0), (55, 39)])], 255)
    x, y, width, height = cv2.boundingRect(ink)
    assert find_dash(ink[y : y + height, x : x + width] > 0) == 0


def test_a_dash_that_goes_on_as_the_bar_of_a_four_stays(paper: type[Paper]) -> None:
    before = layers(with_dash(paper().digits("4", 100, 100, HEIGHT)))
    assert part_dashes(before) is before


@given(
    digit=st.sampled_from("0123456789"),
    length=st.integers(8, 30),
    y=st.integers(112, 128),
    pen=st.integers(1, 9),
)
def test_a_dash_that_touches_is_a_mark_or_left_where_it_is(
    paper: type[Paper], digit: str, length: int, y: int, pen: int
) -> None:
    before = layers(with_dash(paper().digits(digit, 100, 100, HEIGHT), length, y, pen))
    parted = part_dashes(before)
    gone = before.digits & ~parted.digits
    covered = np.zeros_like(gone)
    for dash in parted.dashes:
        covered[window(dash)] = 255
    assert np.array_equal(gone, before.digits & covered)
    assert set(parted.dashes) <= set(find_marks(parted, []))


@pytest.mark.parametrize("digit", "0123456789")
@pytest.mark.parametrize("slope", [-0.1, 0, 0.1])
def test_a_digit_that_is_struck_out_keeps_its_stroke(
    paper: type[Paper], digit: str, slope: float
) -> None:
    page = paper().digits(digit, 100, 100, HEIGHT)
    ink, box = page.ink.copy(), page.drawn[0]
    left, right = round(box.x) - 14, round(box.right) + 14
    cv2.line(ink, (left, 120), (right, round(120 + slope * (right - left))), 255, PEN)
    before = layers(ink)
    assert part_dashes(before) is before


@pytest.mark.parametrize("digit", "0123456789")
def test_a_digit_alone_is_left_as_it_is(paper: type[Paper], digit: str) -> None:
    before = layers(paper().digits(digit, 100, 100, HEIGHT).ink)
    assert part_dashes(before) is before


def test_a_stroke_at_the_top_is_a_flag_and_no_dash(paper: type[Paper]) -> None:
    ink = paper().bar(100, 100).ink.copy()
    cv2.line(ink, (84, 102), (100, 102), 255, PEN)
    assert not find_dash(ink[100:140, 82:105] > 0)


@pytest.mark.parametrize("start", [12, 16, 20, 24])
def test_the_long_flag_of_a_1_is_no_dash(start: int) -> None:
    ink = np.zeros((HEIGHT, 50), np.uint8)
    cv2.polylines(ink, [np.array([(1, start), (15, start - 3), (38, 1), (34, 38)])], False, 255, 2)
    assert not find_dash(ink[:, 1:] > 0)


def test_a_stroke_longer_than_a_digit_is_no_minus() -> None:
    ink = np.zeros((HEIGHT, 60), np.bool_)
    ink[18:22], ink[:, 50:55] = True, True
    assert not find_dash(ink)


@given(
    arrays.arrays(np.bool_, st.tuples(st.integers(1, 30), st.integers(1, 30))),
    st.integers(0, 30),
    st.integers(1, 30),
)
def test_whatever_the_ink_a_dash_is_shorter_than_it(ink: np.ndarray, row: int, length: int) -> None:
    ink[:, :length] = False
    ink[row % len(ink), :length] = True
    assert 0 <= find_dash(ink) < ink.shape[1]

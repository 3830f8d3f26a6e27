"""A mark that touches a digit is parted from it; the digits' own strokes stay whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.geometry import window
from digitize.records import Layers
from digitize.segment import find_marks
from digitize.segment.components import find_components
from digitize.segment.tied_marks import part_marks

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
    parted = part_marks(layers(with_dash(page)))
    (dash,) = parted.parted
    (body,) = (each.box for each in find_components(parted.digits))
    assert dash.height == PEN
    assert abs(body.width - page.drawn[0].width) <= PEN
    assert abs(dash.right - body.x) <= 1
    assert dash in find_marks(parted, [])


def test_a_dash_that_goes_on_as_the_bar_of_a_four_stays(paper: type[Paper]) -> None:
    before = layers(with_dash(paper().digits("4", 100, 100, HEIGHT)))
    assert part_marks(before) is before


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
    parted = part_marks(before)
    gone = before.digits & ~parted.digits
    covered = np.zeros_like(gone)
    for dash in parted.parted:
        covered[window(dash)] = 255
    assert np.array_equal(gone, before.digits & covered)
    assert set(parted.parted) <= set(find_marks(parted, []))


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
    assert part_marks(before) is before


@pytest.mark.parametrize("digit", "0123456789")
def test_a_digit_alone_is_left_as_it_is(paper: type[Paper], digit: str) -> None:
    before = layers(paper().digits(digit, 100, 100, HEIGHT).ink)
    assert part_marks(before) is before


def test_a_comma_that_hangs_from_a_digit_is_a_mark(paper: type[Paper]) -> None:
    page = paper().digits("5", 100, 100, HEIGHT)
    ink, first = page.ink.copy(), page.drawn[0]
    foot = (round(first.x) + 2, round(first.bottom) - 4)
    cv2.line(ink, foot, (foot[0] - 7, foot[1] + 12), 255, PEN)
    parted = part_marks(layers(ink))
    (comma,) = parted.parted
    assert comma.right <= first.x + PEN
    assert comma.bottom > first.bottom + PEN
    assert comma in find_marks(parted, [])


def test_ink_cut_off_by_the_picture_edge_is_left_whole(paper: type[Paper]) -> None:
    page = paper().digits("5", 100, 100, HEIGHT)
    ink = with_dash(page)
    cut = layers(ink[:, cv2.boundingRect(ink)[0] :].copy())
    assert part_marks(cut) is cut

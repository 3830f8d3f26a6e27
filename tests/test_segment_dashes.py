"""A level stroke before a digit is told from the digits' own strokes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from digitize.segment.dashes import find_dash

if TYPE_CHECKING:
    from tests.conftest import Paper

HEIGHT, PEN = 40, 4


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

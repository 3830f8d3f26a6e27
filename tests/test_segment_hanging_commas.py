"""A comma that hangs from the lower left of a digit is told from the digit's own strokes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from digitize.segment.hanging_commas import SLIM, find_comma

if TYPE_CHECKING:
    from tests.conftest import Paper

HEIGHT, PEN = 40, 4
FOOT = 60  # where the digits drawn here stand


def cropped(ink: np.ndarray) -> np.ndarray:
    x, y, width, height = cv2.boundingRect(ink)
    return ink[y : y + height, x : x + width] > 0


def zero_with_comma(drop: int = 10, out: int = 6) -> np.ndarray:
    """A slanted 0 with a stroke from its lower left to `drop` below its foot and `out` beside."""
    ink = slanted_zero()
    cv2.line(ink, (48, FOOT - 8), (44 - out, FOOT + drop), 255, PEN)
    return ink


def slanted_zero() -> np.ndarray:
    ink = np.zeros((100, 100), np.uint8)
    cv2.ellipse(ink, (60, FOOT - HEIGHT // 2), (10, HEIGHT // 2), 30, 0, 360, 255, PEN)
    return ink


def test_a_comma_ends_where_the_digit_begins() -> None:
    ink = cropped(zero_with_comma())
    length = find_comma(ink, HEIGHT)
    assert length
    assert abs(ink.shape[1] - length - (28 + PEN)) <= PEN


def test_a_stroke_that_hardly_drops_below_the_foot_is_the_digits_own() -> None:
    assert find_comma(cropped(zero_with_comma(drop=2)), HEIGHT) == 0


def test_a_long_tail_is_no_comma() -> None:
    assert find_comma(cropped(zero_with_comma(drop=10, out=20)), HEIGHT) == 0


def test_a_comma_under_a_low_letter_is_left_there() -> None:
    assert find_comma(cropped(zero_with_comma()), 2 * HEIGHT) == 0


def test_the_first_leg_of_an_m_is_no_comma() -> None:
    """Behind a leg there is nothing near the foot until the next one."""
    ink = np.zeros((100, 100), np.uint8)
    cv2.line(ink, (30, FOOT + 8), (38, FOOT - 20), 255, PEN)
    cv2.line(ink, (38, FOOT - 20), (66, FOOT - HEIGHT), 255, PEN)
    cv2.line(ink, (66, FOOT - HEIGHT), (70, FOOT), 255, PEN)
    assert find_comma(cropped(ink), HEIGHT) == 0


def test_a_flat_comma_hangs_lower_than_a_loop() -> None:
    ink = slanted_zero()
    cv2.line(ink, (44, FOOT - 2), (34, FOOT + 10), 255, PEN)
    flat = cropped(ink)
    length = find_comma(flat, HEIGHT)
    assert length
    top = int(flat[:, :length].any(axis=1).argmax())
    assert len(flat) - top < SLIM * length


def test_a_round_loop_is_no_comma() -> None:
    ink = slanted_zero()
    cv2.circle(ink, (44, FOOT), 6, 255, cv2.FILLED)
    assert find_comma(cropped(ink), HEIGHT) == 0


@pytest.mark.parametrize("slant", [-0.3, 0, 0.3])
@pytest.mark.parametrize("digit", "0123456789")
def test_a_digit_alone_has_none(paper: type[Paper], digit: str, slant: float) -> None:
    ink = paper().digits(digit, 100, 100, HEIGHT).ink
    lean = np.array([[1, slant, -slant * 120], [0, 1, 0]], dtype=float)
    leant = cv2.warpAffine(ink, lean, (ink.shape[1], ink.shape[0]), flags=cv2.INTER_NEAREST)
    assert find_comma(cropped(leant), HEIGHT) == 0


@given(
    arrays.arrays(np.bool_, st.tuples(st.integers(1, 60), st.integers(1, 60))),
    st.integers(8, 60),
)
def test_whatever_the_ink_a_comma_is_narrower_than_it(ink: np.ndarray, digit_height: int) -> None:
    ink[0, 0] = True
    assert 0 <= find_comma(cropped(ink.astype(np.uint8)), digit_height) < ink.shape[1]

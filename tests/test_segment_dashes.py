"""A dash that touches a digit is parted from it; the digits' own strokes stay whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from digitize.records import Layers
from digitize.segment.components import find_components
from digitize.segment.dashes import find_dash, part_dashes

if TYPE_CHECKING:
    from tests.conftest import Paper

HEIGHT, PEN = 40, 4


def layers(ink: np.ndarray) -> Layers:
    return Layers(ink, np.zeros_like(ink), np.zeros_like(ink), HEIGHT)


def with_dash(page: Paper, length: int = 16, y: int = 120) -> np.ndarray:
    """The page's ink, a level stroke that begins so far to the left run into its first digit."""
    ink, first = page.ink.copy(), page.drawn[0]
    left = round(first.x)
    touched = left + np.flatnonzero(ink[y, left:])[0]
    ink[y - PEN // 2 : y + PEN // 2, left - length : touched + 1] = 255
    return ink


@pytest.mark.parametrize("digit", "02356789")
def test_a_dash_run_into_a_digit_is_parted_from_it(paper: type[Paper], digit: str) -> None:
    page = paper().digits(digit, 100, 100, HEIGHT)
    parted = part_dashes(layers(with_dash(page))).digits
    dash, body = sorted((each.box for each in find_components(parted)), key=lambda box: box.x)
    assert dash.height == PEN
    assert dash.right < body.x
    assert abs(body.width - page.drawn[0].width) <= PEN


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


@given(arrays.arrays(np.bool_, st.tuples(st.integers(1, 30), st.integers(1, 30))))
def test_whatever_the_ink_a_dash_is_shorter_than_it(inked: np.ndarray) -> None:
    assert 0 <= find_dash(inked) < inked.shape[1]

"""Worn pages: what stood somewhere on the sheet is found where the map says it went."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.geometry import map_box
from digitize.records import Box
from digitize.train.compose.pages import map_corners
from digitize.train.compose.wear import OUTWARD, WEARS, photograph

DPI = 150.0
BLOT = Box(90, 330, 40, 60)


def blotted_page(width: int = 620, height: int = 877) -> np.ndarray:
    page = np.full((height, width, 3), 245.0, dtype=np.float32)
    page[int(BLOT.y) : int(BLOT.bottom), int(BLOT.x) : int(BLOT.right)] = 20.0
    return page


@pytest.mark.parametrize("name", WEARS)
def test_ink_lies_where_the_map_of_the_wear_puts_it(name: str) -> None:
    worn = WEARS[name](blotted_page(), DPI, np.random.default_rng(4))
    expected = map_corners(BLOT, worn.moved)
    rows, columns = np.nonzero(worn.pixels.min(axis=2) < 90)
    found = np.array([np.median(columns), np.median(rows)])
    assert worn.pixels.dtype == np.uint8
    assert np.abs(found - expected.centre).max() < 3
    shown = worn.pixels[int(expected.y) : int(expected.bottom), int(expected.x) :]
    assert shown[5:-5, 5 : int(expected.width) - 5].max() < 120


@pytest.mark.parametrize("name", WEARS)
def test_the_same_generator_wears_a_page_alike(name: str) -> None:
    first, again = (
        WEARS[name](blotted_page(), DPI, np.random.default_rng(7)).pixels for _ in range(2)
    )
    assert np.array_equal(first, again)


@pytest.mark.parametrize("seed", range(12))
def test_a_photograph_shows_all_within_the_margin(seed: int) -> None:
    page = blotted_page()
    moved = photograph(page, DPI, np.random.default_rng(seed)).moved
    height, width = page.shape[:2]
    margin_x, margin_y = OUTWARD * width, OUTWARD * height
    inner = Box(margin_x, margin_y, width - 2 * margin_x, height - 2 * margin_y)
    seen = map_corners(inner, moved)
    assert seen.x >= -1
    assert seen.y >= -1
    assert seen.right <= width + 1
    assert seen.bottom <= height + 1


def test_a_fax_is_black_and_white_and_a_low_resolution_small() -> None:
    rng = np.random.default_rng(0)
    assert set(np.unique(WEARS["fax"](blotted_page(), DPI, rng).pixels)) == {0, 255}
    small = WEARS["low-resolution"](blotted_page(), DPI, rng).pixels
    assert small.shape[1] < 0.9 * 620


@given(st.floats(-0.1, 0.1), st.floats(-0.1, 0.1), st.floats(-50, 50), st.floats(1, 90))
def test_without_perspective_corners_go_where_an_affine_map_puts_them(
    turn: float, shear: float, shift: float, side: float
) -> None:
    affine = np.array([[1.0, turn, shift], [shear, 1.0, -shift]])
    box = Box(10, 20, side, 2 * side)
    whole, plane = map_box(box, affine), map_corners(box, np.vstack([affine, [0.0, 0.0, 1.0]]))
    for name in ("x", "y", "width", "height"):
        assert getattr(plane, name) == pytest.approx(getattr(whole, name), abs=1e-6)

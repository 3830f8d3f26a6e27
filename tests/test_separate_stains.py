"""Pale spots wider than strokes are no digits' ink; strokes through them stay."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from digitize.records import Pixels
from digitize.separate.stains import find_stains

HEIGHT = 40
PEN, BROWN = 60, 190  # grey levels of ink and of a stain


def page(size: int = 300) -> Pixels:
    """A page with a 1 and a 0 on it."""
    grey: Pixels = np.full((size, size), 250, np.uint8)
    cv2.line(grey, (60, 60), (56, 60 + HEIGHT), PEN, 5)
    cv2.ellipse(grey, (100, 80), (11, 19), 0, 0, 360, PEN, 5)
    return grey


def stains_of(grey: Pixels, height: float = HEIGHT) -> Pixels:
    ink = np.where(grey < 230, np.uint8(255), np.uint8(0))
    return find_stains(ink, grey, height)


def spot(x: int, y: int, wide: int, level: int) -> Pixels:
    """A page with a soft spot, behind the strokes."""
    grey = page()
    behind = np.full_like(grey, 250)
    cv2.circle(behind, (x, y), wide // 2, level, -1)
    return np.asarray(np.minimum(grey, cv2.GaussianBlur(behind, (5, 5), 0)), dtype=np.uint8)


def test_a_page_without_spots_has_no_stain() -> None:
    assert not stains_of(page()).any()


@pytest.mark.parametrize("wide", [20, 40, 90])
def test_a_pale_spot_is_a_stain(wide: int) -> None:
    found = stains_of(spot(200, 200, wide, BROWN)) > 0
    inside = np.hypot(*(np.indices(found.shape) - 200)) < wide / 2 - 2
    assert found[inside].all()
    assert not found[:150].any()


def test_a_stroke_through_a_stain_stays() -> None:
    grey = spot(60, 90, 36, BROWN)
    found = stains_of(grey) > 0
    assert found.any()
    assert not found[page() == PEN].any()


@pytest.mark.parametrize(("wide", "level"), [(40, PEN), (10, BROWN)], ids=["blot", "point"])
def test_a_blot_as_dark_as_the_pen_and_a_pale_point_are_none(wide: int, level: int) -> None:
    assert not stains_of(spot(200, 200, wide, level)).any()


def test_a_page_of_one_pale_pen_keeps_its_run_full_loops() -> None:
    grey: Pixels = np.full((200, 200), 250, np.uint8)
    cv2.circle(grey, (100, 100), 12, BROWN, -1)
    cv2.line(grey, (50, 60), (50, 140), BROWN, 5)
    assert not stains_of(grey).any()


def test_pale_ink_beside_a_stain_that_it_does_not_touch_stays() -> None:
    grey = spot(200, 200, 30, BROWN)
    cv2.line(grey, (222, 190), (220, 230), BROWN, 4)
    found = stains_of(grey)
    assert found[190:210, 190:210].all()
    assert not found[:, 218:].any()


def test_a_pale_loop_run_full_is_its_digits() -> None:
    grey = page()
    cv2.circle(grey, (200, 90), 17, PEN, -1)
    cv2.circle(grey, (200, 90), 11, BROWN, -1)
    cv2.circle(grey, (200, 118), 12, PEN, 9)
    assert not stains_of(grey).any()


def test_spots_at_the_edge_and_on_tiny_pages_are_looked_at() -> None:
    assert stains_of(spot(299, 299, 40, BROWN)).any()
    for size in (1, 3, 15):
        assert not stains_of(np.full((size, size), 250, np.uint8), 4.0).any()

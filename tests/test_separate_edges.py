"""The edge of a shadow is told from a pen's stroke by the paper on its two sides."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from digitize.records import Pixels
from digitize.separate.edges import find_edges

HEIGHT = 40.0
PAPER, SHADE, INK = 230, 150, 60
MIDDLE = 100


def page(left: int = PAPER, right: int = PAPER) -> Pixels:
    """Paper whose halves are so light."""
    grey = np.full((200, 200), left, dtype=np.uint8)
    grey[:, MIDDLE:] = right
    return grey


def with_stroke(grey: Pixels, lean: int = 0) -> tuple[Pixels, Pixels]:
    """Return the ink and the page of a stroke down the middle."""
    ink = np.zeros_like(grey)
    cv2.line(ink, (MIDDLE + lean, 80), (MIDDLE - lean, 120), 255, 3)
    return ink, np.where(ink > 0, INK, grey).astype(np.uint8)


@pytest.mark.parametrize(("left", "right"), [(PAPER, SHADE), (SHADE, PAPER)])
def test_a_stroke_between_light_and_dark_paper_is_an_edge(left: int, right: int) -> None:
    ink, grey = with_stroke(page(left, right))
    assert np.array_equal(find_edges(ink, ink, grey, HEIGHT), ink)


@pytest.mark.parametrize("paper", [PAPER, SHADE])
def test_a_stroke_on_even_paper_is_none(paper: int) -> None:
    ink, grey = with_stroke(page(paper, paper), lean=6)
    assert not find_edges(ink, ink, grey, HEIGHT).any()


def test_a_stroke_beside_another_is_none() -> None:
    ink, grey = with_stroke(page())
    cv2.line(ink, (MIDDLE + 8, 80), (MIDDLE + 8, 120), 255, 3)
    grey = np.where(ink > 0, INK, grey).astype(np.uint8)
    assert not find_edges(ink, ink, grey, HEIGHT).any()


@pytest.mark.parametrize(("wide", "gap"), [(10, 3), (10, 6), (8, 2)])
def test_thick_strokes_close_together_are_none(wide: int, gap: int) -> None:
    ink = np.zeros((200, 200), dtype=np.uint8)
    ink[80:120, 90 : 90 + wide] = 255
    ink[80:120, 90 + wide + gap : 90 + 2 * wide + gap] = 255
    assert not find_edges(ink, ink, np.where(ink > 0, INK, PAPER).astype(np.uint8), HEIGHT).any()


def test_a_slow_shade_makes_no_edge() -> None:
    shade = np.linspace(PAPER, SHADE, 200).astype(np.uint8)
    ink, grey = with_stroke(np.tile(shade, (200, 1)))
    assert not find_edges(ink, ink, grey, HEIGHT).any()


def test_wide_ink_and_specks_are_never_edges() -> None:
    grey = page(PAPER, SHADE)
    ink = np.zeros_like(grey)
    cv2.circle(ink, (MIDDLE, 60), 18, 255, 3)
    ink[150:156, MIDDLE : MIDDLE + 3] = 255
    assert not find_edges(ink, ink, np.where(ink > 0, INK, grey).astype(np.uint8), HEIGHT).any()


def test_a_stroke_at_the_side_of_the_page_stays() -> None:
    ink = np.zeros((200, 200), dtype=np.uint8)
    ink[60:120, :4] = 255
    assert not find_edges(ink, ink, np.where(ink > 0, INK, PAPER).astype(np.uint8), HEIGHT).any()

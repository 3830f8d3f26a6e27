"""A ring around a number is no part of its digits, and a digit's own loop is no ring."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from digitize.segment import segment
from digitize.segment.rings import is_round, lift_rings, stroke_width

if TYPE_CHECKING:
    from tests.conftest import Paper

HEIGHT = 40
BLACK = (0, 0, 0)


def ringed(
    paper: type[Paper], axes: tuple[int, int] = (60, 34), span: float = 360, text: str = "25"
) -> Paper:
    """A page with a ring around a number."""
    page = paper().digits(text, 100, 100, HEIGHT)
    left, right = page.drawn[0].x, page.drawn[-1].right
    centre = (round((left + right) / 2), 120)
    cv2.ellipse(page.pixels, centre, axes, 0, 20, 20 + span, BLACK, 4)
    return page


def test_the_digits_in_a_ring_are_glyphs_of_their_own(paper: type[Paper]) -> None:
    page = ringed(paper)
    plain = segment(paper().digits("25", 100, 100, HEIGHT).layers(HEIGHT))
    assert len(segment(page.layers(HEIGHT))) == 1
    glyphs = segment(lift_rings(page.layers(HEIGHT)))
    assert {glyph.box for glyph in glyphs} == {glyph.box for glyph in plain}


def test_a_ring_is_moved_among_rules_and_boxes_whole(paper: type[Paper]) -> None:
    page = ringed(paper)
    digits = paper().digits("25", 100, 100, HEIGHT).ink
    lifted = lift_rings(page.layers(HEIGHT))
    np.testing.assert_array_equal(lifted.digits, digits)
    np.testing.assert_array_equal(lifted.rules, page.ink & ~digits)
    assert lifted.won_back is None


@pytest.mark.parametrize("span", [345, 360, 400])
def test_a_ring_may_be_open_or_drawn_over_its_start(paper: type[Paper], span: float) -> None:
    assert len(segment(lift_rings(ringed(paper, span=span).layers(HEIGHT)))) == 2


def test_a_ring_may_have_lost_its_top_to_a_rule(paper: type[Paper]) -> None:
    layers = ringed(paper).layers(HEIGHT)
    layers = replace(layers, rules=np.zeros_like(layers.digits))
    layers.rules[84:91] = 255
    cut = replace(layers, digits=layers.digits & ~layers.rules)
    assert len(segment(lift_rings(cut))) == 2


def test_a_ring_may_lie_partly_in_other_writing(paper: type[Paper]) -> None:
    layers = ringed(paper).layers(HEIGHT)
    layers.writing[145:] = layers.digits[145:]
    layers.digits[145:] = 0
    lifted = lift_rings(layers)
    assert len(segment(lifted)) == 2
    assert not lifted.writing.any()


def test_digits_that_touch_their_ring_are_freed_and_for_review(paper: type[Paper]) -> None:
    lifted = lift_rings(ringed(paper, axes=(39, 27)).layers(HEIGHT))
    assert len(segment(lifted)) == 2
    assert lifted.won_back is not None
    assert (lifted.won_back & ~lifted.digits).sum() == 0


@pytest.mark.parametrize("digit", list("0689"))
def test_a_large_digit_with_a_speck_in_its_loop_is_left_as_it_is(
    paper: type[Paper], digit: str
) -> None:
    page = paper().digits(digit, 100, 100, 60)
    x, y = (round(value) for value in page.drawn[0].centre)
    layers = page.bar(x - 1, y - 18, 4, 4).layers(HEIGHT)
    assert lift_rings(layers) is layers


def test_a_zero_with_a_loose_stroke_in_it_is_left_as_it_is(paper: type[Paper]) -> None:
    page = paper()
    cv2.ellipse(page.pixels, (200, 200), (15, 26), 0, 0, 360, BLACK, 4)
    cv2.line(page.pixels, (204, 186), (196, 214), BLACK, 4)
    layers = page.layers(HEIGHT)
    assert lift_rings(layers) is layers


def test_two_zeros_that_touch_are_no_ring(paper: type[Paper]) -> None:
    page = paper()
    for x in (200, 234):
        cv2.ellipse(page.pixels, (x, 200), (18, 25), 0, 0, 360, BLACK, 4)
    layers = page.layers(HEIGHT)
    assert lift_rings(layers) is layers


def test_a_frame_around_digits_is_no_ring(paper: type[Paper]) -> None:
    page = paper().digits("25", 100, 100, HEIGHT).grid((80, 190), (80, 160), 4)
    layers = page.layers(HEIGHT)
    assert lift_rings(layers) is layers


def test_an_empty_ring_is_left_as_it_is(paper: type[Paper]) -> None:
    page = paper().digits("25", 300, 100, HEIGHT)
    cv2.circle(page.pixels, (120, 120), 30, BLACK, 4)
    layers = page.layers(HEIGHT)
    assert lift_rings(layers) is layers


def test_a_ring_that_is_other_writing_goes_and_leaves_the_digits_as_they_are(
    paper: type[Paper],
) -> None:
    page = ringed(paper)
    digits = paper().digits("25", 100, 100, HEIGHT).ink
    layers = replace(page.layers(HEIGHT), digits=digits, writing=page.ink & ~digits)
    lifted = lift_rings(layers)
    np.testing.assert_array_equal(lifted.digits, digits)
    assert not lifted.writing.any()


def test_a_page_without_rings_is_returned_itself(paper: type[Paper]) -> None:
    layers = paper().digits("0123456789", 100, 100, HEIGHT).layers(HEIGHT)
    assert lift_rings(layers) is layers


@pytest.mark.parametrize("factor", [2, 3])
def test_a_finer_scan_has_the_same_rings(paper: type[Paper], factor: int) -> None:
    page = ringed(paper, axes=(39, 27)).enlarged(factor)
    assert len(segment(lift_rings(page.layers(HEIGHT * factor)))) == 2


def test_an_ellipse_is_round_and_a_rectangle_is_not() -> None:
    field = np.zeros((100, 200), np.uint8)
    cv2.ellipse(field, (100, 50), (90, 40), 0, 0, 360, 255, cv2.FILLED)
    assert is_round(field)
    assert not is_round(np.pad(np.full((80, 180), 255, np.uint8), 10))


@pytest.mark.parametrize("pen", [3, 5, 8])
def test_a_stroke_is_as_wide_as_its_pen(pen: int) -> None:
    field = np.zeros((100, 200), np.uint8)
    field[50 : 50 + pen, 20:180] = 255
    assert stroke_width(field) == pytest.approx(pen, abs=1)

"""Ink laid on a canvas, and which class wins where two lie over one another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.train.inkpages.canvas import Canvas, Ink
from digitize.train.inkpages.classes import (
    BY_RANK,
    DIGITS,
    PAPER,
    PRINTED,
    RANK,
    RULES,
    WRITING,
)

BLACK = Ink((0.0, 0.0, 0.0), 1.0)
FULL = np.full((4, 4), 255, dtype=np.uint8)


def classes(canvas: Canvas) -> np.ndarray:
    return BY_RANK[canvas.rank]


@pytest.mark.parametrize("order", [(DIGITS, RULES), (RULES, DIGITS)])
def test_a_pixel_under_both_a_digit_and_a_rule_is_a_digit(order):
    canvas = Canvas.blank(10)
    for kind in order:
        canvas.lay(FULL, 3, 3, BLACK, kind)
    assert (classes(canvas)[3:7, 3:7] == DIGITS).all()


def test_each_class_has_one_rank_and_paper_the_lowest():
    assert sorted(RANK) == [PAPER, DIGITS, WRITING, RULES, PRINTED]
    assert RANK[PAPER] == 0
    assert [int(BY_RANK[RANK[kind]]) for kind in RANK] == list(RANK)


def test_faint_edges_of_a_stroke_are_paper_but_not_white():
    canvas = Canvas.blank(10)
    canvas.lay(np.full((4, 4), 60, dtype=np.uint8), 3, 3, BLACK, WRITING)
    assert (classes(canvas) == PAPER).all()
    assert canvas.paint[4, 4, 0] < 255


def test_pale_ink_covers_as_far_as_it_is_dark():
    canvas = Canvas.blank(10)
    canvas.lay(FULL, 0, 0, Ink((55.0, 155.0, 255.0), 0.5), DIGITS)
    np.testing.assert_allclose(canvas.paint[0, 0], [155, 205, 255], atol=0.5)


@given(st.integers(-20, 30), st.integers(-20, 30), st.integers(1, 15), st.integers(1, 15))
def test_ink_outside_is_left_out(left, top, width, height):
    canvas = Canvas.blank(12)
    canvas.lay(np.full((height, width), 255, dtype=np.uint8), left, top, BLACK, RULES)
    across = max(0, min(left + width, 12) - max(left, 0))
    down = max(0, min(top + height, 12) - max(top, 0))
    assert (classes(canvas) == RULES).sum() == across * down
    assert (canvas.paint == 0).all(axis=2).sum() == across * down


def test_struck_out_digits_become_writing_within_the_box_only():
    canvas = Canvas.blank(12)
    canvas.lay(FULL, 0, 0, BLACK, DIGITS)
    canvas.lay(FULL, 6, 0, BLACK, DIGITS)
    canvas.lay(FULL, 0, 6, BLACK, RULES)
    canvas.demote(DIGITS, WRITING, (-3.0, -3.0, 5.0, 12.0))
    assert (classes(canvas)[:4, :4] == WRITING).all()
    assert (classes(canvas)[:4, 6:10] == DIGITS).all()
    assert (classes(canvas)[6:10, :4] == RULES).all()


def test_shade_darkens_the_paint_and_leaves_the_classes():
    canvas = Canvas.blank(12)
    canvas.lay(FULL, 0, 0, BLACK, DIGITS)
    before = canvas.rank.copy()
    canvas.shade(np.full((12, 12), 0.5, dtype=np.float32))
    assert canvas.paint.max() == pytest.approx(127.5)
    np.testing.assert_array_equal(canvas.rank, before)

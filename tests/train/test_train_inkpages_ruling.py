"""Rules, boxes and tables, whole and dotted."""

from __future__ import annotations

import numpy as np
import pytest

from digitize.records import Box
from digitize.train.inkpages.canvas import Canvas, Ink
from digitize.train.inkpages.classes import BY_RANK, RULES
from digitize.train.inkpages.ruling import THICKEST, Ruler, pick_ruler


def ruled(thickness: int = 1, dotted: int = 0) -> tuple[Canvas, Ruler]:
    canvas = Canvas.blank(60)
    grey = Ink((0.0, 0.0, 0.0), 0.5)
    return canvas, Ruler(canvas, np.random.default_rng(0), grey, thickness, dotted)


def rules(canvas: Canvas) -> np.ndarray:
    return BY_RANK[canvas.rank] == RULES


@pytest.mark.parametrize("thickness", [1, 2, 3])
def test_a_rule_is_as_thick_as_its_ruler_says(thickness):
    canvas, ruler = ruled(thickness)
    ruler.rule((5, 30), (55, 30))
    assert rules(canvas)[:, 30].sum() == thickness
    assert rules(canvas)[30, 6:54].all()


def test_a_box_has_four_sides_and_nothing_within():
    canvas, ruler = ruled()
    ruler.frame(Box(10, 15, 30, 20))
    inked = rules(canvas)
    assert inked[15, 10:40].all()
    assert inked[35, 10:40].all()
    assert inked[15:35, 10].all()
    assert inked[15:35, 40].all()
    assert not inked[17:34, 12:39].any()


def test_crossings_are_no_darker_than_the_rules_that_cross():
    canvas, ruler = ruled()
    ruler.table([10, 30, 50], [10, 30, 50])
    assert canvas.paint[30, 30, 0] == pytest.approx(canvas.paint[30, 20, 0], abs=2)


def test_a_dotted_rule_has_gaps():
    canvas, ruler = ruled(dotted=6)
    ruler.rule((2, 30), (58, 30))
    row = rules(canvas)[30].astype(int)
    assert 5 <= (np.diff(row) == 1).sum() <= 12


def test_a_rule_off_the_canvas_leaves_nothing():
    canvas, ruler = ruled()
    ruler.rule((-50, -20), (-5, -20))
    ruler.rules([((70, 5), (90, 5))])
    assert not rules(canvas).any()


def test_a_bar_is_full():
    canvas, ruler = ruled()
    ruler.bar(Box(10, 10, 20, 8))
    assert rules(canvas)[10:18, 10:30].all()
    assert rules(canvas).sum() == 160


def test_rules_are_thin_beside_small_digits():
    rng = np.random.default_rng(0)
    assert all(pick_ruler(Canvas.blank(10), 14, rng).thickness == 1 for _ in range(100))
    thickest = max(pick_ruler(Canvas.blank(10), 48, rng).thickness for _ in range(100))
    assert 1 < thickest <= THICKEST * 48

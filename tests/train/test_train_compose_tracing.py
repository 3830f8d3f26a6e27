"""Strokes drawn anew along their middle lines."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.ink import stroke_width
from digitize.train.compose.tracing import from_middle, trace


def ring(width: int) -> np.ndarray:
    ink = np.zeros((60, 60), dtype=np.uint8)
    cv2.circle(ink, (30, 30), 20, 255, width)
    return ink


@settings(deadline=None, max_examples=15)
@given(st.integers(4, 12), st.floats(1.5, 7.0))
def test_strokes_become_as_wide_as_asked(before: int, wanted: float) -> None:
    traced = trace(ring(before), wanted)
    assert traced.shape == (60, 60)
    assert stroke_width(traced / np.float32(255)) == pytest.approx(wanted, abs=0.8)


def test_a_loop_stays_a_loop_though_its_pen_is_fine() -> None:
    paper = (trace(ring(9), 1.0) < 96).astype(np.uint8)
    assert cv2.connectedComponents(paper, connectivity=4)[0] - 1 == 2


def test_a_line_is_as_far_from_its_middle_as_its_edge() -> None:
    line = np.zeros((21, 60), dtype=np.uint8)
    line[8:13] = 1
    away = from_middle(line)
    assert away[10, 30] == 0
    assert away[7, 30] == pytest.approx(3, abs=0.2)


def test_where_nothing_is_drawn_nothing_is_traced() -> None:
    assert not trace(np.zeros((20, 30), dtype=np.uint8), 3.0).any()

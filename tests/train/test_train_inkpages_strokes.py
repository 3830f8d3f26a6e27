"""Strokes through points, and the paths of scribbles, rings and scrawls."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.train.inkpages.strokes import (
    LONGEST,
    PER_KNOT,
    draw_strokes,
    ring,
    scrawl,
    smooth,
    wander,
    zigzag,
)

PLACES = st.lists(st.tuples(st.floats(-99, 99), st.floats(-99, 99)), min_size=2, max_size=9)


@given(PLACES)
def test_a_smooth_path_passes_through_its_knots(places):
    knots = np.array(places)
    path = smooth(knots)
    starts = path[::PER_KNOT]
    np.testing.assert_allclose(starts, knots[:-1], atol=1e-6)
    np.testing.assert_allclose(path[-1], knots[-1], atol=1e-6)


@pytest.mark.parametrize("width", [1.0, 2.0, 3.5])
def test_a_stroke_is_as_wide_as_its_pen(width):
    ink, left, top = draw_strokes([np.array([[10.0, 20.0], [60.0, 20.0]])], width)
    column = ink[:, 35 - left].astype(float) / 255
    assert column.sum() == pytest.approx(width, abs=0.5)
    assert top < 20 < top + len(ink)


@given(PLACES)
def test_a_stroke_lies_where_its_points_are(places):
    path = np.array(places)
    ink, left, top = draw_strokes([path], 2.0)
    assert left <= path[:, 0].min()
    assert top <= path[:, 1].min()
    x, y = np.floor(path[0]).astype(int) - (left, top)
    assert ink[max(y - 1, 0) : y + 2, max(x - 1, 0) : x + 2].max() > 100


def test_an_endless_stroke_is_cut():
    ink, _, _ = draw_strokes([np.array([[0.0, 0.0], [9e3, 0.0]])], 2.0)
    assert ink.shape[1] == LONGEST


def test_a_ring_goes_around_its_middle():
    path = ring(50, 40, 20, 10, np.random.default_rng(0))
    assert path[:, 0].min() < 35
    assert path[:, 0].max() > 65
    assert path[:, 1].min() < 33
    assert path[:, 1].max() > 47


def test_a_zigzag_covers_what_it_strikes_out():
    path = zigzag(10, 20, 60, 24, np.random.default_rng(0))
    assert np.ptp(path[:, 0]) == pytest.approx(60, abs=12)
    assert np.ptp(path[:, 1]) > 12


def test_a_wandering_path_stays_near():
    path = wander(50, 60, 10, 8, np.random.default_rng(0))
    assert np.abs(path - [50, 60]).max() < 15  # a smooth path strays past its knots a little


def test_a_scrawl_grows_with_its_letters():
    short, long = (scrawl(0, 50, 12, letters, np.random.default_rng(3))[0] for letters in (3, 12))
    assert np.ptp(long[:, 0]) > 2 * np.ptp(short[:, 0])
    assert long[:, 1].min() > 50 - 12 * 3.5

"""Intervals against published ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.train.report.metrics.intervals import wilson_interval


@pytest.mark.parametrize(
    ("errors", "count", "low", "high"),
    [(0, 10, 0.0, 0.2775), (31, 10_000, 0.00218, 0.00440), (5, 10, 0.2366, 0.7634)],
)
def test_intervals_are_wilsons(errors, count, low, high):
    assert wilson_interval(errors, count) == pytest.approx((low, high), abs=1e-4)


@given(count=st.integers(1, 100_000), share=st.floats(0, 1))
def test_an_interval_holds_the_rate_and_stays_within_zero_and_one(count, share):
    errors = int(share * count)
    low, high = wilson_interval(errors, count)
    assert 0 <= low <= errors / count + 1e-12
    assert errors / count - 1e-12 <= high <= 1

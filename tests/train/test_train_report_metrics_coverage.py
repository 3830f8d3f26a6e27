"""Risk by coverage against the plain definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.train.report.metrics.coverage import risk_coverage


@given(
    st.lists(
        st.tuples(st.floats(0, 1, width=32), st.booleans()),
        min_size=1,
        max_size=150,
        unique_by=lambda reading: reading[0],
    )
)
def test_risk_is_the_error_among_the_surest(readings):
    confidence = np.array([sure for sure, _ in readings], dtype=np.float32)
    right = np.array([flag for _, flag in readings])
    surest = sorted(readings, reverse=True)
    risks = [
        sum(not flag for _, flag in surest[:accepted]) / accepted
        for accepted in range(1, len(readings) + 1)
    ]
    curve = risk_coverage(confidence, right)
    assert curve.risk == pytest.approx(risks)
    assert curve.area == pytest.approx(sum(risks) / len(risks))
    assert curve.coverage[-1] == 1


def test_equally_sure_digits_share_their_errors():
    curve = risk_coverage(np.full(4, 0.9, np.float32), np.array([True, False, True, True]))
    assert curve.risk == (0.25, 0.25, 0.25, 0.25)
    assert curve.area == 0.25


def test_a_long_curve_is_thinned_and_still_ends_with_all_digits():
    rng = np.random.default_rng(2)
    confidence = rng.random(10_000).astype(np.float32)
    right = rng.random(10_000) < confidence
    curve = risk_coverage(confidence, right)
    assert len(curve.risk) == 200
    assert curve.risk[-1] == pytest.approx(1 - right.mean())

"""Bins of a reliability diagram: equally full, and as far off as the calibration error says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.train.calibration import calibration_error
from digitize.train.report.metrics.reliability import reliability_bins

READINGS = st.lists(
    st.tuples(st.sampled_from([0.2, 0.5, 0.9, 0.99, 1.0]) | st.floats(0, 1), st.booleans()),
    min_size=1,
    max_size=100,
)


@given(READINGS)
def test_the_calibration_error_is_the_mean_gap_of_the_bins(readings):
    confidence = np.array([sure for sure, _ in readings], dtype=np.float32)
    right = np.array([flag for _, flag in readings])
    bins = reliability_bins(confidence, right)
    gap = sum(one.count * abs(one.confidence - one.right) for one in bins) / len(readings)
    assert gap == pytest.approx(calibration_error(confidence, right), abs=1e-9)
    assert sum(one.count for one in bins) == len(readings)
    assert max(one.count for one in bins) - min(one.count for one in bins) <= 1
    assert all(0 <= one.low <= one.right + 1e-9 for one in bins)
    assert all(one.right - 1e-9 <= one.high <= 1 for one in bins)


@given(READINGS, st.randoms())
def test_the_order_of_the_digits_does_not_matter(readings, chance):
    def bins(ordered):
        sure, right = zip(*ordered, strict=True)
        return reliability_bins(np.array(sure, dtype=np.float32), np.array(right))

    shuffled = list(readings)
    chance.shuffle(shuffled)
    assert bins(shuffled) == bins(readings)


def test_bins_go_from_least_to_most_sure():
    confidence = np.linspace(0, 1, 60, dtype=np.float32)
    found = reliability_bins(confidence, confidence > 0.5)
    assert len(found) == 15
    assert [one.right for one in found] == [0.0] * 7 + [0.5] + [1.0] * 7
    assert sorted(found, key=lambda one: one.confidence) == list(found)

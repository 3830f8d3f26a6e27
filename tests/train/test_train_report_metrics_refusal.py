"""Thresholds that keep nearly all digits, and what passes there without being one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.train.report.metrics.refusal import others_passing, threshold_keeping


def scores_of(confidence: np.ndarray) -> np.ndarray:
    """Scores whose best digit has that confidence and *not a digit* the rest."""
    scores = np.zeros((len(confidence), 11), np.float32)
    scores[:, 3], scores[:, 10] = confidence, 1 - confidence
    return scores


def test_of_a_hundred_digits_ninety_nine_reach_the_threshold():
    confidence = np.linspace(0, 1, 100, dtype=np.float32)
    assert threshold_keeping(confidence, 0.99) == confidence[1]


@given(
    confidence=st.lists(st.floats(0, 1, width=32), min_size=1, max_size=300),
    share=st.floats(0.01, 1),
)
def test_the_threshold_keeps_the_share_and_none_higher_does(confidence, share):
    values = np.array(confidence, dtype=np.float32)
    threshold = threshold_keeping(values, share)
    assert (values >= threshold).mean() >= share - 1e-9
    assert (values > threshold).sum() < share * len(values) + 1e-6


def test_others_pass_by_their_best_digit_whatever_not_a_digit_got():
    digits = scores_of(np.linspace(0.4, 1, 100, dtype=np.float32))
    found = others_passing(digits, scores_of(np.array([0.1, 0.3, 0.45, 0.9], np.float32)))
    assert (found.count, found.passed, found.pass_rate) == (4, 2, 0.5)
    assert found.low < 0.5 < found.high
    assert found.threshold == pytest.approx(0.4 + 0.6 / 99)


def test_without_others_there_is_nothing_to_tell():
    assert others_passing(scores_of(np.ones(3)), scores_of(np.zeros(0))) is None

"""Confusion, precision, recall and F1 against scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.train.report.metrics.confusion import class_figures, confusion_matrix, mean_known

metrics = pytest.importorskip("sklearn.metrics")

READINGS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 10)), min_size=1, max_size=200)


def arrays(readings):
    labels, answers = np.array(readings, dtype=np.int64).T
    return labels, answers


def test_a_seven_read_as_a_one_stands_in_row_seven_column_one():
    matrix = confusion_matrix(np.array([7, 7, 3]), np.array([1, 7, 10]))
    assert matrix.shape == (10, 11)
    assert (matrix[7, 1], matrix[7, 7], matrix[3, 10], matrix.sum()) == (1, 1, 1, 3)


@given(READINGS)
def test_the_matrix_is_scikit_learns(readings):
    labels, answers = arrays(readings)
    expected = metrics.confusion_matrix(labels, answers, labels=range(11))
    assert np.array_equal(confusion_matrix(labels, answers), expected[:10])


@given(READINGS)
def test_precision_recall_and_f1_are_scikit_learns(readings):
    labels, answers = arrays(readings)
    expected = np.array(
        metrics.precision_recall_fscore_support(
            labels, answers, labels=range(10), zero_division=np.nan
        )[:3]
    ).T
    for one, (precision, recall, f1) in zip(
        class_figures(confusion_matrix(labels, answers)), expected, strict=True
    ):
        assert one.count == (labels == one.digit).sum()
        for ours, theirs in ((one.precision, precision), (one.recall, recall), (one.f1, f1)):
            assert (ours is None and np.isnan(theirs)) or ours == pytest.approx(theirs)


def test_the_mean_leaves_out_what_is_unknown():
    assert mean_known((0.5, None, 1.0)) == 0.75
    assert mean_known((None, None)) is None

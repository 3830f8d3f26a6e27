"""ROC curves and the areas under them against scikit-learn's."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.train.report.metrics.roc import CURVE_POINTS, roc_curve

metrics = pytest.importorskip("sklearn.metrics")

# few levels, so that equal scores are common
SCORED = st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=2, max_size=120).filter(
    lambda readings: len({own for _, own in readings}) == 2
)


@given(SCORED)
def test_curve_and_area_are_scikit_learns(readings):
    scores = np.array([score / 8 for score, _ in readings], dtype=np.float32)
    own = np.array([flag for _, flag in readings])
    found = roc_curve(scores, own)
    false_alarms, hits, _ = metrics.roc_curve(own, scores, drop_intermediate=False)
    assert found.area == pytest.approx(metrics.roc_auc_score(own, scores))
    assert metrics.auc(found.false_alarms, found.hits) == pytest.approx(found.area)
    ours, theirs = (
        {(round(float(x), 9), round(float(y), 9)) for x, y in zip(across, up, strict=True)}
        for across, up in ((found.false_alarms, found.hits), (false_alarms, hits))
    )
    assert ours <= theirs


def test_a_perfect_score_has_all_the_area():
    curve = roc_curve(np.array([0.9, 0.8, 0.1], np.float32), np.array([True, True, False]))
    assert (curve.false_alarms, curve.hits, curve.area) == ((0, 0, 1), (0, 1, 1), 1.0)


@pytest.mark.parametrize("own", [True, False])
def test_one_kind_alone_has_no_curve(own):
    assert roc_curve(np.ones(3, np.float32), np.full(3, own)).area is None


def test_a_ragged_curve_is_thinned_but_its_area_is_not():
    rng = np.random.default_rng(1)
    scores, own = rng.random(5000).astype(np.float32), rng.random(5000) < 0.5
    curve = roc_curve(scores, own)
    assert len(curve.hits) == CURVE_POINTS
    assert (curve.hits[0], curve.hits[-1]) == (0, 1)
    assert curve.area == pytest.approx(metrics.roc_auc_score(own, scores), abs=1e-12)

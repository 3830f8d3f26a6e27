"""What the machine's ONNX file computes is what scikit-learn's decisions say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from school import small_data, small_lesson

from digitize.classify import CLASSES
from digitize.train.curve import run_graph
from digitize.train.datasets import ink_levels
from digitize.train.directions import direction_features
from digitize.train.libraries import load
from digitize.train.machine import RIVALS, Projection, machine_graph, margin_matrix
from digitize.train.svm import SvmOptions, fit

PAIRS = CLASSES * RIVALS // 2


@pytest.fixture(scope="module")
def machine():
    """The projection and the fitted SVC, deciding pair by pair."""
    (sklearn, *_) = load("sklearn", "sklearn.svm", "sklearn.decomposition")
    projection, fitted = fit(sklearn, small_lesson(), SvmOptions(components=20, copies=2))
    fitted.decision_function_shape = "ovo"
    return projection, fitted


def test_the_machine_in_onnx_sums_the_odds_of_scikit_learns_decisions(machine):
    projection, fitted = machine
    images = ink_levels(small_data().held_back.images)
    decisions = fitted.decision_function(projection.apply(direction_features(images)))
    expected, pair = np.full((len(images), CLASSES), -np.inf), 0
    for low in range(CLASSES):
        for high in range(low + 1, CLASSES):
            expected[:, low] = np.logaddexp(expected[:, low], -decisions[:, pair])
            expected[:, high] = np.logaddexp(expected[:, high], decisions[:, pair])
            pair += 1
    logits = run_graph(machine_graph(projection, fitted), images)
    assert np.allclose(logits, -expected, atol=0.01)


def test_support_vectors_lie_on_the_steps_that_bytes_can_hold(machine):
    projection, fitted = machine
    stored = projection.in_bytes(fitted.support_vectors_) * projection.steps
    assert np.allclose(stored, fitted.support_vectors_, atol=1e-12)


def test_a_margin_and_its_rivals_margin_are_opposite():
    mixing, offsets = margin_matrix(np.arange(float(PAIRS)))
    three_over_seven, seven_over_three = 3 * RIVALS + 6, 7 * RIVALS + 3
    assert np.array_equal(mixing[:, three_over_seven], -mixing[:, seven_over_three])
    assert offsets[three_over_seven] == -offsets[seven_over_three] != 0


@given(st.integers(0, 2**32 - 1), st.integers(1, 40))
def test_steps_reach_every_point_they_were_made_for_to_within_half_a_step(seed, count):
    rng = np.random.default_rng(seed)
    features, axes = rng.normal(size=(count, 6)), rng.normal(size=(6, 3))
    projection = Projection.of(features, np.zeros(6), axes)
    off = np.abs(projection.apply_in_steps(features) - projection.apply(features))
    assert (off <= projection.steps * 0.501).all()


def test_points_beyond_the_last_step_stay_at_it():
    projection = Projection.of(np.ones((1, 2)), np.zeros(2), np.eye(2))
    assert np.allclose(projection.apply_in_steps(np.full((1, 2), -9.0)), -1)


def test_a_component_without_spread_has_a_step_above_zero():
    assert (Projection.of(np.zeros((3, 2)), np.zeros(2), np.eye(2)).steps > 0).all()

"""Logistic regression: what its ONNX file computes is what scikit-learn computes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from school import small_data, small_lesson

from digitize.classify import NOT_A_DIGIT, softmax
from digitize.train.curve import run_graph
from digitize.train.datasets import ink_levels
from digitize.train.gradients import gradient_features
from digitize.train.libraries import load
from digitize.train.logreg import Expansion, LogregOptions, fit, learn_logreg, regression_graph
from digitize.train.onnx_graph import weights_sha256

SMALL = LogregOptions(components=8, rounds=2, penalty=1.0)


@pytest.fixture(scope="module")
def regression():
    """The expansion and the fitted LogisticRegression."""
    (sklearn, *_) = load("sklearn", "sklearn.linear_model", "sklearn.decomposition")
    return fit(sklearn, small_lesson(), SMALL)


def test_the_regression_in_onnx_computes_what_scikit_learn_computes(regression):
    expansion, fitted = regression
    images = ink_levels(small_data().held_back.images)
    inputs = expansion.apply(gradient_features(images))
    logits = run_graph(regression_graph(expansion, fitted.coef_, fitted.intercept_), images)
    assert np.allclose(logits, fitted.decision_function(inputs), atol=1e-3)
    assert np.allclose(softmax(logits), fitted.predict_proba(inputs), atol=1e-4)


def test_a_regression_learns_digits_and_noise_apart(capsys):
    graph = learn_logreg(small_lesson(), SMALL)
    read = run_graph(graph, ink_levels(small_data().held_back.images)).argmax(axis=1)
    assert (read == small_data().held_back.labels).mean() >= 0.9
    assert (read[-5:] == NOT_A_DIGIT).all()
    assert "round 2/2: held-back error" in capsys.readouterr().err


def test_a_seed_gives_the_same_regression_and_another_seed_another():
    quick = replace(SMALL, rounds=1, steps_a_round=5)
    sums = [
        weights_sha256(learn_logreg(replace(small_lesson(), seed=seed), quick))
        for seed in (1, 1, 2)
    ]
    assert sums[0] == sums[1] != sums[2]


def test_components_are_followed_by_their_squares_and_products():
    expansion = Expansion(np.array([1.0, 0.0]), np.eye(2))
    inputs = expansion.apply(np.array([[4.0, 5.0]], dtype=np.float32))
    assert inputs.tolist() == [[3, 5, 9, 15, 25]]


def test_components_have_a_deviation_of_one(regression):
    expansion, _ = regression
    features = gradient_features(ink_levels(small_data().training.images))
    points = expansion.apply(features)[:, : SMALL.components]
    assert np.allclose(points.mean(axis=0), 0, atol=1e-3)
    assert np.allclose(points.std(axis=0), 1, atol=1e-2)

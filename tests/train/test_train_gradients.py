"""Oriented filters: which way they look, and what they make of ink."""

from __future__ import annotations

import numpy as np
from drawn_digits import drawn_digits

from digitize.train.datasets import ink_levels
from digitize.train.gradients import (
    FEATURES,
    ORIENTATIONS,
    derivative_filters,
    gradient_features,
    pooling_filters,
)


def test_derivatives_answer_to_edges_and_not_to_even_paper():
    filters = derivative_filters()
    assert filters.shape == (ORIENTATIONS, 1, 5, 5)
    assert np.allclose(filters.sum(axis=(2, 3)), 0, atol=1e-6)


def test_an_edge_is_answered_most_by_the_derivative_across_it():
    edge = np.tile(np.arange(5) > 2, (5, 1)).astype(np.float32)  # ink to the right
    answers = (derivative_filters()[:, 0] * edge).sum(axis=(1, 2))
    assert answers.argmax() == 0
    assert answers.argmin() == ORIENTATIONS // 2


def test_opposite_orientations_are_opposite_filters():
    filters = derivative_filters()
    assert np.allclose(filters[0], -filters[4], atol=1e-6)
    assert np.allclose(filters[2], -filters[6], atol=1e-6)


def test_pooling_averages():
    assert np.allclose(pooling_filters().sum(axis=(1, 2, 3)), 1, atol=1e-5)


def test_gradient_features_do_not_mind_pale_ink():
    images = ink_levels(drawn_digits(2, np.random.default_rng(6)).images)
    features = gradient_features(images)
    assert features.shape == (20, FEATURES)
    assert np.allclose(np.linalg.norm(features, axis=1), 1, atol=1e-3)
    assert np.allclose(gradient_features(images * 0.5), features, atol=1e-3)


def test_a_field_without_ink_has_features_of_nothing():
    assert not gradient_features(np.zeros((1, 28, 28), dtype=np.float32)).any()

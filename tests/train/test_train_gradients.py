"""Oriented filters: which way they look, before they become part of a graph."""

from __future__ import annotations

import numpy as np

from digitize.train.gradients import ORIENTATIONS, derivative_filters, pooling_filters


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

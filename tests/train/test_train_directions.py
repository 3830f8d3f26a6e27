"""Each gradient counts for the two directions nearest to it, and for no other."""

from __future__ import annotations

import numpy as np
import pytest

from digitize.train.directions import direction_features
from digitize.train.gradients import FEATURES, ORIENTATIONS


def by_direction(image: np.ndarray) -> np.ndarray:
    """How much of an image's features each direction has: (8,), 1 in all."""
    features = direction_features(image[None].astype(np.float32)).reshape(ORIENTATIONS, -1)
    shares = (features**2).sum(axis=1)
    return np.asarray(shares / shares.sum())


def test_features_are_as_many_as_the_machines_other_ones() -> None:
    assert direction_features(np.zeros((3, 28, 28), np.float32)).shape == (3, FEATURES)


@pytest.mark.parametrize("turns", range(8))
def test_a_turn_by_a_direction_moves_the_features_on_by_one(turns: int) -> None:
    y, x = np.mgrid[:28, :28] - 13.5
    angle = np.radians(45 * turns)
    edge = 1 / (1 + np.exp(-(np.cos(angle) * x + np.sin(angle) * y)))
    shares = by_direction(edge)
    assert int(np.argmax(shares)) == turns


def test_an_edge_along_a_direction_hardly_counts_for_its_neighbours() -> None:
    y, x = np.mgrid[:28, :28] - 13.5
    edge = 1 / (1 + np.exp(-x)) * np.exp(-((y / 12) ** 8)) * np.exp(-((x / 12) ** 8))
    shares = by_direction(edge)
    assert shares[0] > 3 * max(shares[1], shares[-1])

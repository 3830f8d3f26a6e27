"""Distorted copies of training images: how many, of what, and by which chance."""

from __future__ import annotations

import numpy as np
from drawn_digits import drawn_digits

from digitize.train.copies import with_copies
from digitize.train.datasets import ink_levels
from digitize.train.gradients import FEATURES, gradient_features

DIGITS = drawn_digits(2, np.random.default_rng(1))


def copied(copies: int, seed: int = 1):
    return with_copies(DIGITS, copies, np.random.default_rng(seed))


def test_the_images_themselves_come_first_and_each_copy_keeps_its_label():
    features, labels = copied(3)
    assert features.shape == (80, FEATURES)
    assert np.array_equal(features[:20], gradient_features(ink_levels(DIGITS.images)))
    assert np.array_equal(labels.reshape(4, 20), [DIGITS.labels] * 4)


def test_every_copy_is_another_distortion():
    features, _ = copied(2)
    plain, first, second = features.reshape(3, 20, FEATURES)
    assert not np.allclose(plain, first, atol=0.01)
    assert not np.allclose(first, second, atol=0.01)


def test_equal_chance_gives_equal_copies():
    assert np.array_equal(copied(1)[0], copied(1)[0])
    assert not np.array_equal(copied(1)[0], copied(1, seed=2)[0])


def test_without_copies_only_the_images_remain():
    assert copied(0)[0].shape == (20, FEATURES)

"""Labelled images as one record."""

from __future__ import annotations

import numpy as np

from digitize.train.datasets import LABELS, DigitSet, ink_levels, joined

IMAGES = np.arange(4, dtype=np.uint8)[:, None, None] * np.ones((1, 28, 28), dtype=np.uint8)


def test_ink_is_one_and_paper_is_zero():
    levels = ink_levels(np.array([[[0, 255, 51]]], dtype=np.uint8))
    assert levels.dtype == np.float32
    assert np.allclose(levels, [[[0, 1, 0.2]]])


def test_the_digits_are_what_is_left_without_label_10():
    mixed = DigitSet(IMAGES, np.array([10, 3, 10, 0], dtype=np.uint8))
    digits = mixed.digits()
    assert digits.labels.tolist() == [3, 0]
    assert digits.images[:, 0, 0].tolist() == [1, 3]


def test_joined_sets_follow_each_other():
    first = DigitSet(IMAGES[:1], np.array([7], dtype=np.uint8))
    second = DigitSet(IMAGES[2:], np.array([10, 2], dtype=np.uint8))
    assert joined([first, second]).labels.tolist() == [7, 10, 2]
    assert joined([first, second]).images[:, 0, 0].tolist() == [0, 2, 3]


def test_people_write_digits_as_themselves_and_x_for_what_is_none():
    assert LABELS["0"] == 0
    assert LABELS["9"] == 9
    assert LABELS["x"] == 10
    assert len(LABELS) == 11

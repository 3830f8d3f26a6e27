"""Broken strokes: ink only ever goes, on some of the digits, by a seed, and never all of it."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from drawn_digits import drawn_digits

from digitize.train.broken_strokes import BrokenStrokeOptions, break_strokes, gaps, patches
from digitize.train.datasets import ink_levels

IMAGES = ink_levels(drawn_digits(60, np.random.default_rng(3)).images)
USUAL = BrokenStrokeOptions()


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_ink_only_ever_goes():
    assert (break_strokes(IMAGES, rng()) <= IMAGES + 1e-6).all()


def test_about_the_wanted_share_of_digits_is_broken():
    broken = (break_strokes(IMAGES, rng()) != IMAGES).any(axis=(1, 2)).mean()
    wanted = USUAL.patchy + USUAL.parted
    assert 0.5 * wanted < broken < 1.5 * wanted


def test_a_seed_gives_the_same_breaks_and_another_seed_others():
    assert np.array_equal(break_strokes(IMAGES, rng(1)), break_strokes(IMAGES, rng(1)))
    assert not np.array_equal(break_strokes(IMAGES, rng(1)), break_strokes(IMAGES, rng(2)))


def test_the_images_given_are_left_as_they_were():
    before = IMAGES.copy()
    break_strokes(IMAGES, rng())
    assert np.array_equal(IMAGES, before)


def test_most_ink_stays_in_every_digit():
    always = replace(USUAL, patchy=0.5, parted=0.5)
    left = break_strokes(IMAGES, rng(), always).sum(axis=(1, 2)) / IMAGES.sum(axis=(1, 2))
    assert left.min() > 0.35
    assert left.mean() > 0.7


def test_patches_cover_the_wanted_share_of_the_field():
    options = replace(USUAL, patch_share=(0.2, 0.2), patch_ink=(0.0, 0.0))
    kept = patches(40, rng(), options)
    assert np.allclose((kept < 0.5).mean(axis=(1, 2)), 0.2, atol=0.01)


def test_a_gap_parts_a_stroke_that_it_crosses():
    upright = np.zeros((1, 28, 28), dtype=np.float32)
    upright[0, 4:24, 13:16] = 1
    parted = 0
    for seed in range(40):
        left = (upright * gaps(1, rng(seed), USUAL) > 0.5).astype(np.uint8)[0]
        parted += cv2.connectedComponents(left)[0] - 1 == 2
    assert parted > 10

"""Distortions: seeded, within their ranges, and still the same digit."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from drawn_digits import drawn_digits

from digitize.normalise import stroke_width
from digitize.train.augment import (
    AugmentOptions,
    affine_places,
    augment,
    change_strokes,
    coarse_scan_matrix,
    elastic_fields,
    rescan,
    warp,
)
from digitize.train.datasets import ink_levels
from digitize.train.smoothing import gaussian_matrix

IMAGES = ink_levels(drawn_digits(10, np.random.default_rng(5)).images)
STILL = AugmentOptions(
    rotation_degrees=0, scale=0, shear=0, shift_pixels=0, elastic_pixels=0, contrast=(1, 1)
)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_distorted_images_keep_their_form():
    out = augment(IMAGES, rng())
    assert out.shape == IMAGES.shape
    assert out.dtype == np.float32
    assert out.min() >= 0
    assert out.max() <= 1


def test_a_seed_gives_the_same_distortions_and_another_seed_others():
    assert np.array_equal(augment(IMAGES, rng(1)), augment(IMAGES, rng(1)))
    assert not np.array_equal(augment(IMAGES, rng(1)), augment(IMAGES, rng(2)))


def test_the_images_given_are_left_as_they_were():
    before = IMAGES.copy()
    augment(IMAGES, rng())
    assert np.array_equal(IMAGES, before)


def test_no_ink_disappears_altogether():
    out = augment(IMAGES, rng())
    assert out.sum(axis=(1, 2)).min() > 0.3 * IMAGES.sum(axis=(1, 2)).min()


def test_eased_options_warp_less_and_write_and_scan_as_before():
    eased = AugmentOptions().eased(0.5)
    assert eased.rotation_degrees == AugmentOptions().rotation_degrees / 2
    assert eased.elastic_pixels == AugmentOptions().elastic_pixels / 2
    assert (eased.thicken, eased.contrast) == (AugmentOptions().thicken, AugmentOptions().contrast)
    whole = np.abs(
        affine_places(300, rng(), AugmentOptions()) - affine_places(300, rng(), STILL)
    ).mean()
    half = np.abs(affine_places(300, rng(), eased) - affine_places(300, rng(), STILL)).mean()
    assert 0.4 < half / whole < 0.6


def test_a_warp_of_nothing_changes_nothing():
    assert np.allclose(warp(IMAGES, rng(), STILL), IMAGES, atol=1e-5)


def test_shifts_stay_within_two_pixels():
    places = affine_places(500, rng(), replace(STILL, shift_pixels=2.0))
    home = affine_places(500, rng(), STILL)
    shifts = places - home
    assert np.abs(shifts).max() <= 2.0 + 1e-5
    assert np.abs(shifts).max() > 1.9
    assert np.allclose(shifts, shifts[:, :, :1, :1], atol=1e-5)


def test_rotations_stay_within_twelve_degrees_and_keep_lengths():
    places = affine_places(500, rng(), replace(STILL, rotation_degrees=12.0))
    along = places[:, :, 0, 1] - places[:, :, 0, 0]
    angles = np.rad2deg(np.arctan2(along[:, 1], along[:, 0]))
    assert np.abs(angles).max() <= 12.001
    assert np.abs(angles).max() > 11.5
    assert np.allclose(np.hypot(*along.T), 1, atol=1e-4)


def test_scales_stay_within_ten_percent():
    places = affine_places(500, rng(), replace(STILL, scale=0.10))
    across = 1 / (places[:, 0, 0, 1] - places[:, 0, 0, 0])
    assert across.min() >= 0.8999
    assert across.max() <= 1.1001


def test_elastic_displacements_are_smooth_and_no_stronger_than_asked():
    fields = elastic_fields(500, rng(), replace(STILL, elastic_pixels=1.0))
    assert fields.shape == (500, 2, 28, 28)
    assert np.abs(np.diff(fields, axis=3)).max() < 1  # never folds the paper over
    strengths = fields.std(axis=(1, 2, 3))
    assert np.median(strengths) == pytest.approx(0.5, abs=0.1)


def test_strokes_become_wider_and_narrower():
    out = change_strokes(IMAGES, rng(), AugmentOptions())
    change = [stroke_width(b) - stroke_width(a) for a, b in zip(IMAGES, out, strict=True)]
    assert max(change) > 0.4
    assert min(change) < -0.2
    assert np.median(change) == pytest.approx(0, abs=0.05)


def test_half_the_images_stay_sharp():
    out = rescan(IMAGES, rng(), STILL)
    same = np.array([np.allclose(a, b, atol=1e-6) for a, b in zip(IMAGES, out, strict=True)])
    assert 0.3 < same.mean() < 0.7


@pytest.mark.parametrize("matrix", [gaussian_matrix(0.8), coarse_scan_matrix(16)])
def test_softening_keeps_an_even_field_even(matrix):
    assert np.allclose(matrix.sum(axis=1), 1, atol=1e-5)

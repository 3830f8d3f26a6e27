"""What is no digit, all kinds together."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import numpy as np
import pytest
from drawn_digits import drawn_digits

from digitize.train.clutter import ClutterOptions, draw_clutter, find_fonts
from digitize.train.datasets.form import which_are_in_form

ROUNDING = 1e-6  # of single floats
DIGITS = drawn_digits(2, np.random.default_rng(1))
FACES = find_fonts("train", [Path(matplotlib.get_data_path()) / "fonts" / "ttf"])


def clutter(count: int, faces=FACES, seed: int = 1, **options: float) -> np.ndarray:
    rng = np.random.default_rng(seed)
    chosen = ClutterOptions(**options)
    return draw_clutter(count, DIGITS.images, DIGITS.labels, faces, rng, chosen)


@pytest.mark.parametrize("count", [0, 1, 7, 100])
def test_as_many_images_are_drawn_as_asked_for(count):
    images = clutter(count)
    assert images.shape == (count, 28, 28)
    assert images.dtype == np.float32


def test_clutter_is_ink_on_paper_in_mnists_form():
    images = clutter(200)
    assert images.min() == 0
    assert images.max() <= 1 + ROUNDING
    assert np.all(images.max(axis=(1, 2)) > 0.3)
    assert which_are_in_form(np.rint(images * 255).astype(np.uint8)).mean() > 0.9


def test_without_fonts_the_letters_are_left_out():
    assert len(clutter(100, faces=[])) == 45
    assert len(clutter(100, faces=[], letters=0.2)) == 80


def test_without_digits_there_are_no_pieces_of_them():
    nothing = np.zeros((0, 28, 28), dtype=np.uint8), np.zeros(0, dtype=np.uint8)
    images = draw_clutter(100, *nothing, FACES, np.random.default_rng(1))
    assert len(images) == 80


def test_the_same_seed_draws_the_same_and_another_something_else():
    assert np.array_equal(clutter(60), clutter(60))
    assert not np.array_equal(clutter(60), clutter(60, seed=2))

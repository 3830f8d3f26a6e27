"""Halves of digits, and two digits at once."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_digits import drawn_digit, drawn_digits
from hypothesis import given
from hypothesis import strategies as st

from digitize.train.clutter.pieces import NO_DIGIT_LEFT, draw_halves, draw_pairs, join

ROUNDING = 1e-6  # of single floats
DIGITS = drawn_digits(2, np.random.default_rng(1))


def bar(width: int, height: int) -> np.ndarray:
    image = np.zeros((28, 28), dtype=np.uint8)
    image[4 : 4 + height, 10 : 10 + width] = 255
    return image


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_halves_and_pairs_are_images_of_ink():
    for images in (
        draw_halves(40, DIGITS.images, DIGITS.labels, rng()),
        draw_pairs(40, DIGITS.images, rng()),
    ):
        assert images.shape == (40, 28, 28)
        assert images.dtype == np.float32
        assert images.max() <= 1 + ROUNDING
        assert np.all(images.max(axis=(1, 2)) > 0.3)


def test_no_half_is_as_wide_as_its_digit():
    nought = np.stack([drawn_digit(0, slant=0)] * 3)
    whole = np.flatnonzero(nought[0].any(axis=0))
    width = whole[-1] - whole[0] + 1
    for half in draw_halves(30, nought, np.zeros(3, dtype=np.uint8), rng()):
        columns = np.flatnonzero(half.any(axis=0))
        assert columns[-1] - columns[0] + 1 < 0.75 * width


@pytest.mark.parametrize("half", [(8, "right"), (4, "right"), (9, "right"), (1, "left")])
def test_halves_that_are_digits_themselves_are_not_among_them(half):
    assert half not in NO_DIGIT_LEFT


def test_only_digits_with_such_halves_are_cut():
    ones = DIGITS.subset(np.flatnonzero(DIGITS.labels == 1))
    assert len(draw_halves(10, ones.images, ones.labels, rng())) == 0


def test_without_digits_there_are_no_pieces():
    nothing = np.zeros((0, 28, 28), dtype=np.uint8)
    assert len(draw_halves(10, nothing, np.zeros(0, dtype=np.uint8), rng())) == 0
    assert len(draw_pairs(10, nothing, rng())) == 0


@given(
    first=st.tuples(st.integers(1, 18), st.integers(1, 24)),
    second=st.tuples(st.integers(1, 18), st.integers(1, 24)),
    seed=st.integers(0, 1000),
)
def test_a_pair_holds_both_all_but_touching(first, second, seed):
    pair = join(bar(*first), bar(*second), rng(seed))
    height, width = pair.shape
    assert max(first[0], second[0]) <= width <= first[0] + second[0] + 3
    assert max(first[1], second[1]) <= height <= max(first[1], second[1] + 4)
    overlap = (first[0] * first[1] + second[0] * second[1]) - int((pair > 0).sum())
    assert 0 <= overlap <= first[0] * first[1]


def test_the_same_seed_draws_the_same():
    assert np.array_equal(draw_pairs(9, DIGITS.images, rng()), draw_pairs(9, DIGITS.images, rng()))

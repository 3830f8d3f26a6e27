"""Digits as one person writes them: shapes, repeats, long tails, small zeros."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from drawn_digits import drawn_digit
from drawn_pages import drawn_pool
from hypothesis import given
from hypothesis import strategies as st

from digitize.train.inkpages.digit_pool import Habits, lengthen_tail


def height_of(image: np.ndarray) -> int:
    rows = np.flatnonzero((image > image.max() / 2).any(axis=1))
    return int(rows[-1] + 1 - rows[0])


def heights(digit: int, habits: Habits) -> float:
    pool = drawn_pool()
    only = pool.labels == digit
    pool = replace(pool, images=pool.images[only], labels=pool.labels[only], habits=habits)
    return float(np.median([height_of(image) for image in pool.draw(30, np.random.default_rng(2))]))


def test_the_pool_gives_ink_in_mnists_form() -> None:
    digits = drawn_pool().draw(30, np.random.default_rng(0))
    assert all(digit.shape == (28, 28) and digit.dtype == np.uint8 for digit in digits)
    assert min(int(digit.max()) for digit in digits) > 128


def test_one_person_has_at_most_three_shapes_of_each_digit() -> None:
    pool = drawn_pool()
    for seed in range(5):
        own = pool.of_one_person(np.random.default_rng(seed))
        assert set(own.labels) == set(pool.labels)
        assert np.bincount(own.labels).max() <= 3


@pytest.mark.parametrize("digit", [4, 7, 9])
def test_a_tail_reaches_further_down_where_that_is_the_habit(digit: int) -> None:
    assert heights(digit, Habits(tail=2.0)) > 1.25 * heights(digit, Habits())


@pytest.mark.parametrize("digit", [0, 3, 8])
def test_digits_without_a_tail_keep_their_height(digit: int) -> None:
    assert heights(digit, Habits(tail=2.0)) == heights(digit, Habits())


def test_zeros_are_smaller_where_that_is_the_habit_and_no_other_digit_is() -> None:
    small = Habits(zero=0.5)
    assert heights(0, small) == pytest.approx(heights(0, Habits()) / 2, abs=1.5)
    assert heights(6, small) == heights(6, Habits())


def test_the_same_digit_follows_itself_more_often_than_by_chance() -> None:
    pool = drawn_pool()
    rng = np.random.default_rng(0)
    chosen = [pool.labels[pool._choose(12, rng)] for _ in range(300)]
    alike = np.mean([row[1:] == row[:-1] for row in chosen])
    assert 0.15 < alike < 0.28  # one in ten by chance, and an eighth of the rest


@given(st.floats(1.0, 3.0), st.floats(0.3, 0.7))
def test_what_is_above_the_waist_stays_as_it_was(factor: float, waist: float) -> None:
    image = (drawn_digit(9) / np.float32(255)).astype(np.float32)
    longer = lengthen_tail(image, waist, factor)
    rows = np.flatnonzero(image.max(axis=1) > 0)
    above = int(rows[0] + waist * (rows[-1] + 1 - rows[0]))
    assert np.array_equal(longer[:above], image[:above])
    assert len(longer) >= len(image)
    assert longer.dtype == np.float32

"""The threshold that is chosen keeps its word, and never more often than asked breaks it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.promise.bound import (
    chance_of_so_few,
    find_threshold,
    largest_error,
)

RNG = np.random.default_rng(7)


def a_set(count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return numbers whose confidence is true: right as often as they say."""
    confidence = 1 - rng.random(count) ** 4
    return confidence, rng.random(count) < confidence


def test_no_error_among_598_leaves_half_a_per_cent_possible() -> None:
    assert largest_error(0, 598, 0.05) == pytest.approx(0.005, abs=2e-5)


@pytest.mark.parametrize(
    ("errors", "count", "upper"), [(0, 10, 0.2589), (1, 10, 0.3942), (5, 100, 0.1023), (10, 10, 1)]
)
def test_the_bound_is_clopper_and_pearsons(errors: int, count: int, upper: float) -> None:
    """One-sided 95 % limits as tables have them."""
    assert largest_error(errors, count, 0.05) == pytest.approx(upper, abs=2e-4)


def test_nothing_counted_promises_nothing() -> None:
    assert largest_error(0, 0, 0.05) == 1
    assert find_threshold(np.array([]), np.array([], dtype=bool), 0.5) is None


@given(st.integers(0, 30), st.integers(1, 400), st.floats(0.001, 0.4))
def test_the_bound_is_the_rate_at_which_so_few_errors_are_that_unlikely(
    errors: int, more: int, risk: float
) -> None:
    count = errors + more
    upper = largest_error(errors, count, risk)
    assert errors / count < upper <= 1
    assert chance_of_so_few(errors, count, upper) == pytest.approx(risk, rel=1e-6)


@given(st.integers(0, 8), st.integers(1, 60), st.floats(0.0, 1.0))
def test_the_chance_is_the_binomial_sum(errors: int, count: int, rate: float) -> None:
    terms = (
        math.comb(count, k) * rate**k * (1 - rate) ** (count - k)
        for k in range(min(errors, count) + 1)
    )
    assert chance_of_so_few(errors, count, rate) == pytest.approx(min(1, sum(terms)), abs=1e-9)


@given(st.integers(0, 1000), st.floats(0.002, 0.3))
def test_what_is_accepted_is_within_the_bound_and_the_bound_within_the_promise(
    seed: int, max_error: float
) -> None:
    confidence, right = a_set(1500, np.random.default_rng(seed))
    found = find_threshold(confidence, right, max_error)
    if found is None:
        return
    accepted = confidence >= found.confidence
    assert found.error <= max_error
    assert found.coverage == accepted.mean()
    assert (~right[accepted]).mean() <= found.error


def test_asking_for_less_error_never_accepts_more() -> None:
    confidence, right = a_set(5000, np.random.default_rng(3))
    found = [find_threshold(confidence, right, error) for error in (0.01, 0.02, 0.05, 0.1)]
    coverage = [threshold.coverage for threshold in found if threshold]
    assert len(coverage) == 4
    assert coverage == sorted(coverage)


def test_too_few_numbers_promise_nothing_however_right() -> None:
    confidence = np.linspace(0.9, 1, 300)
    assert find_threshold(confidence, np.ones(300, dtype=bool), 0.005) is None


def test_a_model_that_is_always_sure_and_often_wrong_promises_nothing() -> None:
    assert find_threshold(np.ones(4000), np.arange(4000) % 20 > 0, 0.01) is None


def test_the_promise_is_broken_in_fewer_than_one_calibration_set_of_twenty() -> None:
    """The true error at the chosen threshold is known here: it is 1 - E[confidence | accepted]."""
    rng = np.random.default_rng(11)
    grid = 1 - np.linspace(0, 1, 200_001)[1:] ** 4
    broken = 0
    for _ in range(300):
        found = find_threshold(*a_set(1200, rng), 0.02)
        if found is not None:
            broken += bool(1 - grid[grid >= found.confidence].mean() > 0.02)
    assert broken <= 0.05 * 300

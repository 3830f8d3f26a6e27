"""Temperatures and calibration errors against digits whose true confidence is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.classify import softmax
from digitize.train.calibration import (
    METHODS,
    NOT_A_DIGIT_SHARE,
    as_on_pages,
    calibration_error,
    choose_calibration,
    fit_temperature,
    prior_scaling,
    signed_calibration_error,
    temperature_scaling,
    vector_scaling,
)


def drawn_from(logits: np.ndarray, seed: int = 2) -> np.ndarray:
    """Labels drawn with the probabilities softmax(logits): these logits are calibrated."""
    chances = softmax(logits).cumsum(axis=1)
    return (np.random.default_rng(seed).random((len(logits), 1)) > chances).sum(axis=1).clip(0, 9)


LOGITS = np.random.default_rng(1).normal(0, 2.5, (40_000, 10)).astype(np.float32)
LABELS = drawn_from(LOGITS)


@pytest.mark.parametrize("temperature", [0.25, 1.0, 3.0, 20.0])
def test_a_known_temperature_is_found_again(temperature):
    found = fit_temperature(LOGITS * np.float32(temperature), LABELS)
    assert found == pytest.approx(temperature, rel=0.03)


def test_the_fitted_temperature_is_likelier_than_its_neighbours():
    def surprise(temperature: float) -> float:
        scores = softmax(LOGITS * 3 / np.float32(temperature))
        return float(-np.log(scores[np.arange(len(LABELS)), LABELS]).mean())

    best = fit_temperature(LOGITS * 3, LABELS)
    assert surprise(best) < min(surprise(best * 0.9), surprise(best * 1.1))


def test_a_set_read_without_error_still_gets_a_finite_temperature():
    logits = np.eye(10, dtype=np.float32) * 5
    assert 0 < fit_temperature(logits, np.arange(10)) < 1


def test_a_perfect_calibrator_has_a_small_error():
    scores = softmax(LOGITS)
    assert calibration_error(scores.max(axis=1), scores.argmax(axis=1) == LABELS) < 0.01


def test_an_overconfident_calibrator_has_a_large_error():
    scores = softmax(LOGITS * 4)
    assert calibration_error(scores.max(axis=1), scores.argmax(axis=1) == LABELS) > 0.1


def test_constant_confidence_is_off_by_its_distance_from_the_share_right():
    confidence = np.full(1500, 0.9, dtype=np.float32)
    right = np.tile([True, True, True, False], 375)
    assert calibration_error(confidence, right) == pytest.approx(0.15, abs=1e-6)


def test_equal_confidences_count_alike_in_any_order():
    confidence = np.full(40, 0.6, dtype=np.float32)
    right = np.arange(40) < 4
    assert calibration_error(confidence, right) == pytest.approx(0.5, abs=1e-6)


def test_no_digits_have_no_calibration_error():
    assert calibration_error(np.zeros(0, np.float32), np.zeros(0, bool)) == 0.0


@given(
    readings=st.lists(
        st.tuples(st.floats(0, 1, width=32), st.booleans()),
        min_size=1,
        max_size=100,
        unique_by=lambda reading: reading[0],
    )
)
def test_the_error_is_the_mean_gap_of_equally_full_bins(readings):
    readings.sort(key=lambda reading: reading[0])
    count = len(readings)
    bins = [readings[count * b // 15 : count * (b + 1) // 15] for b in range(15)]
    expected = sum(abs(sum(c for c, _ in g) - sum(r for _, r in g)) for g in bins) / count
    confidence = np.array([c for c, _ in readings], dtype=np.float32)
    right = np.array([r for _, r in readings])
    assert calibration_error(confidence, right) == pytest.approx(expected, abs=1e-6)


ELEVEN = np.random.default_rng(3).normal(0, 2.5, (20_000, 11)).astype(np.float32)


def answers(logits: np.ndarray, seed: int = 4) -> np.ndarray:
    """Answers drawn with the probabilities softmax(logits), *not a digit* among them."""
    chances = softmax(logits).cumsum(axis=1)
    return (np.random.default_rng(seed).random((len(logits), 1)) > chances).sum(axis=1).clip(0, 10)


def alike(labels: np.ndarray) -> np.ndarray:
    return np.ones(len(labels))


def test_a_prior_is_found_again_and_the_digits_keep_theirs():
    shift = np.zeros(11, np.float32)
    shift[10] = 1.5
    labels = answers(ELEVEN)
    scale, bias = prior_scaling(2 * ELEVEN - shift, labels, alike(labels))
    np.testing.assert_allclose(scale, 0.5, rtol=0.05)
    np.testing.assert_array_equal(bias[:10], 0)
    assert bias[10] == pytest.approx(0.75, abs=0.1)


def test_a_scale_for_each_answer_is_found_again():
    wanted = np.linspace(0.5, 1.5, 11).astype(np.float32)
    labels = answers(ELEVEN * wanted)
    scale, _ = vector_scaling(ELEVEN, labels, alike(labels))
    np.testing.assert_allclose(scale, wanted, atol=0.12)


def test_one_temperature_has_no_bias():
    labels = answers(ELEVEN)
    scale, bias = temperature_scaling(ELEVEN * 4, labels, alike(labels))
    np.testing.assert_allclose(scale, 0.25, rtol=0.03)
    assert not bias.any()


def test_the_method_that_the_logits_call_for_is_chosen():
    shift = np.zeros(11, np.float32)
    shift[10] = 2
    spread = np.linspace(0.4, 1.6, 11).astype(np.float32)
    weighed = np.arange(11) * 0.2 - 1
    logits = ELEVEN[:5_000]
    labels = answers(logits)
    kept = np.flatnonzero(labels < 10)  # without what is no digit, no weights come in
    assert choose_calibration(logits - shift, labels, 1)[0] != "temperature scaling"
    chosen, scale, bias = choose_calibration(
        ((logits - weighed) / spread).astype(np.float32)[kept], labels[kept], 1
    )
    assert chosen == "vector scaling"
    assert scale.shape == bias.shape == (11,)
    assert set(METHODS) >= {chosen}


def test_what_is_no_digit_counts_as_on_pages():
    labels = np.array([1, 2, 3, 10, 10, 10])
    weights = as_on_pages(labels)
    assert weights.mean() == pytest.approx(1)
    assert weights[3:].sum() / weights.sum() == pytest.approx(NOT_A_DIGIT_SHARE)


@pytest.mark.parametrize("labels", [[1, 2, 3], [10, 10], [1] * 99 + [10]])
def test_where_it_is_rare_already_every_image_counts_alike(labels):
    np.testing.assert_allclose(as_on_pages(np.array(labels)), 1)


def test_too_sure_is_positive_and_too_doubtful_negative():
    right = np.array([True, False])
    assert signed_calibration_error(np.full(2, 0.9, np.float32), right) == pytest.approx(0.4)
    assert signed_calibration_error(np.full(2, 0.3, np.float32), right) == pytest.approx(-0.2)
    assert signed_calibration_error(np.zeros(0, np.float32), np.zeros(0, bool)) == 0

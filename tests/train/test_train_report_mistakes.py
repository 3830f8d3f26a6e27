"""The errors that come first are those a model was surest of."""

from __future__ import annotations

import numpy as np

from digitize.train.report.mistakes import Mistake, worst_mistakes


def answers(*given: tuple[int, float]) -> np.ndarray:
    """Scores that give each answer its confidence."""
    scores = np.zeros((len(given), 11), np.float32)
    for row, (answer, confidence) in zip(scores, given, strict=True):
        row[:] = (1 - confidence) / 10
        row[answer] = confidence
    return scores


def test_the_surest_error_comes_first_and_what_is_no_digit_is_left_out():
    scores = answers((1, 0.5), (2, 0.75), (10, 1.0), (4, 0.9), (7, 0.99))
    labels = np.array([7, 2, 3, 9, 10], np.uint8)
    assert worst_mistakes(scores, labels, limit=2) == (
        Mistake(2, 3, 10, 1.0),
        Mistake(3, 9, 4, float(np.float32(0.9))),
    )


def test_without_errors_there_are_none():
    assert worst_mistakes(answers((1, 0.5)), np.array([1], np.uint8)) == ()

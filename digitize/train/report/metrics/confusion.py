"""Which digit is read as which, and what that makes of each digit's precision and recall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.classify import CLASSES, DIGITS

Counts: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ClassFigures:
    """One digit's figures, 0 to 1; None where nothing was there to count.

    count: how many there are. precision: of the answers `digit`, the share that is right. recall:
    of these digits, the share read as such. f1: harmonic mean of both.
    """

    digit: int
    count: int
    precision: float | None
    recall: float | None
    f1: float | None


def confusion_matrix(labels: Counts, answers: Counts) -> Counts:
    """Return (10, 11) counts: a row for each true digit, a column for each answer.

    labels: (count,) 0 to 9. answers: (count,) 0 to 10, where 10 is *not a digit*.
    """
    places = labels.astype(np.int64) * CLASSES + answers.astype(np.int64)
    return np.bincount(places, minlength=DIGITS * CLASSES).reshape(DIGITS, CLASSES)


def class_figures(matrix: Counts) -> tuple[ClassFigures, ...]:
    """Return precision, recall and F1 of each digit of a (10, 11) confusion matrix."""
    right, true, answered = matrix.diagonal(), matrix.sum(axis=1), matrix.sum(axis=0)
    return tuple(
        ClassFigures(
            digit,
            count=int(true[digit]),
            precision=_share(right[digit], answered[digit]),
            recall=_share(right[digit], true[digit]),
            f1=_share(2 * right[digit], true[digit] + answered[digit]),
        )
        for digit in range(DIGITS)
    )


def mean_known(values: tuple[float | None, ...]) -> float | None:
    """Return the mean of those that are known; None where none is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def _share(part: np.int64, whole: np.int64) -> float | None:
    return int(part) / int(whole) if whole else None

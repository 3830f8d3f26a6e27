"""The errors that a model was surest of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitize.classify import NOT_A_DIGIT
from digitize.records import Floats, Pixels

SHOWN = 24  # a screenful: enough to see what kind of digit goes wrong


@dataclass(frozen=True, slots=True)
class Mistake:
    """A digit read wrongly. index: its place in the set, from 0; confidence: 0 to 1.

    truth: 0 to 9. answer: 0 to 10, where 10 is *not a digit*.
    """

    index: int
    truth: int
    answer: int
    confidence: float


def worst_mistakes(scores: Floats, labels: Pixels, limit: int = SHOWN) -> tuple[Mistake, ...]:
    """Return the digits read wrongly with the highest confidence, surest first.

    scores: (count, 11), 0 to 1. labels: (count,) 0 to 10; what is no digit is left out.
    """
    answers, confidence = scores.argmax(axis=1), scores.max(axis=1)
    wrong = np.flatnonzero((answers != labels) & (labels != NOT_A_DIGIT))
    surest = wrong[np.argsort(-confidence[wrong], kind="stable")][:limit]
    return tuple(
        Mistake(int(index), int(labels[index]), int(answers[index]), float(confidence[index]))
        for index in surest
    )

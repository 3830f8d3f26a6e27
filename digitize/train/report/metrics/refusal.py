"""How many images that are no digit pass for one, where nearly all digits pass."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from digitize.classify import DIGITS
from digitize.records import Floats
from digitize.train.report.metrics.intervals import wilson_interval

KEPT_SHARE = 0.99  # of the digits stay above the threshold at which other images are counted
EXACT = 1e-9  # of a digit: 0.99 has no exact binary form, and 0.99 · 100 must still be 99


@dataclass(frozen=True, slots=True)
class OtherImages:
    """How many images that are no digit pass for one; rates and their 95 % interval are 0 to 1.

    threshold: confidence of the best of the ten digits, 0 to 1, that 99 % of the digits reach.
    """

    count: int
    passed: int
    pass_rate: float
    low: float
    high: float
    threshold: float


def others_passing(digits: Floats, others: Floats) -> OtherImages | None:
    """Return how many others pass at the threshold that keeps 99 % of the digits; None for none.

    digits, others: (count, 11) scores. An image passes by the confidence of its best digit.
    """
    if not len(others):
        return None
    threshold = threshold_keeping(digits[:, :DIGITS].max(axis=1), KEPT_SHARE)
    passed = int((others[:, :DIGITS].max(axis=1) >= threshold).sum())
    low, high = wilson_interval(passed, len(others))
    return OtherImages(len(others), passed, passed / len(others), low, high, threshold)


def threshold_keeping(confidence: Floats, share: float) -> float:
    """Return the highest of (count,) confidences that at least `share`, 0 to 1, of them reach."""
    kept = max(1, math.ceil(share * len(confidence) - EXACT))
    return float(np.sort(confidence)[len(confidence) - kept])

"""How sure a number must be for an error to be promised: a bound that holds for finitely many.

Y. Geifman, R. El-Yaniv 2017, arXiv:1705.08500 (selective guaranteed risk): among the thresholds
looked at, the lowest whose error, bounded from above by the calibration numbers, is within what was
asked. The bounds hold together, by the union bound. They look for it by halves, as if errors grew
with coverage; thresholds at even distances find it also where a few errors lie among the surest.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

CERTAINTY = 0.95  # of the promise: one calibration set in twenty may mislead
LOOKS = 13  # thresholds, as many as halving 8,000 numbers takes: each more costs all some certainty
HALVINGS = 100  # of the interval 0 to 1 of an error rate: far below a double's precision


@dataclass(frozen=True, slots=True)
class Threshold:
    """Numbers at least this sure are accepted; error: what is promised of them at most.

    coverage: the share of the calibration numbers that is so sure. All are 0 to 1.
    """

    confidence: float
    error: float
    coverage: float


def find_threshold(
    confidence: NDArray[np.float64],
    right: NDArray[np.bool_],
    max_error: float,
    certainty: float = CERTAINTY,
) -> Threshold | None:
    """Return the lowest threshold found whose error is at most `max_error`; None if there is none.

    confidence: (count,) of the calibration numbers, 0 to 1; right: (count,) whether each was read
    right. The promise holds with probability `certainty` over calibration sets, for numbers drawn
    as those were.
    """
    levels = np.unique(confidence)
    if not len(levels):
        return None
    order = np.sort(confidence)
    wrong = np.sort(confidence[~right])
    looked_at = np.unique(np.linspace(0, len(levels), LOOKS, endpoint=False).astype(np.int64))
    risk = (1 - certainty) / len(looked_at)
    for level in levels[looked_at]:
        accepted = len(order) - int(np.searchsorted(order, level))
        errors = len(wrong) - int(np.searchsorted(wrong, level))
        if errors < accepted and chance_of_so_few(errors, accepted, max_error) <= risk:
            error = largest_error(errors, accepted, risk)
            return Threshold(float(level), error, accepted / len(order))
    return None


def largest_error(errors: int, count: int, risk: float) -> float:
    """Return the error rate that `errors` among `count` leave possible, but for a chance of `risk`.

    C. J. Clopper, E. S. Pearson 1934, doi:10.1093/biomet/26.4.404: the rate at which so few errors
    or fewer would have probability `risk`. 1 where nothing was counted.
    """
    if errors >= count:
        return 1.0
    low, high = errors / count, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if chance_of_so_few(errors, count, middle) > risk:
            low = middle
        else:
            high = middle
    return high


def chance_of_so_few(errors: int, count: int, rate: float) -> float:
    """Return the probability of at most `errors` errors among `count`, each at `rate`, 0 to 1."""
    if rate <= 0 or errors >= count:
        return 1.0
    if rate >= 1:
        return 0.0
    terms = [
        math.lgamma(count + 1)
        - math.lgamma(k + 1)
        - math.lgamma(count - k + 1)
        + k * math.log(rate)
        + (count - k) * math.log1p(-rate)
        for k in range(errors + 1)
    ]
    return min(1.0, math.fsum(math.exp(term) for term in terms))

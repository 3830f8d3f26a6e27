"""Confidence that means what it says: one temperature for the logits, and how far off it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitize.classify import softmax
from digitize.records import Floats, Pixels

BINS = 15  # as in Guo et al. 2017; of equal mass, since nearly all confidences are close to 1
SHARPNESS = (1e-3, 1e3)  # 1 / temperature, the range it is looked for in
HALVINGS = 60  # of that range on a log scale: far below float32's precision


def fit_temperature(logits: Floats, labels: Pixels) -> float:
    """Return the temperature that makes `labels` likeliest under softmax(logits / temperature).

    Guo, Pleiss, Sun, Weinberger 2017, arXiv:1706.04599. The negative log-likelihood is convex in
    the sharpness 1 / temperature, so its one slope-free point is found by bisection.
    """
    low, high = np.log(SHARPNESS)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _slope(logits, labels, float(np.exp(middle))) < 0:
            low = middle
        else:
            high = middle
    return float(np.exp(-(low + high) / 2))


def _slope(logits: Floats, labels: Pixels, sharpness: float) -> float:
    """Return the negative log-likelihood's derivative by sharpness: expected less true logit."""
    probabilities = softmax(logits * np.float32(sharpness))
    expected = (probabilities * logits).sum(axis=1, dtype=np.float64)
    return float((expected - logits[np.arange(len(labels)), labels]).mean())


def calibration_error(confidence: Floats, right: NDArray[np.bool_], bins: int = BINS) -> float:
    """Return the expected calibration error, 0 to 1, in bins of equal mass.

    confidence: (count,) of the digit read, 0 to 1; right: (count,) whether it was that digit.
    Nguyen, O'Connor 2015, doi:10.18653/v1/D15-1182, for bins of equal mass. Equal confidences
    share what they got right, so that the digits' order does not matter. 0 for no digits.
    """
    count = len(confidence)
    if not count:
        return 0.0
    levels, level = np.unique(confidence, return_inverse=True)
    share_right = np.bincount(level, weights=right) / np.bincount(level)
    running = np.concatenate(
        [[0.0], (levels.astype(np.float64) - share_right)[np.sort(level)].cumsum()]
    )
    edges = count * np.arange(bins + 1) // bins
    return float(np.abs(np.diff(running[edges])).sum() / count)

"""Confidence that means what it says: logits made probabilities, and how far off those are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.classify import CLASSES, NOT_A_DIGIT, softmax
from digitize.records import Floats, Pixels

BINS = 15  # as in Guo et al. 2017; of equal mass, since nearly all confidences are close to 1
SHARPNESS = (1e-3, 1e3)  # 1 / temperature, the range it is looked for in
HALVINGS = 60  # of that range on a log scale: far below float32's precision
STEPS = 400  # of descent on a convex loss: its slope is flat well before
RATE = 0.02  # of the first step; Adam's, so in units of the parameters
KEEP_TO_TEMPERATURE = 1e-3  # penalty on parameters that leave the one temperature
FOLDS = 5
NOT_A_DIGIT_SHARE = 0.015  # of the glyphs that the ink network lets through, on composed pages
TINY = np.finfo(np.float32).tiny
Affine: TypeAlias = tuple[Floats, Floats]
Weights: TypeAlias = NDArray[np.float64]
Parameters: TypeAlias = NDArray[np.float64]
Method: TypeAlias = Callable[[Floats, Pixels, Weights], Affine]


def choose_calibration(logits: Floats, labels: Pixels, seed: int) -> tuple[str, Floats, Floats]:
    """Return the method that is best by cross-validation, its scale (11,) and bias (11,).

    logits: (count, 11); labels: (count,) 0 to 10. Best is the lowest negative log-likelihood over
    five seeded folds, each calibrated on the other four; then it is fitted to all. What is no digit
    counts as little as it is rare on pages, however much of it was held back.
    """
    weights = as_on_pages(labels)
    folds = np.random.default_rng(seed).integers(0, FOLDS, len(labels))

    def surprise(fit: Method) -> float:
        total = 0.0
        for fold in np.unique(folds):
            out = folds == fold
            part = out if out.all() else ~out
            scale, bias = fit(logits[part], labels[part], weights[part])
            likelihood = softmax(logits[out] * scale + bias)[np.arange(out.sum()), labels[out]]
            total -= float(weights[out] @ np.log(np.maximum(likelihood, TINY)))
        return total

    name = min(METHODS, key=lambda method: surprise(METHODS[method]))
    scale, bias = METHODS[name](logits, labels, weights)
    return name, scale, bias


def as_on_pages(labels: Pixels) -> Weights:
    """Return (count,) weights of mean 1 that make what is no digit 5 % of all, where it is more."""
    others = labels == NOT_A_DIGIT
    share = float(others.mean())
    if share in (0.0, 1.0):
        return np.ones(len(labels))
    wanted = min(share, NOT_A_DIGIT_SHARE)
    return np.where(others, wanted / share, (1 - wanted) / (1 - share))


def temperature_scaling(logits: Floats, labels: Pixels, weights: Weights) -> Affine:
    """Return one scale for all answers and no bias."""
    sharpness = np.float32(1 / fit_temperature(logits, labels, weights))
    return np.full(CLASSES, sharpness), np.zeros(CLASSES, dtype=np.float32)


def prior_scaling(logits: Floats, labels: Pixels, weights: Weights) -> Affine:
    """Return one scale for all answers, and a bias for *not a digit* alone."""

    def tied(slope: Parameters) -> Parameters:
        biased = np.where(np.arange(CLASSES) == NOT_A_DIGIT, slope[1], 0.0)
        return np.stack([np.full(CLASSES, slope[0].sum()), biased])

    return descend(logits, labels, weights, tied)


def vector_scaling(logits: Floats, labels: Pixels, weights: Weights) -> Affine:
    """Return a scale and a bias for each answer (Guo et al. 2017, arXiv:1706.04599)."""
    return descend(logits, labels, weights, lambda slope: slope)


def descend(
    logits: Floats, labels: Pixels, weights: Weights, tied: Callable[[Parameters], Parameters]
) -> Affine:
    """Return the scale and bias that make `labels` likeliest, from the best temperature on.

    tied: makes of the (2, 11) slope by scale and bias that by the parameters that are free. Adam's
    descent (Kingma, Ba 2015, arXiv:1412.6980), drawn back a little to where it started.
    """
    start, _ = temperature_scaling(logits, labels, weights)
    values = np.stack([np.ones(CLASSES), np.zeros(CLASSES)])  # scale in units of `start`, and bias
    origin, first, second = values.copy(), np.zeros_like(values), np.zeros_like(values)
    wanted, share = np.eye(CLASSES)[labels], (weights / weights.sum())[:, None]
    cooled = (logits * start).astype(np.float64)
    for step in range(1, STEPS + 1):
        likely = softmax((cooled * values[0] + values[1]).astype(np.float32))
        excess = (likely - wanted) * share
        slope = tied(np.stack([(excess * cooled).sum(axis=0), excess.sum(axis=0)]))
        slope += KEEP_TO_TEMPERATURE * (values - origin)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        size = (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        values -= RATE * (1 - step / (STEPS + 1)) * size
    return (start * values[0]).astype(np.float32), values[1].astype(np.float32)


METHODS: dict[str, Method] = {
    "temperature scaling": temperature_scaling,
    "temperature scaling with a prior": prior_scaling,
    "vector scaling": vector_scaling,
}


def fit_temperature(logits: Floats, labels: Pixels, weights: Weights | None = None) -> float:
    """Return the temperature that makes `labels` likeliest under softmax(logits / temperature).

    Guo, Pleiss, Sun, Weinberger 2017, arXiv:1706.04599. The negative log-likelihood is convex in
    the sharpness 1 / temperature, so its one slope-free point is found by bisection. weights:
    (count,), how much each counts; alike where not given.
    """
    counts = np.ones(len(labels)) if weights is None else weights
    low, high = np.log(SHARPNESS)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _slope(logits, labels, counts, float(np.exp(middle))) < 0:
            low = middle
        else:
            high = middle
    return float(np.exp(-(low + high) / 2))


def _slope(logits: Floats, labels: Pixels, weights: Weights, sharpness: float) -> float:
    """Return the negative log-likelihood's derivative by sharpness: expected less true logit."""
    probabilities = softmax(logits * np.float32(sharpness))
    expected = (probabilities * logits).sum(axis=1, dtype=np.float64)
    return float(weights @ (expected - logits[np.arange(len(labels)), labels]))


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


def signed_calibration_error(confidence: Floats, right: NDArray[np.bool_]) -> float:
    """Return mean confidence less the share that is right: above 0 is too sure, -1 to 1."""
    return float(confidence.mean(dtype=np.float64) - right.mean()) if len(confidence) else 0.0

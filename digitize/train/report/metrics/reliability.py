"""Whether digits read with 90 % confidence are right nine times of ten."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digitize.records import Floats
from digitize.train.calibration import BINS
from digitize.train.report.metrics.intervals import wilson_interval


@dataclass(frozen=True, slots=True)
class ReliabilityBin:
    """Digits of about the same confidence; all but `count` are 0 to 1.

    confidence: their mean. right: the share read rightly, with its 95 % interval.
    """

    count: int
    confidence: float
    right: float
    low: float
    high: float


def reliability_bins(
    confidence: Floats, right: NDArray[np.bool_], bins: int = BINS
) -> tuple[ReliabilityBin, ...]:
    """Return bins of equal mass, least sure first; the digits' order does not matter.

    confidence, right: (count,). The bins are those of `calibration_error` (Nguyen, O'Connor 2015,
    doi:10.18653/v1/D15-1182), which is the mean of their gaps; equal confidences share what they
    got right.
    """
    ranked = np.sort(confidence).astype(np.float64)
    shared = shared_by_equals(confidence, right)
    edges = len(ranked) * np.arange(bins + 1) // bins
    spans = [slice(low, high) for low, high in pairwise(edges.tolist()) if high > low]
    return tuple(_bin(ranked[span], shared[span]) for span in spans)


def shared_by_equals(confidence: Floats, flags: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return (count,) flags in rising order of confidence, as the mean among equal confidences."""
    _, level = np.unique(confidence, return_inverse=True)
    share = np.bincount(level, weights=flags) / np.bincount(level)
    return np.asarray(share[np.sort(level)], dtype=np.float64)


def _bin(confidence: NDArray[np.float64], right: NDArray[np.float64]) -> ReliabilityBin:
    count, total = len(right), float(right.sum())
    low, high = wilson_interval(min(total, count), count)
    return ReliabilityBin(count, float(confidence.mean()), total / count, low, high)

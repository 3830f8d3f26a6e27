"""How the error falls when only the surest digits are accepted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitize.records import Floats
from digitize.train.report.metrics.reliability import shared_by_equals
from digitize.train.report.metrics.roc import thinned


@dataclass(frozen=True, slots=True)
class RiskCoverage:
    """The error among the digits accepted (risk) by the share accepted (coverage), both 0 to 1.

    Coverage rises to 1. area: the mean risk over all coverages, 0 best.
    """

    coverage: tuple[float, ...]
    risk: tuple[float, ...]
    area: float


def risk_coverage(confidence: Floats, right: NDArray[np.bool_]) -> RiskCoverage:
    """Return risk by coverage when the surest of (count,) digits are accepted first.

    Geifman, El-Yaniv 2017, arXiv:1705.08500. Equal confidences share their errors, so that the
    digits' order does not matter. The area is exact; at most 200 points of the curve are kept.
    """
    count = len(confidence)
    accepted = np.arange(1, count + 1)
    risk = shared_by_equals(confidence, ~right)[::-1].cumsum() / accepted
    kept = thinned(np.arange(count))
    return RiskCoverage(
        tuple((accepted[kept] / count).tolist()), tuple(risk[kept].tolist()), float(risk.mean())
    )

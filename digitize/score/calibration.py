"""How far confidences are from the shares that turn out right."""

from __future__ import annotations

from collections.abc import Iterable

BINS = 15  # as in Guo et al. 2017; of equal mass, since nearly all confidences are close to 1


def expected_calibration_error(answers: Iterable[tuple[float, bool]]) -> float | None:
    """Return the mean distance of confidence and accuracy over 15 bins; None without answers.

    answers: a confidence, 0 to 1, and whether it was right. Guo et al. 2017 (arXiv:1706.04599),
    with bins of equal mass. Summed in the order of shared/bench/score.py, for the same last bit.
    """
    ordered = sorted(answers)
    count = len(ordered)
    if not count:
        return None
    bins = [ordered[count * b // BINS : count * (b + 1) // BINS] for b in range(BINS)]
    distances = (abs(sum(p for p, _ in one) - sum(right for _, right in one)) for one in bins)
    return sum(distances) / count

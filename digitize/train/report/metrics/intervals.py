"""How far an observed share may be from the true one."""

from __future__ import annotations

import math

DEVIATIONS_95 = 1.959964  # standard deviations either side that hold 95 % of a normal distribution


def wilson_interval(errors: float, count: int) -> tuple[float, float]:
    """Return the 95 % interval of an error rate, 0 to 1: `errors` seen among `count` digits.

    E. B. Wilson 1927, doi:10.1080/01621459.1927.10502953: sound near 0, where errors are few.
    errors: may be a fraction, where equally sure digits share what they got wrong.
    """
    rate, square = errors / count, DEVIATIONS_95**2
    middle = rate + square / (2 * count)
    reach = DEVIATIONS_95 * math.sqrt(rate * (1 - rate) / count + square / (4 * count**2))
    total = 1 + square / count
    return max(0.0, (middle - reach) / total), min(1.0, (middle + reach) / total)

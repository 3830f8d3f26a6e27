"""Whether two models differ, judged by the digits that only one of them reads rightly."""

from __future__ import annotations

import math

import numpy as np


def mcnemar(first_only: int, second_only: int) -> float:
    """Return the two-sided p-value, 0 to 1, of the split of digits that one model alone gets wrong.

    McNemar 1947, doi:10.1007/BF02295996, in its exact form: were both models equally good, each of
    these digits would fall to either with the chance of a coin.
    """
    count, fewer = first_only + second_only, min(first_only, second_only)
    steps = np.arange(fewer, dtype=np.float64)
    ways = np.concatenate([[0.0], (np.log(count - steps) - np.log(steps + 1)).cumsum()])
    return min(1.0, 2 * float(np.exp(ways - count * math.log(2)).sum()))

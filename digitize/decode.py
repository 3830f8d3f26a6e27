"""Scores to readings: the best digit for each glyph, with its probability and the runners-up.

The second reader's door: whole-number posteriors will be weighed against these scores here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digitize.records import Floats, Reading


@dataclass(frozen=True, slots=True)
class DecodeOptions:
    """alternatives: how many runners-up are kept with each digit."""

    alternatives: int = 3


def decode(scores: Floats, options: DecodeOptions = DecodeOptions()) -> Sequence[Reading]:
    """Return a reading for each row of (count, 10) probabilities."""
    order = np.argsort(-scores, axis=1, kind="stable")
    return [
        Reading(
            digit=int(best[0]),
            confidence=float(row[best[0]]),
            alternatives=tuple(
                (int(digit), float(row[digit])) for digit in best[1 : 1 + options.alternatives]
            ),
        )
        for row, best in zip(scores, order, strict=True)
    ]

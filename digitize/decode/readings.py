"""Scores to readings: the best digit for each glyph, its probability and the runners-up.

A glyph that is most likely no digit at all is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.records import Floats, Reading

Indices: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class DecodeOptions:
    """alternatives: how many runners-up are kept with each digit.

    refuse_from: a glyph at least this likely to be no digit is refused, 0 to 1. Between a half and
    this it is read, and too uncertain not to be reviewed: a digit lost costs more than a look.
    """

    alternatives: int = 3
    refuse_from: float = 0.8


def decode(scores: Floats, options: DecodeOptions = DecodeOptions()) -> Sequence[Reading | None]:
    """Return a reading for each row of (count, 11) probabilities; None for a refused glyph.

    The last column is *not a digit*.
    """
    digits, no_digit = scores[:, :-1], scores[:, -1]
    order = np.argsort(-digits, axis=1, kind="stable")
    return [
        None if refusal >= options.refuse_from else _reading(row, best, options)
        for row, best, refusal in zip(digits, order, no_digit, strict=True)
    ]


def _reading(row: Floats, best: Indices, options: DecodeOptions) -> Reading:
    return Reading(
        digit=int(best[0]),
        confidence=float(row[best[0]]),
        alternatives=tuple(
            (int(digit), float(row[digit])) for digit in best[1 : 1 + options.alternatives]
        ),
    )

"""Dashes that touch the digit behind them: a minus, told from the digit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitize.segment.fragments import DASH_ASPECT, DASH_LENGTH, DASH_MIDDLE

MOST = 0.9  # of the ink's height: a dash is no longer
THIN = 0.28  # of the ink's height: no pen is thicker
LEVEL = 0.12  # of the ink's height: it climbs or falls no more
END, GROWTH = 0.1, 0.15
"""Of the ink's height: within so many columns behind a dash the ink is so much higher than it is.
The flag of a 1 climbs to its top and grows no thicker."""
THICKER, THIN_PART = 1.3, 0.25
"""Times as thick as a quarter of a dash's columns at most are, and a pixel: where ink is thicker
the digit begins. The corner of a 4 grows thick all along."""
NECK = 0.6  # of a dash's thickness: where what ties it to the digit is thinner, it ends
STEEP = 0.2  # of the ink's height: a dash with a neck behind it climbs or falls no more
OUT = 0.12  # of the ink's height: a stroke that runs out so far behind it too may strike it out


def find_dash(inked: NDArray[np.bool_]) -> int:
    """Return how long the level stroke at half its height is with which ink begins, 0 for none.

    inked: (height, width), where the ink is, cropped to it; the length in pixels.
    """
    height, width = inked.shape
    tall = tall_of(inked)
    neck = find_neck(inked)
    length = neck or len(level_stroke(inked))
    if not DASH_LENGTH * height <= length <= MOST * height or length == width:
        return 0
    grows = neck or tall[length : length + max(1, round(END * height))].max() >= (
        tall[length - 1] + GROWTH * height
    )
    is_flat = length >= DASH_ASPECT * np.median(tall[:length])
    runs_out = len(level_stroke(inked[:, ::-1])) >= OUT * height
    return length if grows and is_flat and not runs_out else 0


def find_neck(inked: NDArray[np.bool_]) -> int:
    """Return how long the thin stroke is that hangs on a digit by thinner ink, 0 for none."""
    length, tall = len(thin_stroke(inked, STEEP)), tall_of(inked)
    for at in range(int(np.ceil(DASH_LENGTH * len(inked))), length):
        if tall[at] <= NECK * np.median(tall[:at]) and tall[at:].max() > THIN * len(inked):
            return at
    return 0


def level_stroke(inked: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the rows, column by column, of the thin level stroke with which ink begins: (length,).

    inked: (height, width), cropped to the ink. Where the stroke grows thick the digit begins.
    """
    middles, tall = thin_stroke(inked, LEVEL), tall_of(inked)
    length = len(middles)
    thickest = THICKER * np.quantile(tall[:length], THIN_PART) + 1 if length else 0.0
    while length and tall[length - 1] > thickest:
        length -= 1
    return middles[:length]


def thin_stroke(inked: NDArray[np.bool_], climb: float) -> NDArray[np.float64]:
    """Return the rows, column by column, of a stroke at half its height that ink begins with.

    climb: how far it may climb or fall, of the ink's height.
    """
    height = len(inked)
    tops, tall = inked.argmax(axis=0), tall_of(inked)
    middles = tops + tall / 2
    is_stroke = (
        inked.any(axis=0)
        & (tall <= THIN * height)
        & (middles >= DASH_MIDDLE[0] * height)
        & (middles <= DASH_MIDDLE[1] * height)
        & (np.maximum.accumulate(middles) - np.minimum.accumulate(middles) <= climb * height)
    )
    length = len(is_stroke) if is_stroke.all() else int(is_stroke.argmin())
    return np.asarray(middles[:length], dtype=np.float64)


def tall_of(inked: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return how many rows each column's ink spans, from its first to its last: (width,)."""
    spans = len(inked) - inked[::-1].argmax(axis=0) - inked.argmax(axis=0)
    return np.asarray(spans, dtype=np.int64)

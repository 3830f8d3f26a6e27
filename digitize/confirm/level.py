"""A number's ink along the line on which its digits stand, as high as its digits and no higher.

One long tail, or a line that climbs, makes a number several times as high as its digits. To bring
all of that into a strip would make the digits too small to be read.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitize.records import Box, Pixels

USUAL_SIZES = (0.6, 1.3)  # of the number's median height: digits by whose middles the line goes


def middle_line(boxes: Sequence[Box], height: float, width: int) -> NDArray[np.float64]:
    """Return the row on which the digits' middles lie at each of `width` columns, (width,).

    boxes: of the digits, at least one, in the ink's pixels. height: their median height, in pixels.
    The line has the median of all slopes between two digits (P. K. Sen 1968,
    doi:10.1080/01621459.1968.10480934); those with tails and small ones have no say.
    """
    usual = [b for b in boxes if USUAL_SIZES[0] <= b.height / height <= USUAL_SIZES[1]] or boxes
    x, y = np.array([box.centre for box in usual], dtype=np.float64).T
    one, other = np.triu_indices(len(x), 1)
    apart = x[other] != x[one]
    one, other = one[apart], other[apart]
    slope = np.median((y[other] - y[one]) / (x[other] - x[one])) if len(one) else 0.0
    return np.asarray(slope * np.arange(width) + np.median(y - slope * x), dtype=np.float64)


def levelled(ink: Pixels, middle: NDArray[np.float64], rows: int) -> Pixels:
    """Return `rows` rows of the ink around its middle line, which lies level in them.

    ink: (height, width) uint8, 0 paper. middle: (width,) the row of the line in each column. What
    is farther from the line, a tail's end, is left out.
    """
    height, width = ink.shape
    row = np.round(middle - rows / 2).astype(int) + np.arange(rows)[:, np.newaxis]
    inside = (row >= 0) & (row < height)
    level = ink[np.clip(row, 0, height - 1), np.arange(width)]
    return np.asarray(np.where(inside, level, 0), dtype=np.uint8)

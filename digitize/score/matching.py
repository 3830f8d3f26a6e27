"""Which of the boxes that were read is which of the true ones; arithmetic on boxes, no pixels.

The same numbers, to the last bit, as shared/bench/score.py: the operations stand in its order.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.records import Box

Measures: TypeAlias = NDArray[np.float64]
SAME_DIGIT = 0.3  # of intersection over union: a digit cut in two halves is still found once
SAME_NUMBER = 0.2  # of the smaller box's area: a part of a number read alone is still that number


def match_digits(read: Sequence[Box], true: Sequence[Box]) -> list[tuple[int, int]]:
    """Return (read, true) places of boxes that are the same digit, each used at most once."""
    return best_pairs(intersections_over_unions(read, true), SAME_DIGIT)


def match_numbers(read: Sequence[Box], true: Sequence[Box]) -> list[tuple[int, int]]:
    """Return (read, true) places of boxes that are the same number, each used at most once."""
    return best_pairs(shares_of_the_smaller(read, true), SAME_NUMBER)


def best_pairs(measures: Measures, above: float) -> list[tuple[int, int]]:
    """Return (row, column) pairs of (rows, columns) measures above a threshold, highest first.

    Each row and each column is used at most once; of equal measures, the later row goes first.
    """
    rows, columns = np.nonzero(measures > above)
    values = measures[rows, columns]
    candidates = sorted(zip(values.tolist(), rows.tolist(), columns.tolist(), strict=True))
    used_rows, used_columns = set[int](), set[int]()
    pairs = []
    for _, row, column in reversed(candidates):
        if row not in used_rows and column not in used_columns:
            used_rows.add(row)
            used_columns.add(column)
            pairs.append((row, column))
    return pairs


def intersections_over_unions(read: Sequence[Box], true: Sequence[Box]) -> Measures:
    """Return (read, true) shared areas over joint areas, 0 to 1."""
    shared = shared_areas(read, true)
    joint = _areas(read)[:, None] + _areas(true)[None, :] - shared
    return np.asarray(shared / joint, dtype=np.float64)


def shares_of_the_smaller(read: Sequence[Box], true: Sequence[Box]) -> Measures:
    """Return (read, true) shared areas over the smaller one's, 0 to 1; 1 square pixel at least."""
    smaller = np.minimum(_areas(read)[:, None], _areas(true)[None, :])
    return np.asarray(shared_areas(read, true) / np.maximum(1.0, smaller), dtype=np.float64)


def shared_areas(read: Sequence[Box], true: Sequence[Box]) -> Measures:
    """Return (read, true) areas that boxes share, in square pixels."""
    a, b = _sides(read)[:, None, :], _sides(true)[None, :, :]
    size = np.minimum(a[..., :2] + a[..., 2:], b[..., :2] + b[..., 2:])
    size = np.maximum(size - np.maximum(a[..., :2], b[..., :2]), 0.0)
    return np.asarray(size[..., 0] * size[..., 1], dtype=np.float64)


def _areas(boxes: Sequence[Box]) -> Measures:
    return np.array([box.width * box.height for box in boxes], dtype=np.float64)


def _sides(boxes: Sequence[Box]) -> Measures:
    """Return (count, 4) float64: x, y, width, height."""
    sides = [(box.x, box.y, box.width, box.height) for box in boxes]
    return np.array(sides, dtype=np.float64).reshape(-1, 4)

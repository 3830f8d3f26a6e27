"""Seams: the ways through ink, from top to bottom, that cross least of it.

Where digits touch, the best cut is seldom straight: it follows the paper between their strokes
and crosses where they are thinnest (the drop-fall of G. Congedo et al. 1995,
doi:10.1109/ICDAR.1995.602075, as a shortest path).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels

STEP = 0.08  # digit heights between the columns that seams start from
SWAYS = (0.3, 0.1)  # digit heights that a seam may stray to either side: around strokes, straight
SIDEWAYS = 0.35  # pixels of ink that a step to the side weighs: seams stay upright over paper
DEAREST = 0.55  # digit heights of ink: a cut through more is none
APART = 0.14  # digit heights: seams nearer than this are one
EDGE = 0.1  # digit heights: nearer to an end of the ink nothing is cut off


@dataclass(frozen=True, slots=True)
class Seams:
    """Cuts from left to right: the first column right of each in every row, (count, height)."""

    columns: NDArray[np.int64]

    def piece_of(self, width: int) -> NDArray[np.int64]:
        """Return the number of the piece that each pixel is in, (height, width), from 0."""
        across = np.arange(width)[None, :]
        pieces = np.zeros((self.columns.shape[1], width), dtype=np.int64)
        for column in self.columns:
            pieces += across >= column[:, None]
        return pieces


def find_seams(mask: Pixels, height: float, most: int) -> Seams:
    """Return at most so many seams through a mask, (rows, columns) uint8; height of its digits."""
    rows, width = mask.shape
    edge = max(2, round(EDGE * height))
    anchors = np.arange(edge, width - edge, max(1, round(STEP * height)))
    if not len(anchors) or most < 1:
        return Seams(np.zeros((0, rows), dtype=np.int64))
    ink = (mask > 0).astype(np.float32)
    found = []
    for sway in SWAYS:
        reach = max(1, round(sway * height))
        around = np.clip(anchors[:, None] + np.arange(-reach, reach + 1), edge, width - edge - 1)
        found.append(_shortest(ink[:, around], around))
    cost, paths = (np.concatenate(each) for each in zip(*found, strict=True))
    chosen: list[int] = []
    middles = paths.mean(axis=1)
    strayed = np.abs(middles - np.tile(anchors, len(SWAYS)))
    for index in np.argsort(cost + strayed / width, kind="stable"):
        near = [other for other in chosen if abs(middles[other] - middles[index]) < APART * height]
        if cost[index] > DEAREST * height or len(chosen) == most:
            break
        if not near:
            chosen.append(int(index))
    chosen.sort(key=lambda index: float(middles[index]))
    return Seams(np.maximum.accumulate(paths[chosen], axis=0))


def _shortest(
    ink: NDArray[np.float32], around: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return each anchor's least cost, (anchors,), and its path's columns, (anchors, rows).

    ink: (rows, anchors, window), 1 on ink. around: (anchors, window), the columns of each window.
    """
    rows, count, window = ink.shape
    total = ink[0].astype(np.float64)
    came = np.zeros((rows, count, window), dtype=np.int8)
    wall = np.full((count, 1), np.inf)
    for row in range(1, rows):
        left = np.concatenate([wall, total[:, :-1]], axis=1) + SIDEWAYS
        right = np.concatenate([total[:, 1:], wall], axis=1) + SIDEWAYS
        steps = np.stack([total, left, right])
        came[row] = steps.argmin(axis=0)
        total = steps.min(axis=0) + ink[row]
    at = total.argmin(axis=1)
    each = np.arange(count)
    cost = total[each, at]
    paths = np.zeros((count, rows), dtype=np.int64)
    moves = np.array([0, -1, 1])
    for row in range(rows - 1, -1, -1):
        paths[:, row] = around[each, at]
        at = at + moves[came[row, each, at]]
    return cost, paths

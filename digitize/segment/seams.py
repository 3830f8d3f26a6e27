"""Seams: the ways through ink, from top to bottom, that cross least of it.

Where digits touch, the best cut is seldom straight: it follows the paper between their strokes
and crosses where they are thinnest (the drop-fall of G. Congedo et al. 1995,
doi:10.1109/ICDAR.1995.602075, as a shortest path).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels

Places: TypeAlias = NDArray[np.int16]

STEP = 0.08  # digit heights between the columns that seams start from
SWAYS = (0.3, 0.1)  # digit heights that a seam may stray to either side: around strokes, straight
SIDEWAYS = 0.35  # pixels of ink that a step to the side weighs: seams stay upright over paper
MOVES = np.array([[0], [-1], [1]])  # columns, from one row up to the next
DEARER = SIDEWAYS * np.abs(MOVES)
DEAREST = 0.48  # digit heights of ink: a cut through more is none
APART = 0.14  # digit heights: seams nearer than this are one
EDGE = 0.1  # digit heights: nearer to an end of the ink nothing is cut off


@dataclass(frozen=True, slots=True)
class Seams:
    """Cuts from left to right: the first column right of each in every row, (count, height)."""

    columns: NDArray[np.int64]

    def piece_of(self, width: int) -> Places:
        """Return the number of the piece that each pixel is in, (height, width), from 0."""
        across = np.arange(width)[None, :]
        pieces = np.zeros((self.columns.shape[1], width), dtype=np.int16)
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
    reaches = [max(1, round(sway * height)) for sway in SWAYS]
    window = np.arange(-max(reaches), max(reaches) + 1)
    around = np.clip(np.tile(anchors, len(SWAYS))[:, None] + window, edge, width - edge - 1)
    within = np.abs(window) <= np.repeat(reaches, len(anchors))[:, None]
    cost, paths = _shortest(np.where(within, (mask > 0)[:, around], np.inf), around)
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
    ink: NDArray[np.float64], around: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return each anchor's least cost, (anchors,), and its path's columns, (anchors, rows).

    ink: (rows, anchors, window), 1 on ink, infinite where a path may not go. around: (anchors,
    window), the columns of each window.
    """
    rows, count, window = ink.shape
    total = np.full((rows, count, window + 2), np.inf)  # walls on both sides of each window
    total[0, :, 1:-1] = ink[0]
    for row in range(1, rows):
        before = total[row - 1]
        aside = np.minimum(before[:, :-2], before[:, 2:]) + SIDEWAYS
        total[row, :, 1:-1] = np.minimum(before[:, 1:-1], aside) + ink[row]
    at = total[-1].argmin(axis=1)
    each = np.arange(count)
    cost = total[-1, each, at]
    places = np.zeros((rows, count), dtype=np.int64)
    places[-1] = at
    for row in range(rows - 2, -1, -1):
        ways = total[row, each, at + MOVES] + DEARER
        at = at + MOVES[ways.argmin(axis=0), 0]
        places[row] = at
    return cost, around[each, places - 1].T

"""The best path through a lattice of pieces: which runs of them are digits.

A path's score is the sum of its digits' log-probabilities and of how usual their shapes are; one
that takes up *not a digit* pays for it in probability (LeCun et al. 1998, section VII,
doi:10.1109/5.726791).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitize.records import Floats

ASPECT_MEANS = np.array([-0.11, -0.94, -0.08, -0.24, -0.25, -0.07, -0.35, -0.27, -0.29, -0.41])
ASPECT_SPREADS = np.array([0.21, 0.48, 0.24, 0.22, 0.22, 0.28, 0.23, 0.22, 0.23, 0.21])
"""Of the logarithm of width over height, by digit: MNIST's first 20,000 training digits."""
HEIGHT_SPREAD = 0.35  # of the logarithm of a digit's height over its neighbours': one hand's
LEAST_LIKELY = -4.0  # a shape counts no worse than this: the classifier has seen the picture
SHAPE_WEIGHT = 0.3  # of the shapes' log-likelihood: they are not independent of the picture
EACH_DIGIT = -0.1  # for each digit of a path: more cuts explain any ink
NEVER = -1e9
TINY = 1e-6


@dataclass(frozen=True, slots=True)
class Shape:
    """A candidate's width and height in pixels, and the pieces it spans, end exclusive."""

    width: float
    height: float
    first: int
    last: int


def best_parting(shapes: Sequence[Shape], scores: Floats, pieces: int) -> tuple[list[int], float]:
    """Return the candidates of the best path from piece 0 to `pieces`, and its posterior, 0 to 1.

    scores: (count, 11) probabilities, the last column *not a digit*. The posterior is the path's
    share of all paths' probability. Without a path the list is empty.
    """
    gains = np.array([_gain(shape, row, shapes) for shape, row in zip(shapes, scores, strict=True)])
    best: NDArray[np.float64] = np.full(pieces + 1, NEVER)
    every: NDArray[np.float64] = np.full(pieces + 1, NEVER)
    best[0] = every[0] = 0.0
    came = np.full(pieces + 1, -1)
    for at in sorted(range(len(shapes)), key=lambda index: shapes[index].first):
        first, last = shapes[at].first, shapes[at].last
        every[last] = np.logaddexp(every[last], every[first] + gains[at])
        if best[first] + gains[at] > best[last]:
            best[last], came[last] = best[first] + gains[at], at
    if came[pieces] < 0:
        return [], 0.0
    path, piece = [], pieces
    while piece > 0:
        path.append(int(came[piece]))
        piece = shapes[path[-1]].first
    return path[::-1], float(np.exp(best[pieces] - every[pieces]))


def _gain(shape: Shape, row: Floats, shapes: Sequence[Shape]) -> float:
    """Return what a candidate adds to the score of a path through it."""
    digit = int(row[:-1].argmax())
    aspect = np.log(shape.width / shape.height)
    usual = -0.5 * ((aspect - ASPECT_MEANS[digit]) / ASPECT_SPREADS[digit]) ** 2
    tallest = max(other.height for other in shapes)
    level = -0.5 * (np.log(shape.height / tallest) / HEIGHT_SPREAD) ** 2
    shaped = SHAPE_WEIGHT * (max(LEAST_LIKELY, usual) + max(LEAST_LIKELY, level))
    likely = float(row[digit]) * (1 - float(row[-1]))
    return float(np.log(max(likely, TINY)) + shaped + EACH_DIGIT)

"""How well a score tells one digit from the others, at every threshold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.records import Floats

Points: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

CURVE_POINTS = 200  # of a curve that is kept: far finer than any picture of it


@dataclass(frozen=True, slots=True)
class Roc:
    """A receiver operating characteristic, both axes 0 to 1, from (0, 0) to (1, 1).

    false_alarms: share of the others that reach a threshold; hits: share of the digit's own.
    area: under the whole curve; None where the digit, or everything else, is missing.
    """

    false_alarms: tuple[float, ...]
    hits: tuple[float, ...]
    area: float | None


def roc_curve(scores: Floats, positive: Flags) -> Roc:
    """Return the curve of (count,) scores for telling `positive` (count,) from the rest.

    Fawcett 2006, doi:10.1016/j.patrec.2005.10.010; equal scores share one step. The area is exact;
    of the curve's corners, at most 200 are kept.
    """
    if positive.all() or not positive.any():
        return Roc((), (), None)
    order = np.argsort(-scores, kind="stable")
    ranked, own = scores[order], positive[order]
    last = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    hits = np.concatenate([[0], own.cumsum()[last]])
    false_alarms = np.concatenate([[0], last + 1]) - hits
    area = float((np.diff(false_alarms) * (hits[1:] + hits[:-1]) / 2).sum())
    own_count, other_count = int(hits[-1]), int(false_alarms[-1])
    kept = thinned(corners(false_alarms, hits))
    return Roc(
        tuple((false_alarms[kept] / other_count).tolist()),
        tuple((hits[kept] / own_count).tolist()),
        area / (own_count * other_count),
    )


def corners(x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the indices of the ends of a line and of the points where it turns."""
    right, up = np.diff(x), np.diff(y)
    turns = right[1:] * up[:-1] != right[:-1] * up[1:]
    return np.concatenate([[0], np.flatnonzero(turns) + 1, [len(x) - 1]])


def thinned(indices: NDArray[np.int64], limit: int = CURVE_POINTS) -> NDArray[np.int64]:
    """Return at most `limit` of the indices, evenly chosen, the first and the last among them."""
    if len(indices) <= limit:
        return indices
    return indices[np.rint(np.linspace(0, len(indices) - 1, limit)).astype(np.int64)]

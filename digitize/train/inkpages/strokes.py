"""Strokes of a pen that is no font's: lines through points, and paths that wander smoothly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from digitize.records import Pixels

Path: TypeAlias = NDArray[np.float64]

FINENESS = 3  # drawn so many times larger, then shrunk: a pen's width is no whole number
LONGEST = 600  # pixels: longer strokes leave every crop
PER_KNOT = 10  # points of a smooth path from knot to knot


def draw_strokes(paths: Sequence[Path], width: float) -> tuple[Pixels, int, int]:
    """Return the ink of paths of (n, 2) points (x, y), cropped, and its left and top.

    The ink is (height, width) uint8, 0 paper to 255; width: of the pen, in pixels.
    """
    points = np.concatenate(list(paths))
    edge = int(np.ceil(width)) + 1
    low = np.floor(points.min(axis=0)).astype(int) - edge
    size = np.minimum(np.ceil(points.max(axis=0)).astype(int) + edge - low, LONGEST)
    ink = np.zeros((size[1] * FINENESS, size[0] * FINENESS), dtype=np.uint8)
    lines = [np.rint((path - low) * FINENESS).astype(np.int32) for path in paths]
    thickness = max(1, round(width * FINENESS) - 1)  # OpenCV draws one wider than it is told
    cv2.polylines(ink, lines, False, 255, thickness)
    small = cv2.resize(ink, (int(size[0]), int(size[1])), interpolation=cv2.INTER_AREA)
    return np.asarray(small, dtype=np.uint8), int(low[0]), int(low[1])


def smooth(knots: Path) -> Path:
    """Return a smooth path through (n, 2) knots: a Catmull-Rom spline.

    E. Catmull, R. Rom (1974), doi:10.1016/B978-0-12-079050-0.50020-5.
    """
    padded = np.concatenate([knots[:1], knots, knots[-1:]])
    before, start, end, after = (padded[i : len(padded) - 3 + i, None] for i in range(4))
    t = np.linspace(0, 1, PER_KNOT)[None, :, None]
    path = 0.5 * (
        2 * start
        + (end - before) * t
        + (2 * before - 5 * start + 4 * end - after) * t**2
        + (3 * start - before - 3 * end + after) * t**3
    )
    return np.asarray(path.reshape(-1, 2), dtype=np.float64)


def wander(x: float, y: float, reach: float, turns: int, rng: Generator) -> Path:
    """Return a smooth path with so many turns within `reach` of (x, y)."""
    return smooth(np.array([x, y]) + rng.uniform(-reach, reach, (max(turns, 2), 2)))


def scrawl(x: float, baseline: float, height: float, letters: int, rng: Generator) -> list[Path]:
    """Return a word of joined letters that no alphabet has, `height` its small letters' height.

    Each letter is an arch, a cup, a loop or a bowl; some rise above the line or fall below it.
    """
    knots, at = [], x
    step, lean = height * rng.uniform(0.5, 1.0), height * rng.uniform(-0.1, 0.5)
    for _ in range(letters):
        kind = rng.random()
        top = height * (rng.uniform(1.7, 2.6) if kind < 0.25 else rng.uniform(0.8, 1.1))
        foot = height * (rng.uniform(0.5, 1.1) if 0.25 <= kind < 0.4 else rng.uniform(-0.1, 0.1))
        loop = step * rng.uniform(-0.5, 0.5)
        knots += [
            (at + lean * top / height, baseline - top),
            (at + step * 0.3 + loop, baseline - height * 0.4),
            (at + step * 0.4 - lean * foot / height, baseline + foot),
            (at + step * 0.8, baseline - height * rng.uniform(0.1, 0.5)),
        ]
        at += step * rng.uniform(0.85, 1.3)
    return [smooth(np.array(knots) + rng.normal(0, 0.05 * height, (len(knots), 2)))]


def ring(x: float, y: float, across: float, down: float, rng: Generator) -> Path:
    """Return a ring drawn by hand about (x, y): not quite closed, or more than once around."""
    start, turns = rng.uniform(0, 2 * np.pi), rng.uniform(0.9, 1.3)
    angles = start + np.linspace(0, 2 * np.pi * turns, 40)
    drift = np.linspace(1, rng.uniform(0.85, 1.1), 40)
    return np.stack([x + across * drift * np.cos(angles), y + down * drift * np.sin(angles)], 1)


def zigzag(x: float, y: float, width: float, height: float, rng: Generator) -> Path:
    """Return strokes to and fro over a place, as something is struck out."""
    count = int(rng.integers(4, 16))
    across = x + np.linspace(0, width, count) + rng.normal(0, 0.03 * width + 0.5, count)
    down = y + np.where(np.arange(count) % 2, 0.1, 0.9) * height
    return np.stack([across, down + rng.normal(0, 0.08 * height, count)], 1)

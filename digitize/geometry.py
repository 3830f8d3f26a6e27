"""Arithmetic on boxes and maps of the plane; no pixels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitize.records import Box

WIDE, LONG = 0.7, 7.0  # of a box's height: how far, sideways and up or down, its column is seen
BLOCK = 256  # boxes compared with all others at once: thousands would take gigabytes
UNDER = 0.5  # of the narrower box's width: so much of it a box above or below shares
ALIKE = 2.0  # the height of one box in a column over the other's, either way
LEVEL = 0.5  # of the lower box's height: so much of it is shared by boxes on one line


def window(box: Box) -> tuple[slice, slice]:
    """Return the rows and columns of the pixels in a box."""
    x, y = round(box.x), round(box.y)
    return slice(y, y + round(box.height)), slice(x, x + round(box.width))


def corners(boxes: Iterable[Box]) -> NDArray[np.float64]:
    """Return (count, 4) float64: each box's left, top, right and bottom."""
    return np.array([(b.x, b.y, b.right, b.bottom) for b in boxes], dtype=np.float64).reshape(-1, 4)


def union(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around all of `boxes`; ValueError if there is none."""
    found = list(boxes)
    x = min(box.x for box in found)
    y = min(box.y for box in found)
    right = max(box.right for box in found)
    bottom = max(box.bottom for box in found)
    return Box(x, y, right - x, bottom - y)


def overlap(start: float, end: float, other_start: float, other_end: float) -> float:
    """Return the length two intervals share; negative is the gap between them."""
    return min(end, other_end) - max(start, other_start)


def vertical_overlap(a: Box, b: Box) -> float:
    """Return the height two boxes share as a share of the lower one's height, at most 1."""
    return overlap(a.y, a.bottom, b.y, b.bottom) / min(a.height, b.height)


def horizontal_overlap(a: Box, b: Box) -> float:
    """Return the width two boxes share as a share of the narrower one's width, at most 1."""
    return overlap(a.x, a.right, b.x, b.right) / min(a.width, b.width)


def contains(box: Box, point: tuple[float, float]) -> bool:
    """Tell whether `point` (x, y) lies in `box`, edges included."""
    return box.x <= point[0] <= box.right and box.y <= point[1] <= box.bottom


def intersection_over_union(a: Box, b: Box) -> float:
    """Return the shared area of two boxes over their joint area, 0 to 1."""
    width = max(0.0, overlap(a.x, a.right, b.x, b.right))
    height = max(0.0, overlap(a.y, a.bottom, b.y, b.bottom))
    shared = width * height
    return shared / (a.width * a.height + b.width * b.height - shared)


def map_box(box: Box, plane: NDArray[np.float64]) -> Box:
    """Return the upright box around `box` after a map of the plane, (2, 3) or (3, 3)."""
    corners = np.array(
        [(x, y, 1.0) for x in (box.x, box.right) for y in (box.y, box.bottom)], dtype=np.float64
    )
    mapped = corners @ np.asarray(plane, dtype=np.float64).T
    if mapped.shape[1] == 3:
        mapped = mapped[:, :2] / mapped[:, 2:]
    (x, y), (right, bottom) = mapped.min(axis=0), mapped.max(axis=0)
    return Box(float(x), float(y), float(right - x), float(bottom - y))


def direction(plane: NDArray[np.float64], x: float, y: float) -> float:
    """Return where a step to the right from (x, y) leads after a map of the plane, (3, 3).

    In degrees anticlockwise, -180 to 180, y being downwards.
    """
    mapped = np.array([(x, y, 1.0), (x + 1, y, 1.0)]) @ np.asarray(plane, dtype=np.float64).T
    right, down = np.diff(mapped[:, :2] / mapped[:, 2:], axis=0)[0]
    return float(np.degrees(np.arctan2(-down, right)))


def straight_through(x: NDArray[Any], y: NDArray[Any], at: NDArray[Any]) -> NDArray[np.float64]:
    """Return y at other x, (count,) float64, of the straight line nearest to all points.

    x, y: (points,), two of them or more; where all have one x, the line is level.
    """
    off = x - x.mean()
    spread = float(off @ off)
    slope = float(off @ y) / spread if spread else 0.0
    return np.asarray(y.mean() + slope * (at - x.mean()), dtype=np.float64)


def clip(box: Box, width: float, height: float) -> Box:
    """Return the part of `box` on a `width` x `height` page; ValueError where there is none."""
    x, y = max(0.0, box.x), max(0.0, box.y)
    return Box(x, y, min(width, box.right) - x, min(height, box.bottom) - y)


def are_beside(
    boxes: Sequence[Box], others: Sequence[Box], reach: float | NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Tell which boxes are level with which others and within reach of them: (boxes, others).

    reach: pixels of space between them, at least 0, for all boxes or (boxes,) for each.
    """
    left, top, right, bottom = corners(boxes).T[:, :, None]
    other_left, other_top, other_right, other_bottom = corners(others).T
    apart = np.maximum(left, other_left) - np.minimum(right, other_right)
    shared = np.minimum(bottom, other_bottom) - np.maximum(top, other_top)
    lower = np.minimum(bottom - top, other_bottom - other_top)
    is_near = apart <= np.reshape(reach, (-1, 1))
    return np.asarray((shared >= LEVEL * lower) & is_near, dtype=np.bool_)


def are_in_column(boxes: Sequence[Box], others: Sequence[Box]) -> NDArray[np.bool_]:
    """Tell which others stand above or below which boxes and are about as high: (boxes, others)."""
    across, are_near = _in_columns(boxes, others)
    return np.asarray(are_near & (across <= WIDE), dtype=np.bool_)


def are_above_or_below(
    boxes: Sequence[Box], others: Sequence[Box], reach: float = LONG
) -> NDArray[np.bool_]:
    """Tell which boxes of any width stand in one column with which others: (boxes, others).

    reach: how far up or down, in heights of the box.
    """
    _, are_near = _in_columns(boxes, others, reach)
    left, _, right, _ = corners(boxes).T[:, :, None]
    other_left, _, other_right, _ = corners(others).T
    shared = np.minimum(right, other_right) - np.maximum(left, other_left)
    narrower = np.minimum(right - left, other_right - other_left)
    return np.asarray(are_near & (shared >= UNDER * narrower), dtype=np.bool_)


def _in_columns(
    boxes: Sequence[Box], others: Sequence[Box], reach: float = LONG
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return how far aside others' middles are, in heights of the box, and which may be a column's.

    These are about as high and not too far up or down; both (boxes, others).
    """
    own, far = corners(boxes), corners(others)
    height = (own[:, 3] - own[:, 1])[:, None]
    size = (far[:, 3] - far[:, 1]) / height
    across, down = (
        np.abs(far[:, edges].mean(axis=1) - own[:, edges].mean(axis=1)[:, None]) / height
        for edges in ([0, 2], [1, 3])
    )
    return across, (size >= 1 / ALIKE) & (size <= ALIKE) & (down <= reach)


def count_in_columns(
    boxes: Sequence[Box], marked: NDArray[np.bool_], reach: float = LONG
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how many boxes of each box's column are marked, and how many there are, itself too.

    reach: how far up or down the column is seen, in heights of the box.
    """
    found, all_there = np.zeros((2, len(boxes)), dtype=np.int64)
    for start in range(0, len(boxes), BLOCK):
        here = slice(start, start + BLOCK)
        alike = are_above_or_below(boxes[here], boxes, reach)
        found[here], all_there[here] = (alike & marked).sum(axis=1), alike.sum(axis=1)
    return found, all_there

"""Ink that hangs together: its parts numbered, and how large each is.

`cv2.connectedComponentsWithStats` would say both, in four times the time: it sums up every pixel.
"""

from __future__ import annotations

from itertools import compress
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels


def number_parts(ink: Pixels) -> tuple[int, NDArray[np.int32]]:
    """Return how many parts there are with paper, and each pixel's part: from 1, 0 for paper.

    ink: (height, width) uint8, as is the result but for its int32.
    """
    count, numbers = cv2.connectedComponents(ink, connectivity=8)
    return count, np.asarray(numbers, dtype=np.int32)


def mean_in_parts(own: NDArray[Any], values: NDArray[Any], count: int) -> NDArray[np.float64]:
    """Return the mean of each part's pixels' values, (count,) float64; shares, of flags.

    own: the part of each pixel. values: of each pixel.
    """
    size = np.maximum(np.bincount(own, minlength=count), 1)
    return np.asarray(np.bincount(own, weights=values, minlength=count) / size, dtype=np.float64)


def part_in(ink: Pixels, point: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Return which pixels hang together with the one at this x and y."""
    _, numbers = number_parts(ink)
    return np.asarray(numbers == numbers[point[1], point[0]], dtype=np.bool_)


def outlines_of(ink: Pixels) -> list[NDArray[Any]]:
    """Return the outer outline of each part, (points, 1, 2) int32."""
    return _contours(ink, of_holes=False)


def sizes_of(ink: Pixels) -> NDArray[np.int32]:
    """Return (count, 2) int32, the width and height of each connected part of the ink."""
    boxes = [cv2.boundingRect(contour)[2:] for contour in outlines_of(ink)]
    return np.array(boxes, dtype=np.int32).reshape(-1, 2)


def boxes_of(ink: Pixels, count: int, numbers: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return (count, 4) int32, the left, top, width and height of each numbered part, 0 of paper.

    count, numbers: as `number_parts` gives them.
    """
    boxes, outlines = np.zeros((count, 4), dtype=np.int32), outlines_of(ink)
    x, y = np.array([outline[0, 0] for outline in outlines], dtype=np.int32).reshape(-1, 2).T
    found = np.array([cv2.boundingRect(outline) for outline in outlines], dtype=np.int32)
    boxes[numbers[y, x]] = found.reshape(-1, 4)
    return boxes


def holes_of(ink: Pixels) -> list[tuple[int, int, int, int]]:
    """Return the left, top, width and height of each hole in the ink, whatever lies in it."""
    boxes = [cv2.boundingRect(outline) for outline in _contours(ink, of_holes=True)]
    return [(x + 1, y + 1, width - 2, height - 2) for x, y, width, height in boxes]


def _contours(ink: Pixels, *, of_holes: bool) -> list[NDArray[Any]]:
    """Return the contours of the ink's holes or all others, (points, 1, 2) int32 on ink."""
    found, nesting = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    return [] if nesting is None else list(compress(found, (nesting[0, :, 3] >= 0) == of_holes))

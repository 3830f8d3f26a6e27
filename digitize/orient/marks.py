"""Marks of a digit's size on a page, by which it is told which way up that lies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import Box, Glyph, Pixels

Contour: TypeAlias = NDArray[np.int32]

MARK_SIZE = (0.35, 1.7)
"""Of the digit height, longer side: sideways, a number's width passes for it."""


def find_marks(ink: Pixels, digit_height: float) -> list[Contour]:
    """Return the outer contours of marks of a digit's size, but for those cut off by an edge."""
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    least, most = (share * digit_height for share in MARK_SIZE)
    found = []
    for contour in contours:
        _, top, width, height = cv2.boundingRect(contour)
        if 0 < top < ink.shape[0] - height and least <= max(width, height) <= most:
            found.append(np.asarray(contour, dtype=np.int32))
    return found


def spread(contours: Sequence[Contour], most: int) -> list[Contour]:
    """Return at most `most` of the contours, from all over the page."""
    picked = np.linspace(0, len(contours) - 1, min(most, len(contours)))
    return [contours[round(at)] for at in picked.tolist()]


def cut_out(ink: Pixels, contour: Contour) -> Glyph:
    """Return the ink inside a contour."""
    x, y, width, height = cv2.boundingRect(contour)
    mask = np.zeros((height, width), dtype=np.uint8)
    cv2.drawContours(mask, [contour], -1, 255, cv2.FILLED, offset=(-x, -y))
    return Glyph(mask & ink[y : y + height, x : x + width], Box(x, y, width, height))


def lie_beside(marks: Sequence[Glyph], contours: Sequence[Contour]) -> NDArray[np.bool_]:
    """Return (marks,) whether the nearest other of all contours lies beside each, not above it."""
    boxes = np.array([cv2.boundingRect(contour) for contour in contours], dtype=np.float32)
    middles = boxes[:, :2] + boxes[:, 2:] / 2
    own = np.array([mark.box.centre for mark in marks], dtype=np.float32)
    across, down = np.moveaxis(np.abs(own[:, None] - middles[None]), 2, 0)
    distance = np.hypot(across, down)
    distance[distance == 0] = np.inf
    nearest = distance.argmin(axis=1)
    every = np.arange(len(marks))
    return np.asarray(across[every, nearest] > down[every, nearest], dtype=np.bool_)

"""Strokes drawn anew along their middle lines, by a pen of another width."""

from __future__ import annotations

import cv2
import numpy as np

from digitize.records import Floats, Pixels

FINENESS = 3  # traced so many times larger, then shrunk: edges are a pixel wide
HALF_COVERED = 127


def trace(ink: Pixels, width: float) -> Pixels:
    """Return the strokes of (height, width) `ink`, 0 paper to 255 ink, as wide as `width` pixels.

    The picture keeps its size.
    """
    shape = ink.shape[::-1]
    large = cv2.resize(ink, None, fx=FINENESS, fy=FINENESS, interpolation=cv2.INTER_CUBIC)
    large = cv2.GaussianBlur(large, (0, 0), FINENESS / 2)
    away = from_middle(np.asarray(large > HALF_COVERED, dtype=np.uint8))
    cover = np.clip(127.5 + (width * FINENESS / 2 - away) * (255 / FINENESS), 0, 255)
    return np.asarray(
        np.rint(cv2.resize(cover, shape, interpolation=cv2.INTER_AREA)), dtype=np.uint8
    )


def from_middle(inside: Pixels) -> Floats:
    """Return how far each pixel is from the middle lines of the strokes, in pixels, float32.

    inside: uint8, not 0 in strokes; without one, it is both sides together. Zhang and Suen 1984,
    10.1145/357994.358023.
    """
    from skimage.morphology import skeletonize

    middle = skeletonize(inside > 0).astype(np.uint8)  # type: ignore[no-untyped-call]
    away = cv2.distanceTransform(1 - middle, cv2.DIST_L2, 3)
    return np.asarray(np.minimum(away, sum(inside.shape)), dtype=np.float32)

"""Stains on old paper: spots far wider than a stroke and far paler, that passed for ink of digits.

Alone, a round one is read as 0; over a digit, it makes another of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from digitize.records import Pixels

WIDE = 0.38  # digit heights: the loop of a digit that has run full is narrower
RIM = 0.2  # digit heights: so far past its core a stain has ink
PALE = 0.6  # of the contrast of the page's digits: no pen's blot is paler
LEAST_PALE = 0.3  # of the ink in and around a stain; a pale loop run full has 0.2, the rest is pen
REDUCED = 16  # pixels, height of a digit where cores are sought: pinholes of grained stains close
MOSTLY = 127  # of 255: of a reduced pixel, so much is ink


def find_stains(digits: Pixels, grey: Pixels, height: float) -> Pixels:
    """Return the ink of stains among that of digits, 255, all (height, width) uint8.

    grey: of the flat page. height: of its digits, in pixels. Strokes that run through a stain are
    not of it.
    """
    stains = np.zeros_like(digits)
    reduction = max(1, int(height / REDUCED))
    cores = find_cores(digits, reduction, WIDE * height)
    if not cores.any():
        return stains
    around = round((WIDE / 2 + RIM) * height)
    _, _, boxes, _ = cv2.connectedComponentsWithStats(cores, connectivity=8)
    places = [window_about(box, around) for box in (boxes[1:, :4] * reduction).tolist()]
    strokes = digits.copy()
    for place in places:
        strokes[place] = 0
    contrast = np.asarray(cv2.bitwise_not(grey), dtype=np.uint8)
    usual = np.median(contrast[strokes > 0]) if strokes.any() else 0.0
    for (x, y, wide, tall), place in zip(boxes[1:, :4] * reduction, places, strict=True):
        core = np.s_[y : y + tall, x : x + wide]
        inked, pale = digits[place] > 0, contrast[place] < PALE * usual
        if np.median(contrast[core]) < PALE * usual and pale[inked].mean() >= LEAST_PALE:
            parts = cv2.connectedComponents((inked & pale).astype(np.uint8))[1]
            rows, columns = place
            inside = parts[y - rows.start :, x - columns.start :][:tall, :wide]
            stains[place][np.isin(parts, inside[inside > 0])] = 255
    return stains


def window_about(box: Sequence[int], around: int) -> tuple[slice, slice]:
    """Return the rows and columns of a box, (x, y, width, height), and so many around it."""
    x, y, wide, tall = box
    return (
        slice(max(0, y - around), y + tall + around),
        slice(max(0, x - around), x + wide + around),
    )


def find_cores(ink: Pixels, reduction: int, width: float) -> Pixels:
    """Return where ink is so many pixels wide every way, uint8, 255, on a page so much smaller."""
    rows, columns = (max(1, side // reduction) for side in ink.shape)
    small = cv2.resize(ink, (columns, rows), interpolation=cv2.INTER_AREA)
    mostly = cv2.threshold(small, MOSTLY, 255, cv2.THRESH_BINARY)[1]
    depth = cv2.distanceTransform(mostly, cv2.DIST_L2, cv2.DIST_MASK_3)
    return np.asarray(depth >= width / (2 * reduction), dtype=np.uint8)

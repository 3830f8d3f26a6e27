"""Which pixels of a flat page are ink."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from digitize.records import Floats, Pixels

WINDOW_SHARE = 1 / 25  # of the longer side: holds a digit and some paper around it
LEAST_WINDOW = 31  # pixels
REDUCED = 1700  # pixels, longer side of the picture on which the threshold is found
FULL_CONTRAST = 128.0  # Sauvola's R: the largest standard deviation of grey levels


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Mean and standard deviation of grey levels in a window around each place of a reduced page.

    Both are (height, width) float32.
    """

    mean: Floats
    deviation: Floats


def look_around(grey: Pixels) -> Surroundings:
    """Return the surroundings of a flat page; they change slowly, so a reduced page will do."""
    height, width = grey.shape
    reduction = max(1, round(max(height, width) / REDUCED))
    size = max(1, width // reduction), max(1, height // reduction)
    window = max(LEAST_WINDOW, round(max(size) * WINDOW_SHARE)) | 1
    squares = cv2.multiply(grey, grey, dtype=cv2.CV_16U)
    mean, square = (
        cv2.blur(
            cv2.resize(each, size, interpolation=cv2.INTER_AREA).astype(np.float32), (window,) * 2
        )
        for each in (grey, squares)
    )
    deviation = np.sqrt(np.maximum(square - mean * mean, 0))
    return Surroundings(np.asarray(mean, np.float32), np.asarray(deviation, np.float32))


def binarise(grey: Pixels, around: Surroundings, k: float) -> Pixels:
    """Return the ink of a flat page, uint8, 255 ink and 0 paper, by a local threshold.

    threshold = mean * (1 + k * (deviation / R - 1)) (J. Sauvola and M. Pietikäinen 2000,
    doi:10.1016/S0031-3203(99)00055-2).
    """
    threshold = around.mean * (1 + k * (around.deviation / FULL_CONTRAST - 1))
    level = cv2.resize(np.clip(threshold, 0, 255).astype(np.uint8), grey.shape[::-1])
    return np.asarray(cv2.compare(grey, level, cv2.CMP_LT), dtype=np.uint8)

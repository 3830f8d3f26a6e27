"""Which pixels of a flat page are ink."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from digitize.records import Floats, Pixels

WINDOW_SHARE = 1 / 25  # of the longer side: holds a digit and some paper around it
LEAST_WINDOW = 31  # pixels
REDUCED = 1200  # pixels, longer side of the picture on which the threshold is found
FULL_CONTRAST = 128.0  # Sauvola's R: the largest standard deviation of grey levels


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around each place of a reduced page; (height, width) float32, grey levels.

    mean: of a window around it. contrast: the mean times the standard deviation over R.
    """

    mean: Floats
    contrast: Floats


def look_around(grey: Pixels) -> Surroundings:
    """Return the surroundings of a flat page; they change slowly, so a reduced page will do."""
    height, width = grey.shape
    reduction = max(1, round(max(height, width) / REDUCED))
    size = max(1, width // reduction), max(1, height // reduction)
    window = max(LEAST_WINDOW, round(max(size) * WINDOW_SHARE)) | 1
    squares = np.multiply(grey, grey, dtype=np.uint16)
    mean, square = (
        cv2.boxFilter(
            cv2.resize(each, size, interpolation=cv2.INTER_AREA), cv2.CV_32F, (window, window)
        )
        for each in (grey, squares)
    )
    contrast = mean * mean
    np.subtract(square, contrast, out=contrast)  # in place: these fill as much memory as a page
    np.sqrt(np.maximum(contrast, 0, out=contrast), out=contrast)
    contrast *= mean
    contrast *= 1 / FULL_CONTRAST
    return Surroundings(np.asarray(mean, np.float32), np.asarray(contrast, np.float32))


def binarise(grey: Pixels, around: Surroundings, k: float) -> Pixels:
    """Return the ink of a flat page, uint8, 255 ink and 0 paper, by a local threshold.

    threshold = mean * (1 + k * (deviation / R - 1)) (J. Sauvola and M. Pietikäinen 2000,
    doi:10.1016/S0031-3203(99)00055-2).
    """
    threshold = cv2.addWeighted(around.mean, 1 - k, around.contrast, k, -0.5, dtype=cv2.CV_8U)
    level = cv2.resize(threshold, grey.shape[::-1])
    return np.asarray(cv2.compare(grey, level, cv2.CMP_LT), dtype=np.uint8)

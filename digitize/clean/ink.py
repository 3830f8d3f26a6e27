"""Which pixels of a flat page are ink."""

from __future__ import annotations

import cv2
import numpy as np

from digitize.records import Pixels

WINDOW_SHARE = 1 / 25  # of the longer side: holds a digit and some paper around it
LEAST_WINDOW = 31  # pixels
REDUCED = 1700  # pixels, longer side of the picture on which the threshold is found
FULL_CONTRAST = 128.0  # Sauvola's R: the largest standard deviation of grey levels


def binarise(grey: Pixels, k: float) -> Pixels:
    """Return the ink of a flat page, uint8, 255 ink and 0 paper, by a local threshold.

    threshold = mean * (1 + k * (deviation / R - 1)) over a window (J. Sauvola and M. Pietikäinen
    2000, doi:10.1016/S0031-3203(99)00055-2). It changes slowly, so it is found on a reduced page.
    """
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
    threshold = mean * (1 + k * (deviation / FULL_CONTRAST - 1))
    level = cv2.resize(np.clip(threshold, 0, 255).astype(np.uint8), (width, height))
    return np.asarray(cv2.compare(grey, level, cv2.CMP_LT), dtype=np.uint8)

"""Which pixels of a flat page are ink."""

from __future__ import annotations

import cv2
import numpy as np

from digitize.records import Pixels

WINDOW_SHARE = 1 / 25  # of the longer side: holds a digit and some paper around it
LEAST_WINDOW = 31  # pixels
FULL_CONTRAST = 128.0  # Sauvola's R: the largest standard deviation of grey levels


def binarise(grey: Pixels, k: float) -> Pixels:
    """Return the ink of a flat page, uint8, 255 ink and 0 paper, by a local threshold.

    threshold = mean * (1 + k * (deviation / R - 1)) over a window (J. Sauvola and M. Pietikäinen
    2000, doi:10.1016/S0031-3203(99)00055-2). It changes slowly, so it is found on a reduced page.
    """
    height, width = grey.shape
    reduction = max(1, round(max(height, width) / 1700))
    size = max(1, width // reduction), max(1, height // reduction)
    small = grey if reduction == 1 else cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    window = max(LEAST_WINDOW, round(max(small.shape) * WINDOW_SHARE)) | 1
    values = small.astype(np.float32)
    mean = cv2.blur(values, (window, window))
    square = cv2.blur(values * values, (window, window))
    deviation = np.sqrt(np.maximum(square - mean * mean, 0))
    threshold = mean * (1 + k * (deviation / FULL_CONTRAST - 1))
    level = np.clip(threshold, 0, 255).astype(np.uint8)
    if reduction > 1:
        level = cv2.resize(level, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.uint8)
    return np.asarray(cv2.compare(grey, level, cv2.CMP_LT), dtype=np.uint8)

"""Pages made smaller: to work on, and to look at."""

from __future__ import annotations

import cv2
import numpy as np

from digitize.records import Pixels

MAX_WORKING_PIXELS = 9.5e6  # A4 at 300 dpi; larger pages are shrunk, for digits stay > 100 px high
THUMBNAIL = 800  # pixels, longer side: lines of writing stay apart, an angle costs a millisecond


def shrink(pixels: Pixels) -> tuple[Pixels, float]:
    """Return the picture with at most 9.5 million pixels, and the scale that made it so."""
    height, width = pixels.shape[:2]
    scale = min(1.0, float(np.sqrt(MAX_WORKING_PIXELS / (height * width))))
    if scale == 1.0:
        return pixels, 1.0
    size = round(width * scale), round(height * scale)
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8), scale


def grey_of(pixels: Pixels) -> Pixels:
    """Return an RGB picture as (height, width) uint8 grey."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def thumbnail(pixels: Pixels) -> Pixels:
    """Return the picture with a longer side of at most 800 pixels, grey or RGB as it is."""
    height, width = pixels.shape[:2]
    scale = min(1.0, THUMBNAIL / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)

"""Dashes that touch the digit behind them: a minus, told from the digit and parted from it.

Joined to it, it would be read as a stroke of the digit, and the sign be lost.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import Layers
from digitize.segment.components import find_contours

LOWEST = 0.7  # digit heights: lower ink with a dash before it is no digit
LENGTH = 0.25  # of the ink's height: a dash is at least so long, up to the digit
MOST = 0.9  # of the ink's height: it is no longer
THIN = 0.28  # of the ink's height: no pen is thicker
MIDDLE = (0.3, 0.75)  # of the ink's height below its top: a minus is written there
LEVEL = 0.12  # of the ink's height: it climbs or falls no more
END, GROWTH = 0.1, 0.15
"""Of the ink's height: within so many columns behind a dash the ink is so much higher than it is.
The flag of a 1 climbs to its top and grows no thicker."""
EDGE = 3  # pixels: ink that begins so near the picture's edge may be cut off, and be anything
SPACE = 0.06  # of the ink's height: so much of the dash is taken out, for the digit to stand alone


def part_dashes(layers: Layers) -> Layers:
    """Return the layers, digits parted from a dash that they begin with."""
    digits = layers.digits
    parted = None
    for contour in find_contours(digits):
        x, y, width, height = cv2.boundingRect(contour)
        if x < EDGE or height < LOWEST * layers.digit_height or width <= LENGTH * height:
            continue
        own = np.zeros((height, width), dtype=np.uint8)
        cv2.drawContours(own, [contour], -1, 255, cv2.FILLED, offset=(-x, -y))
        own &= digits[y : y + height, x : x + width]
        length = find_dash(own > 0)
        if length:
            parted = digits.copy() if parted is None else parted
            space = max(2, round(SPACE * height))
            window = parted[y : y + height, x + length - space : x + length]
            window[own[:, length - space : length] > 0] = 0
    return layers if parted is None else replace(layers, digits=parted)


def find_dash(inked: NDArray[np.bool_]) -> int:
    """Return how long the level stroke at half its height is with which ink begins, 0 for none.

    inked: (height, width), where the ink is, cropped to it; the length in pixels.
    """
    height, width = inked.shape
    tops = inked.argmax(axis=0)
    ends = height - inked[::-1].argmax(axis=0)
    middles = (tops + ends) / 2
    is_stroke = (
        inked.any(axis=0)
        & (ends - tops <= THIN * height)
        & (middles >= MIDDLE[0] * height)
        & (middles <= MIDDLE[1] * height)
        & (np.maximum.accumulate(middles) - np.minimum.accumulate(middles) <= LEVEL * height)
    )
    length = width if is_stroke.all() else int(is_stroke.argmin())
    if not LENGTH * height <= length <= MOST * height or length == width:
        return 0
    tall = ends - tops
    behind = tall[length : length + max(1, round(END * height))].max()
    return length if behind - tall[length - 1] >= GROWTH * height else 0

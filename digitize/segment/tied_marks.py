"""Marks that touch the digit behind them, parted from it: a minus, or a comma that hangs from it.

Joined to it, they would be read as strokes of the digit, and what they say be lost. Parted, each is
a mark of the number's, however thin it is: what it says is for `group` to tell.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from digitize.records import Box, Layers, Pixels
from digitize.segment.components import find_contours
from digitize.segment.dashes import find_dash
from digitize.segment.hanging_commas import find_comma

LOWEST = 0.7  # digit heights: lower ink with a mark before it is no digit
EDGE = 3  # pixels: ink that begins so near the picture's edge may be cut off, and be anything


def part_marks(layers: Layers) -> Layers:
    """Return the layers, digits without the dash or comma that they begin with, a mark by itself.

    A digit through which a dash runs is struck out, and stays as it is.
    """
    digits, parted = layers.digits, list[Box]()
    left = digits
    for contour in find_contours(digits):
        x, y, width, height = cv2.boundingRect(contour)
        if x < EDGE or height < LOWEST * layers.digit_height:
            continue
        own = np.zeros((height, width), dtype=np.uint8)
        cv2.drawContours(own, [contour], -1, 255, cv2.FILLED, offset=(-x, -y))
        own &= digits[y : y + height, x : x + width]
        length = find_dash(own > 0) or find_comma(own > 0, layers.digit_height)
        if length:
            left = digits.copy() if left is digits else left
            mark = own[:, :length]
            left[y : y + height, x : x + length][mark > 0] = 0
            parted.append(box_of(mark, x, y))
    return replace(layers, digits=left, parted=tuple(parted)) if parted else layers


def box_of(ink: Pixels, x: int, y: int) -> Box:
    """Return the box of ink whose picture begins at (x, y)."""
    left, top, width, height = cv2.boundingRect(ink)
    return Box(x + left, y + top, width, height)

"""An even light: paper at 255 wherever it lies, whatever its colour, and ink dark on it."""

from __future__ import annotations

import cv2
import numpy as np

from digitize.records import Pixels

BACKGROUND_SHARE = 1 / 40  # of the shorter side: wider than any stroke, narrower than a shadow
LEAST_BACKGROUND = 25  # pixels: on a cropped number the strokes are wide against the image
COLOURED = 12  # grey levels between channels beyond which paper or ink has a colour of its own
MIDDLE_GREY = 128.0
INVERTED = 1.6  # how much more fine light detail than dark makes a page light-on-dark


def divide_background(pixels: Pixels) -> Pixels:
    """Return (height, width, 3) uint8 RGB with the paper at 255, whatever its colour and light.

    Each channel is divided by its own background.
    """
    flat = [divide(np.asarray(channel, dtype=np.uint8)) for channel in cv2.split(pixels)]
    return np.asarray(cv2.merge(flat), dtype=np.uint8)


def darkest_channel(colour: Pixels) -> Pixels:
    """Return (height, width) uint8, the darkest of each pixel: ink of any colour is dark there."""
    red, green, blue = cv2.split(colour)
    return np.asarray(np.minimum(np.minimum(red, green), blue), dtype=np.uint8)


def is_coloured(small: Pixels) -> bool:
    """Tell whether more than a thousandth of a thumbnail, RGB, has a colour of its own."""
    levels = small.astype(np.int16)
    spread = levels.max(axis=2) - levels.min(axis=2)
    return float((spread > COLOURED).mean()) > 0.001


def divide(channel: Pixels) -> Pixels:
    """Return one channel, (height, width) uint8, with its paper at 255."""
    background = find_background(channel)
    return np.asarray(cv2.divide(channel, background, scale=255), dtype=np.uint8)


def find_background(grey: Pixels) -> Pixels:
    """Return the paper's brightness under the ink, (height, width) uint8.

    Morphological closing on a reduced picture removes everything narrower than its kernel.
    """
    height, width = grey.shape
    kernel = max(LEAST_BACKGROUND, round(min(height, width) * BACKGROUND_SHARE))
    reduction = max(1, kernel // 12)
    size = max(1, width // reduction), max(1, height // reduction)
    small = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    side = max(3, kernel // reduction | 1)
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, ellipse, borderType=cv2.BORDER_REPLICATE)
    smooth = cv2.blur(closed, (side, side))
    large = cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.maximum(large, 1).astype(np.uint8)


def is_light_on_dark(small: Pixels) -> bool:
    """Tell whether the writing is lighter than the paper, on a grey thumbnail of a page.

    Most of the page is dark then, and there is more fine light detail than dark; a page in shadow
    has the one, a page dense with print the other.
    """
    if float(np.median(small)) >= MIDDLE_GREY:
        return False
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
    dark = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, kernel).astype(np.float32)
    light = cv2.morphologyEx(small, cv2.MORPH_TOPHAT, kernel).astype(np.float32)
    return float(np.square(light).sum()) > INVERTED * float(np.square(dark).sum())

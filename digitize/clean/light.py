"""An even light: paper at 255 wherever it lies, whatever its colour, and ink dark on it."""

from __future__ import annotations

from functools import reduce
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels

BACKGROUND_SHARE = 1 / 40  # of the shorter side: wider than any stroke, narrower than a shadow
LEAST_BACKGROUND = 25  # pixels: on a cropped number the strokes are wide against the image
COLOURED = 12  # grey levels between channels beyond which paper or ink has a colour of its own
AROUND = 3  # times that width: so far about a hole there is paper
HOLE_DEPTH = 0.55  # of the paper's brightness: a punched hole or a blot is darker, hardly a shadow
HOLE_SIZE = 4  # times the width: no hole is wider or higher
HOLE_FILL = (0.65, 0.88)  # of the box about it that is dark: a round one's share is 0.79
ROUND = 0.75  # of the longer side: the shorter one of a hole, seen askew
MIDDLE_GREY = 128.0
INVERTED = 1.6  # how much more fine light detail than dark makes a page light-on-dark


def divide_background(pixels: Pixels, small: Pixels) -> Pixels:
    """Return a picture, grey or RGB, with the paper at 255, whatever its colour and light.

    small: a thumbnail of it. Each channel is divided by its own background.
    """
    background = find_background(small, min(pixels.shape[:2]))
    height, width = pixels.shape[:2]
    large = cv2.resize(background, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(pixels, large, scale=255), dtype=np.uint8)


def darkest_channel(colour: Pixels) -> Pixels:
    """Return (height, width) uint8, the darkest of each pixel: ink of any colour is dark there."""
    red, green, blue = cv2.split(colour)
    return np.asarray(np.minimum(np.minimum(red, green), blue), dtype=np.uint8)


def brightest_channel(picture: NDArray[Any]) -> Pixels:
    """Return (height, width) uint8, the brightest of each pixel of a picture, grey or RGB."""
    channels = cv2.split(picture)
    return np.asarray(reduce(np.maximum, channels), dtype=np.uint8)


def is_coloured(small: Pixels) -> bool:
    """Tell whether more than a thousandth of a thumbnail, RGB, has a colour of its own."""
    spread = brightest_channel(small) - darkest_channel(small)
    return float((spread > COLOURED).mean()) > 0.001


def find_background(small: Pixels, shorter: int) -> Pixels:
    """Return the paper's brightness under the ink on a thumbnail, grey or RGB, 1 to 255.

    Morphological closing removes everything narrower than its kernel. shorter: the shorter side of
    the picture in pixels.
    """
    kernel = max(LEAST_BACKGROUND, shorter * BACKGROUND_SHARE)
    side = max(3, round(kernel * min(small.shape[:2]) / shorter) | 1)
    ellipse = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side))
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, ellipse, borderType=cv2.BORDER_REPLICATE)
    paper = over_holes(np.asarray(closed, dtype=np.uint8), small, ellipse)
    return np.maximum(cv2.blur(paper, (side, side)), 1).astype(np.uint8)


def over_holes(closed: Pixels, small: Pixels, kernel: NDArray[Any]) -> Pixels:
    """Return a thumbnail's background, holes punched in the paper as bright as what is around them.

    closed: the thumbnail, grey or RGB, closed with the kernel: holes are wider, and no shadows.
    """
    side = len(kernel)
    square = np.ones((AROUND * side, AROUND * side), np.uint8)
    wide = cv2.morphologyEx(small, cv2.MORPH_CLOSE, square, borderType=cv2.BORDER_REPLICATE)
    dark = brightest_channel(closed) < HOLE_DEPTH * brightest_channel(wide)
    holes = cv2.dilate(only_round(dark, HOLE_SIZE * side), kernel) > 0
    paper = closed.copy()
    paper[holes] = wide[holes]
    return paper


def only_round(dark: NDArray[np.bool_], largest: int) -> Pixels:
    """Return the dark places that are round, no shaded cells, and no longer than `largest` pixels.

    dark: (height, width), as is the result but for its uint8, 255 dark.
    """
    _, numbers, boxes, _ = cv2.connectedComponentsWithStats(dark.astype(np.uint8), connectivity=8)
    wide, tall = boxes[:, cv2.CC_STAT_WIDTH], boxes[:, cv2.CC_STAT_HEIGHT]
    longest, shortest = np.maximum(wide, tall), np.minimum(wide, tall)
    fill = boxes[:, cv2.CC_STAT_AREA] / (wide * tall)
    is_round = (longest <= largest) & (shortest >= ROUND * longest)
    is_round &= (fill >= HOLE_FILL[0]) & (fill <= HOLE_FILL[1])
    is_round[0] = False
    return np.where(is_round[numbers], np.uint8(255), np.uint8(0))


def is_light_on_dark(small: Pixels) -> bool:
    """Tell whether the writing is lighter than the paper, on a grey thumbnail of a page.

    Most of the page is dark then, and there is more fine light detail than dark; a page in shadow
    has the one, a page dense with print the other.
    """
    if 2 * np.count_nonzero(small < MIDDLE_GREY) <= small.size:
        return False
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
    dark = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, kernel).astype(np.float32)
    light = cv2.morphologyEx(small, cv2.MORPH_TOPHAT, kernel).astype(np.float32)
    return float(np.square(light).sum()) > INVERTED * float(np.square(dark).sum())

"""Page to flat page: an even background, dark ink on light paper, upright lines, and its ink."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import FlatPage, Page, Pixels

Affine = NDArray[np.float64]

MAX_WORKING_PIXELS = 9.5e6  # A4 at 300 dpi; larger pages are shrunk, for digits stay > 100 px high
THUMBNAIL = 800  # pixels, longer side: lines of writing stay apart, an angle costs a millisecond
BACKGROUND_SHARE = 1 / 40  # of the shorter side: wider than any stroke, narrower than a shadow
LEAST_BACKGROUND = 25  # pixels: on a cropped number the strokes are wide against the image
COLOURED = 12  # grey levels between channels beyond which paper or ink has a colour of its own
WINDOW_SHARE = 1 / 25  # of the longer side: holds a digit and some paper around it
LEAST_WINDOW = 31  # pixels
MIDDLE_GREY = 128.0
FULL_CONTRAST = 128.0  # Sauvola's R: the largest standard deviation of grey levels
INVERTED = 1.6  # how much more fine light detail than dark makes a page light-on-dark
GRAIN = 40  # grey levels below the paper: what is fainter does not tell lines
LEAST_SKEW = 0.12  # degrees: less moves a line of A4 by under half a digit's stroke


@dataclass(frozen=True, slots=True)
class CleanOptions:
    """How a page is cleaned.

    sauvola_k: how far below the local mean ink must be, in shares of the missing contrast.
    max_skew_degrees: how far a page may lean; 0 leaves it as it is.
    """

    sauvola_k: float = 0.22
    max_skew_degrees: float = 15.0


def clean(page: Page, options: CleanOptions = CleanOptions()) -> FlatPage:
    """Return the page flat and upright, with its ink."""
    pixels, scale = shrink(page.pixels)
    if is_light_on_dark(_grey(_thumbnail(pixels))):
        pixels = 255 - pixels
    colour = divide_background(pixels) if is_coloured(pixels) else None
    grey = _divide(_grey(pixels)) if colour is None else darkest_channel(colour)
    angle = find_skew(grey, options.max_skew_degrees)
    grey, to_flat = rotate(grey, angle)
    to_flat[:, :2] *= scale
    return FlatPage(
        grey=grey,
        ink=binarise(grey, options.sauvola_k),
        to_page=np.asarray(cv2.invertAffineTransform(to_flat), dtype=np.float64),
        skew_degrees=angle,
        colour=None if colour is None else rotate(colour, angle)[0],
    )


def shrink(pixels: Pixels) -> tuple[Pixels, float]:
    """Return the picture with at most 9.5 million pixels, and the scale that made it so."""
    height, width = pixels.shape[:2]
    scale = min(1.0, float(np.sqrt(MAX_WORKING_PIXELS / (height * width))))
    if scale == 1.0:
        return pixels, 1.0
    size = round(width * scale), round(height * scale)
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8), scale


def divide_background(pixels: Pixels) -> Pixels:
    """Return (height, width, 3) uint8 RGB with the paper at 255, whatever its colour and light.

    Each channel is divided by its own background.
    """
    flat = [_divide(np.asarray(channel, dtype=np.uint8)) for channel in cv2.split(pixels)]
    return np.asarray(cv2.merge(flat), dtype=np.uint8)


def darkest_channel(colour: Pixels) -> Pixels:
    """Return (height, width) uint8, the darkest of each pixel: ink of any colour is dark there."""
    red, green, blue = cv2.split(colour)
    return np.asarray(np.minimum(np.minimum(red, green), blue), dtype=np.uint8)


def is_coloured(pixels: Pixels) -> bool:
    """Tell whether more than a thousandth of the picture has a colour of its own."""
    small = _thumbnail(pixels).astype(np.int16)
    spread = small.max(axis=2) - small.min(axis=2)
    return float((spread > COLOURED).mean()) > 0.001


def _divide(channel: Pixels) -> Pixels:
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


def is_light_on_dark(grey: Pixels) -> bool:
    """Tell whether the writing is lighter than the paper, on a page as it was given.

    Most of the page is dark then, and there is more fine light detail than dark; a page in shadow
    has the one, a page dense with print the other.
    """
    small = _thumbnail(grey)
    if float(np.median(small)) >= MIDDLE_GREY:
        return False
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
    dark = cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, kernel).astype(np.float32)
    light = cv2.morphologyEx(small, cv2.MORPH_TOPHAT, kernel).astype(np.float32)
    return float(np.square(light).sum()) > INVERTED * float(np.square(dark).sum())


def find_skew(grey: Pixels, max_degrees: float) -> float:
    """Return the angle in degrees by which lines climb to the right, within +-max_degrees.

    The angle at which the row sums of ink vary most is the lines' own (W. Postl 1986,
    "Detection of linear oblique structures and skew scan in digitized documents", ICPR).
    """
    ink = (255 - _thumbnail(grey)).astype(np.float32)
    ink[ink < GRAIN] = 0
    if not max_degrees or np.ptp(ink) < GRAIN:
        return 0.0
    coarse = _best_angle(ink, np.arange(-max_degrees, max_degrees + 0.5, 1.0))
    middle = _best_angle(ink, coarse + np.arange(-0.8, 0.81, 0.2))
    fine = _best_angle(ink, middle + np.arange(-0.15, 0.16, 0.05))
    within = min(max(fine, -max_degrees), max_degrees)
    return within if abs(within) >= LEAST_SKEW else 0.0


def _best_angle(ink: NDArray[np.float32], angles: NDArray[np.float64]) -> float:
    sharpness = [_row_sharpness(ink, float(angle)) for angle in angles]
    return float(angles[int(np.argmax(sharpness))])


def _row_sharpness(ink: NDArray[np.float32], angle: float) -> float:
    height, width = ink.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    rows = cv2.warpAffine(ink, turn, (width, height)).sum(axis=1)
    return float(np.square(np.diff(rows)).sum())


def rotate(grey: Pixels, angle: float) -> tuple[Pixels, Affine]:
    """Return the picture turned clockwise by `angle` degrees, nothing cut off, and the map to it.

    The map is (2, 3) float64 from the given picture's pixels to the returned one's.
    """
    if not angle:
        return grey, np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    height, width = grey.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    turn = np.asarray(matrix, dtype=np.float64)
    cosine, sine = abs(turn[0, 0]), abs(turn[0, 1])
    size = round(width * cosine + height * sine), round(width * sine + height * cosine)
    turn[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    paper = (255.0, 255.0, 255.0)
    turned = cv2.warpAffine(grey, turn, size, flags=cv2.INTER_LINEAR, borderValue=paper)
    return np.asarray(turned, dtype=np.uint8), turn


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


def _grey(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _thumbnail(pixels: Pixels) -> Pixels:
    height, width = pixels.shape[:2]
    scale = min(1.0, THUMBNAIL / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)

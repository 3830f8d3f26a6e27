"""The angle at which lines of writing climb, and the page turned by it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.clean.reduced import thumbnail
from digitize.records import Pixels

Affine = NDArray[np.float64]

GRAIN = 40  # grey levels below the paper: what is fainter does not tell lines
LEAST_SKEW = 0.12  # degrees: less moves a line of A4 by under half a digit's stroke


def find_skew(grey: Pixels, max_degrees: float) -> float:
    """Return the angle in degrees by which lines climb to the right, within +-max_degrees.

    The angle at which the row sums of ink vary most is the lines' own (W. Postl 1986,
    "Detection of linear oblique structures and skew scan in digitized documents", ICPR).
    """
    ink = (255 - thumbnail(grey)).astype(np.float32)
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

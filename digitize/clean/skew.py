"""The angle at which lines of writing climb, and the page turned by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.clean.reduced import thumbnail
from digitize.records import Pixels

Floats64: TypeAlias = NDArray[np.float64]
Affine: TypeAlias = Floats64

GRAIN = 40  # grey levels below the paper: what is fainter does not tell lines
LEAST_SKEW = 0.12  # degrees: less moves a line of A4 by under half a digit's stroke


def find_skew(grey: Pixels, max_degrees: float) -> float:
    """Return the angle in degrees by which lines climb to the right, within +-max_degrees.

    The angle at which the row sums of ink vary most is the lines' own (W. Postl 1986,
    "Detection of linear oblique structures and skew scan in digitized documents", ICPR).
    """
    ink = 255 - thumbnail(grey)
    if not max_degrees or np.ptp(ink) < GRAIN:
        return 0.0
    points = InkPoints.of(ink, ink >= GRAIN)
    coarse = _best_angle(points, np.arange(-max_degrees, max_degrees + 0.5, 1.0))
    middle = _best_angle(points, coarse + np.arange(-0.8, 0.81, 0.2))
    fine = _best_angle(points, middle + np.arange(-0.15, 0.16, 0.05))
    within = min(max(fine, -max_degrees), max_degrees)
    return within if abs(within) >= LEAST_SKEW else 0.0


@dataclass(frozen=True, slots=True)
class InkPoints:
    """The dark pixels of a picture: all (n,) float64; x and y from its middle, darkness 0 to 255.

    height: of the picture, in pixels; reach: from its middle to a corner.
    """

    x: Floats64
    y: Floats64
    darkness: Floats64
    height: int
    reach: int

    @classmethod
    def of(cls, ink: Pixels, dark: NDArray[np.bool_]) -> InkPoints:
        """Return the pixels of `ink`, 255 darkest, that are `dark`."""
        height, width = ink.shape
        y, x = np.nonzero(dark)
        reach = int(np.hypot(height, width)) // 2 + 1
        across, down, darkness = (
            each.astype(np.float64) for each in (x - width // 2, y - height // 2, ink[dark])
        )
        return cls(across, down, darkness, height, reach)

    def row_sums(self, angle: float) -> Floats64:
        """Return the sums of darkness on rows one pixel apart that climb by `angle` degrees.

        Each pixel counts for the two rows that it lies between, more for the nearer. There are as
        many rows as the picture has: beyond, its edges would count as ink's.
        """
        turn = np.deg2rad(angle)
        rows = self.y * np.cos(turn)  # and on in place: this is done at some fifty angles
        rows += self.x * np.sin(turn)
        rows += self.reach
        above = rows.astype(np.intp)
        rows -= above
        below = np.multiply(rows, self.darkness, out=rows)
        sums = np.bincount(above, self.darkness - below, 2 * self.reach + 2)
        sums[1:] += np.bincount(above, below, 2 * self.reach + 1)
        first = self.reach - self.height // 2
        return np.asarray(sums[first : first + self.height], dtype=np.float64)


def _best_angle(points: InkPoints, angles: Floats64) -> float:
    sharpness = [np.square(np.diff(points.row_sums(float(angle)))).sum() for angle in angles]
    return float(angles[int(np.argmax(sharpness))])


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

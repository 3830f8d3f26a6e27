"""Numbers as strips of a fixed height, the form in which they are read at once."""

from __future__ import annotations

import cv2
import numpy as np

from digitize.records import Floats, Pixels

HEIGHT = 32  # pixels of a strip
STRIDE = 4  # columns of a strip that one frame stands for: frame f for 4 f to 4 f + 4
DIGIT_PIXELS = 24.0  # height that digits are brought to
TALLEST = 30.0  # pixels: what stands higher, a climbing number, is brought to this
LEAST_SIZE = 0.8  # of DIGIT_PIXELS: smaller digits are hardly read, rather is a tail left out
MARGIN = 8  # pixels of paper before and after the ink
WIDEST = 1024  # pixels: no number has so many digits; a rule or a scrawl may be as long
FULL_INK = 255.0


def scale_for(ink_height: float, digit_height: float) -> float:
    """Return how many times larger a number's ink is drawn in its strip."""
    return min(DIGIT_PIXELS / digit_height, TALLEST / ink_height)


def rows_shown(digit_height: float) -> int:
    """Return how many rows of ink a strip has room for, where its digits are of the least size."""
    return round(digit_height * TALLEST / (DIGIT_PIXELS * LEAST_SIZE))


def make_strip(ink: Pixels, digit_height: float) -> tuple[Floats, float, float]:
    """Return the strip of a number, and where on it the ink's columns are: scale and offset.

    ink: (height, width) uint8, 0 paper to 255, cropped to the number's ink. digit_height: in its
    pixels. The strip is (32, width) float32, 0 paper to 1 ink; column x of the ink stands at
    x · scale + offset. The ink is centred up and down, for that is where a line of digits has its
    middle.
    """
    scale = scale_for(ink.shape[0], digit_height)
    scale = min(scale, WIDEST / ink.shape[1])
    size = max(1, round(ink.shape[1] * scale)), max(1, min(HEIGHT, round(ink.shape[0] * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    small = np.asarray(cv2.resize(ink, size, interpolation=method), dtype=np.float32) / FULL_INK
    strip = np.zeros((HEIGHT, size[0] + 2 * MARGIN), dtype=np.float32)
    top = (HEIGHT - size[1]) // 2
    strip[top : top + size[1], MARGIN : MARGIN + size[0]] = small
    return strip, size[0] / ink.shape[1], float(MARGIN)

"""How high the digits of a page are, as its ink tells."""

from __future__ import annotations

import cv2
import numpy as np

from digitize.records import Pixels
from digitize.separate.parts import sizes_of

ALIKE = 1.35  # one hand's digits differ in height by about this factor from their middle
WIDEST_SHAPE, TALLEST_SHAPE = 2.5, 12.0  # sides over one another: touching digits, a thin 1
SIZE_WEIGHT = 1.5  # power of the height by which ink counts: between its count and its area
LARGEST_WEIGHT = 1 / 10  # of the page's height: what is taller counts no more
LEAST_HEIGHT = 6.0  # pixels: nothing lower can be read
LEAST_SHARE = 1 / 300  # of the longer side: 1 mm on A4, paper's grain at most
LARGE_WRITING = 2.5  # digit heights: signatures, flourishes and page borders are taller


def estimate_digit_height(ink: Pixels, page_size: tuple[int, ...] | None = None) -> float:
    """Return the height in pixels that most of the ink's components share, as digits do.

    The fullest place in the distribution of heights on a logarithmic scale, where a component
    counts by its height to the power 1.5: many specks do not outweigh the digits, nor does one
    frame. A fortieth of the page's height where nothing has a digit's shape. page_size: height and
    width of the page that the ink is a part of, in pixels.
    """
    page_height, page_width = page_size or ink.shape
    widths, heights = sizes_of(ink).T
    least = max(LEAST_HEIGHT, max(page_height, page_width) * LEAST_SHARE)
    shaped = (widths < WIDEST_SHAPE * heights) & (heights < TALLEST_SHAPE * widths)
    shaped &= heights >= least
    found = np.sort(heights[shaped]).astype(np.float64)
    if not len(found):
        return float(max(least, page_height / 40))
    capped = np.minimum(found, max(page_height * LARGEST_WEIGHT, least))
    weight = np.cumsum(np.power(capped, SIZE_WEIGHT))
    first = np.searchsorted(found, found / ALIKE, side="left")
    last = np.searchsorted(found, found * ALIKE, side="right") - 1
    around = weight[last] - weight[first] + found[first]
    best = int(np.argmax(around))
    alike = found[int(first[best]) : int(last[best]) + 1]
    return float(np.median(alike))


def split_by_size(ink: Pixels, height: float) -> tuple[Pixels, Pixels]:
    """Return the ink of digits' size, and what is far too tall to be a digit."""
    count, labels, statistics, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    tall = statistics[:, cv2.CC_STAT_HEIGHT] > LARGE_WRITING * height
    tall[0] = False
    if not tall.any():
        return ink, np.zeros_like(ink)
    writing = np.zeros_like(ink)
    for label in np.flatnonzero(tall[:count]):
        x, y, width, depth = statistics[label][:4]
        window = np.s_[y : y + depth, x : x + width]
        writing[window][labels[window] == label] = 255
    return np.asarray(cv2.subtract(ink, writing), dtype=np.uint8), writing

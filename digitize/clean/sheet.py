"""A sheet of paper on a photo of a desk: found, and laid out flat.

The sheet is the large bright part of the picture with four straight sides, most of which lie within
the picture; a page that fills its picture, or lies half in shadow, is no sheet on a desk and stays
as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels

Corners = NDArray[np.float64]
Projection = NDArray[np.float64]

INK = 1 / 50  # of the thumbnail's longer side: strokes narrower than this are closed first
LEAST_AREA, MOST_AREA = 0.2, 0.97  # of the picture
LEVELS = (0.0, 0.2, 0.4, 0.6, 0.75)  # from the middle grey to the brightest: desks reflect light
BRIGHTEST = 95  # percentile of the picture's brightness
SIMPLER = (0.01, 0.02, 0.03, 0.05, 0.07)  # of its length, by which an outline is simplified
SQUARENESS = 0.45  # cosine of a corner's angle, at most: 63 to 117 degrees
AT_EDGE = 0.02  # of the picture's sides: nearer to its edge, a side is the picture's own
INNER_SIDES = 3  # of four, that lie within the picture: a shadow has one or two
LEAST_CONTRAST = 1.25  # the sheet's brightness over that of what it lies on
STEP = (
    0.025  # of the picture's longer side: brightness is compared so far to either side of an edge
)
SAMPLES = 40  # places along each side
LEAST_STEP = 0.7  # of a side's places that are brighter within: corners curl, desks shine
INSET = 0.004  # of the sheet's sides, cut off all around: its edge casts a line of shadow


def find_sheet(small: Pixels) -> Corners | None:
    """Return the corners of the sheet on a photo, or None where the picture is the page.

    small: a thumbnail of it, (height, width) uint8 grey. The corners are (4, 2) float64, x and y in
    shares of the picture's width and height, clockwise from the top left one.
    """
    kernel = np.ones((round(max(small.shape) * INK) | 1,) * 2, np.uint8)
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel)
    paper = np.asarray(cv2.medianBlur(closed, 5), dtype=np.uint8)
    middle, _ = cv2.threshold(paper, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    if not (light := paper > middle).any() or light.all():
        return None
    if paper[light].mean() < LEAST_CONTRAST * paper[~light].mean():
        return None
    brightest = float(np.percentile(paper, BRIGHTEST))
    found = [
        (step_of(corners, paper), corners)
        for share in LEVELS
        for corners in outlines_of(paper > middle + share * (brightest - middle), kernel)
        if is_square(corners) and inner_sides(corners, paper.shape) >= INNER_SIDES
    ]
    step, best = max(found, key=lambda each: each[0], default=(0.0, None))
    if best is None or step < LEAST_STEP:
        return None
    return np.asarray(best / [small.shape[1], small.shape[0]], dtype=np.float64)


def outlines_of(bright: NDArray[np.bool_], kernel: Pixels) -> Iterator[Corners]:
    """Yield four-sided outlines of the largest bright part, if it is as large as a sheet."""
    opened = cv2.morphologyEx(bright.astype(np.uint8), cv2.MORPH_OPEN, kernel)
    contours, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(contours, key=cv2.contourArea, default=None)
    if largest is None:
        return
    if not LEAST_AREA * bright.size <= cv2.contourArea(largest) <= MOST_AREA * bright.size:
        return
    hull = cv2.convexHull(largest)
    length = cv2.arcLength(hull, True)
    simpler = [cv2.approxPolyDP(hull, float(share * length), True) for share in SIMPLER]
    for corners in (*(each for each in simpler if len(each) == 4), boxed(hull)):
        yield in_order(np.asarray(corners, dtype=np.float64).reshape(-1, 2))


def boxed(hull: NDArray[Any]) -> NDArray[np.float32]:
    """Return the four corners of the smallest rectangle around a hull."""
    return np.asarray(cv2.boxPoints(cv2.minAreaRect(hull)), dtype=np.float32)


def in_order(corners: Corners) -> Corners:
    """Return four corners clockwise from the top left one."""
    across, down = (corners - corners.mean(axis=0)).T
    turned = corners[np.argsort(np.arctan2(down, across))]
    return np.roll(turned, -int(turned.sum(axis=1).argmin()), axis=0)


def is_square(corners: Corners) -> bool:
    """Tell whether all corners are nearly right angles."""
    sides = np.roll(corners, -1, axis=0) - corners
    sides /= np.maximum(np.linalg.norm(sides, axis=1, keepdims=True), 1)
    return bool(np.abs((sides * np.roll(sides, -1, axis=0)).sum(axis=1)).max() <= SQUARENESS)


def step_of(corners: Corners, paper: Pixels) -> float:
    """Return the share of its worst side along which a sheet ends: bright within, darker without.

    What lies along the picture's edge ends there. A side that runs across paper is none, whatever
    stands beyond it would be lost.
    """
    height, width = paper.shape
    across = STEP * max(height, width)
    shares = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = (end - start) / max(1.0, float(np.linalg.norm(end - start)))
        outward = np.array([along[1], -along[0]]) * across
        places = start + np.linspace(0.08, 0.92, SAMPLES)[:, None] * (end - start)
        outside = places + outward
        beyond = ((outside < 0) | (outside >= [width, height])).any(axis=1)
        within, without = (_at(paper, each) for each in (places - outward, outside))
        shares.append(float((beyond | (within >= LEAST_CONTRAST * without)).mean()))
    return min(shares)


def _at(paper: Pixels, places: Corners) -> NDArray[np.float64]:
    height, width = paper.shape
    columns, rows = np.clip(places.round().astype(int), 0, [width - 1, height - 1]).T
    return np.asarray(paper[rows, columns], dtype=np.float64)


def inner_sides(corners: Corners, shape: tuple[int, ...]) -> int:
    """Return how many of the four sides do not lie along the picture's edge."""
    size = np.array([shape[1], shape[0]], dtype=np.float64)
    low, high = corners <= AT_EDGE * size, corners >= (1 - AT_EDGE) * size
    along = [(flags & np.roll(flags, -1, axis=0)).any(axis=1) for flags in (low, high)]
    return 4 - int((along[0] | along[1]).sum())


def lay_flat(pixels: Pixels, corners: Corners) -> tuple[Pixels, Projection]:
    """Return the sheet alone, seen from straight above, and the map from it to the picture.

    corners: as `find_sheet` gives them. The map is (3, 3) float64, from the sheet to the picture.
    """
    corners = corners * [pixels.shape[1], pixels.shape[0]]
    middle = corners.mean(axis=0)
    inner = middle + (corners - middle) * (1 - 2 * INSET)
    top, right, bottom, left = np.linalg.norm(np.roll(inner, -1, axis=0) - inner, axis=1)
    width, height = max(1, round(max(top, bottom))), max(1, round(max(left, right)))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    to_sheet = cv2.getPerspectiveTransform(inner.astype(np.float32), flat)
    sheet = cv2.warpPerspective(pixels, to_sheet, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(sheet, dtype=np.uint8), np.asarray(np.linalg.inv(to_sheet), np.float64)

"""A page turned by right angles, and the way back to the page as it was given."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import FlatPage, Page, Pixels

Plane: TypeAlias = NDArray[np.float64]

TURNS = 4
CLOCKWISE = {1: cv2.ROTATE_90_CLOCKWISE, 2: cv2.ROTATE_180, 3: cv2.ROTATE_90_COUNTERCLOCKWISE}


def turn_page(page: Page, quarters: int) -> Page:
    """Return the page turned clockwise by `quarters` right angles."""
    return replace(page, pixels=turned(page.pixels, quarters))


def turned(pixels: Pixels, quarters: int) -> Pixels:
    """Return (height, width, ...) uint8 turned clockwise by `quarters` right angles."""
    code = CLOCKWISE.get(quarters % TURNS)
    return pixels if code is None else np.asarray(cv2.rotate(pixels, code), dtype=np.uint8)


def map_from_turned(shape: tuple[int, ...], quarters: int) -> Plane:
    """Return the (3, 3) float64 map from the turned picture's pixels to those of the given one.

    shape: of the given picture, (height, width, ...). It maps edges of pixels, as boxes have them.
    """
    height, width = shape[:2]
    across = [[1, 0, 0], [0, 1, 0], [-1, 0, width], [0, -1, width]][quarters % TURNS]
    down = [[0, 1, 0], [-1, 0, height], [0, -1, height], [1, 0, 0]][quarters % TURNS]
    return np.array([across, down, [0, 0, 1]], dtype=np.float64)


def onto_given(flat: FlatPage, shape: tuple[int, ...], quarters: int) -> FlatPage:
    """Return the flat page of a turned page with its map leading on to the page as it was given.

    shape: of the given page's pixels.
    """
    return replace(flat, to_page=map_from_turned(shape, quarters) @ flat.to_page)

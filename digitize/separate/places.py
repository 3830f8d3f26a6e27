"""Ink by its places: it is few of a page's pixels, and a list of them is short.

A place is a pixel's index in the page read row by row.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels

Places: TypeAlias = NDArray[np.int64]


def places_of(ink: Pixels) -> Places:
    """Return the places of the ink on a page, (count,) int64, rising."""
    return np.flatnonzero(ink > 0)


def inked_at(places: Places, shape: tuple[int, ...]) -> Pixels:
    """Return a page of this shape with ink, 255, at these places alone."""
    ink = np.zeros(shape, dtype=np.uint8)
    ink.reshape(-1)[places] = 255
    return ink

"""Pale strokes, as of a hard pencil or in dull light: the usual threshold finds crumbs of them."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels

FAINT_PAGE = 0.2  # of the weak ink: where the usual threshold finds less, all ink is pale
LEAST_STRONG = 0.1  # of a part: with less it is a texture or the back of the sheet
MOST_STRONG = 0.6  # of a part: of dark strokes the usual threshold finds all but rims
LONGEST = 1 / 10  # of the page's longer side, 30 mm of A4: longer are rules, patterns and shadows


def stronger(ink: Pixels, weak: Pixels) -> Pixels:
    """Return the ink, its pale parts made whole from the weak ink; all that, if the page is faint.

    ink, weak: (height, width) uint8, 255 ink, by a usual and by a more sensitive threshold; the
    weak ink holds the other. Weak ink that hangs on no other ink is more often a rule, the back of
    the sheet or a texture than a digit, and stays paper (thresholding with hysteresis, J. Canny
    1986, doi:10.1109/TPAMI.1986.4767851).
    """
    found, findable = np.count_nonzero(ink), np.count_nonzero(weak)
    if found < FAINT_PAGE * findable:
        return weak
    if found == findable:
        return ink
    whole = ink.copy()
    whole.reshape(-1)[_pale_places(ink, weak)] = 255
    return whole


def _pale_places(ink: Pixels, weak: Pixels) -> NDArray[np.intp]:
    """Return where, in the flattened page, the pale parts of the weak ink lie.

    `cv2.connectedComponentsWithStats` would take twice the time: it sums up the paper too.
    """
    _, numbers = cv2.connectedComponents(weak, connectivity=8)
    places = np.flatnonzero(weak > 0)
    part = numbers.reshape(-1)[places]
    size = np.bincount(part)
    strong = np.bincount(part, ink.reshape(-1)[places] > 0)
    is_pale = (strong >= LEAST_STRONG * size) & (strong < MOST_STRONG * size)
    of_pale = is_pale[part]
    places, part = places[of_pale], part[of_pale]
    for along in np.divmod(places, ink.shape[1]):
        is_pale &= _extents(part, along, len(size)) < LONGEST * max(ink.shape)
    return np.asarray(places[is_pale[part]], dtype=np.intp)


def _extents(part: NDArray[np.int32], along: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Return (count,) int, how far the pixels of each part lie apart along one side of the page."""
    first = np.full(count, along.max(initial=0))
    last = np.zeros(count, dtype=np.intp)
    np.minimum.at(first, part, along)
    np.maximum.at(last, part, along)
    return np.asarray(last - first, dtype=np.intp)

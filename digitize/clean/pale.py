"""Pale strokes, as of a hard pencil or in dull light: the usual threshold finds crumbs of them."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels

Places: TypeAlias = NDArray[np.intp]

FAINT_PAGE = 0.2  # of the weak ink: where the usual threshold finds less, all ink is pale
LEAST_STRONG = 0.1  # of a part: with less it is a texture or the back of the sheet
MOST_STRONG = 0.6  # of a part: of dark strokes the usual threshold finds all but rims
LONGEST = 1 / 10  # of the page's longer side, 30 mm of A4: longer are rules, patterns and shadows


def share_weak(ink: Pixels, weak: Pixels) -> tuple[Pixels, Pixels]:
    """Return the ink, its pale parts made whole from the weak ink, and what of that is faint.

    ink, weak: (height, width) uint8, 255 ink, by a usual and by a more sensitive threshold; the
    weak ink holds the other, and is all ink where the page is faint. Weak ink that hangs on no
    other ink, but for crumbs, is more often a rule, the back of the sheet or a texture than a digit
    (thresholding with hysteresis, J. Canny 1986, doi:10.1109/TPAMI.1986.4767851): it is faint.
    """
    found, findable = np.count_nonzero(ink), np.count_nonzero(weak)
    if found < FAINT_PAGE * findable:
        return weak, np.zeros_like(weak)
    if found == findable:
        return ink, np.zeros_like(weak)
    whole, faint = ink.copy(), weak.copy()
    pale, hanging = _pale_and_hanging(ink, weak)
    whole.reshape(-1)[pale] = 255
    faint.reshape(-1)[hanging] = 0
    return whole, faint


def _pale_and_hanging(ink: Pixels, weak: Pixels) -> tuple[Places, Places]:
    """Return where, in the flattened page, pale parts of the weak ink lie, and those on dark ink.

    `cv2.connectedComponentsWithStats` would take twice the time: it sums up the paper too.
    """
    count, numbers = cv2.connectedComponents(weak, connectivity=8)
    places = np.flatnonzero(weak > 0)
    part = numbers.reshape(-1)[places]
    strong = np.bincount(part[ink.reshape(-1)[places] > 0], minlength=count)
    size = np.bincount(part, minlength=count)
    hangs = strong >= LEAST_STRONG * size
    hanging = places[hangs[part]]
    is_pale = hangs & (strong < MOST_STRONG * size)
    of_pale = is_pale[part]
    places, part = places[of_pale], part[of_pale]
    for along in np.divmod(places, ink.shape[1]):
        is_pale &= _extents(part, along, len(size)) < LONGEST * max(ink.shape)
    return places[is_pale[part]], hanging


def _extents(part: NDArray[np.int32], along: NDArray[np.intp], count: int) -> NDArray[np.intp]:
    """Return (count,) int, how far the pixels of each part lie apart along one side of the page."""
    first = np.full(count, along.max(initial=0))
    last = np.zeros(count, dtype=np.intp)
    np.minimum.at(first, part, along)
    np.maximum.at(last, part, along)
    return np.asarray(last - first, dtype=np.intp)

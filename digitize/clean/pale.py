"""Strokes so pale that the usual threshold finds but crumbs of them, as of a hard pencil."""

from __future__ import annotations

import cv2
import numpy as np

from digitize.records import Pixels

FAINT_PAGE = 0.2  # of the weak ink: where the usual threshold finds less, all ink is pale
LEAST_FOUND = 0.01  # of a pale stroke: so much the usual threshold finds; of paper's grain, nothing
MOST_FOUND = 0.5  # of a pale stroke: where more is found, the usual threshold draws it better
LONGEST = 0.25  # of the page's longer side: what hangs together further is no digit's stroke


def with_pale_strokes(ink: Pixels, weak: Pixels) -> Pixels:
    """Return the ink, and connected weak ink of which it holds a little; all where most is weak.

    ink, weak: (height, width) uint8, 255 ink, by a usual and by a more sensitive threshold; the
    idea is that of hysteresis (J. Canny 1986, doi:10.1109/TPAMI.1986.4767851).
    """
    if np.count_nonzero(ink) < FAINT_PAGE * np.count_nonzero(weak):
        return weak
    count, numbers, figures, _ = cv2.connectedComponentsWithStats(weak, connectivity=8)
    found = np.bincount(numbers[ink > 0], minlength=count)
    share = found / figures[:, cv2.CC_STAT_AREA]
    longer = figures[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    is_pale = (share >= LEAST_FOUND) & (share <= MOST_FOUND) & (longer <= LONGEST * max(ink.shape))
    is_pale[0] = False
    return np.asarray(np.where(is_pale[numbers], 255, ink), dtype=np.uint8)

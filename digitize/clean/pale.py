"""Pages all of whose ink is pale, as of a hard pencil: the usual threshold finds crumbs of it."""

from __future__ import annotations

import numpy as np

from digitize.records import Pixels

FAINT_PAGE = 0.2  # of the weak ink: where the usual threshold finds less, all ink is pale


def stronger(ink: Pixels, weak: Pixels) -> Pixels:
    """Return the ink; the weak ink instead, where most of a page's ink is so pale.

    ink, weak: (height, width) uint8, 255 ink, by a usual and by a more sensitive threshold. Beside
    dark ink what is pale is more often a rule, the back of the sheet or a texture than a digit.
    """
    is_faint = np.count_nonzero(ink) < FAINT_PAGE * np.count_nonzero(weak)
    return weak if is_faint else ink

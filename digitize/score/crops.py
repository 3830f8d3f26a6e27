"""What stood on the page where a wrong number was read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from digitize.export.framed import framed
from digitize.export.originals import Original, cut_out
from digitize.records import Box, Page, Pixels
from digitize.score.originals import find_original, load_originals
from digitize.score.worst import WrongNumber

CROP = (300, 100)  # width, height in pixels, at most: four across fill a screen of 1280
MARGIN = 0.5  # in heights of the number, so that its neighbours can be seen
MOST_ENLARGED = 4.0  # beyond, blocks are seen, not strokes


def cut_crops(wrong: Sequence[WrongNumber], dpi: int) -> list[Pixels]:
    """Return (height, width, 3) uint8 BGR around each number, from the pages as loaded.

    dpi: of PDF pages that were drawn. Each document is opened once.
    """
    places: dict[Path, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place, one in enumerate(wrong):
        places[find_original(one.page)][one.page.page].append(place)
    crops: dict[int, Pixels] = {}
    for path, by_page in places.items():
        for page in load_originals(path, frozenset(by_page), dpi):
            for place in by_page[page.number]:
                crops[place] = cut_crop(page, wrong[place].number.read.box)
    return [crops[place] for place in range(len(wrong))]


def cut_crop(page: Page, box: Box) -> Pixels:
    """Return (height, width, 3) uint8 BGR: the page around `box`, with a frame about the box."""
    height, width = page.pixels.shape[:2]
    as_read = Original(Path(), page.number, width, height, page.dpi, turn=0)
    crop = cut_out(page, as_read, box, (MARGIN, MARGIN))
    if crop is None:  # the picture beside the truth is smaller than the one that was read
        return np.full((1, 1, 3), 255, dtype=np.uint8)
    return np.ascontiguousarray(framed(crop, CROP, MOST_ENLARGED)[..., ::-1])

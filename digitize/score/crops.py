"""What stood on the page where a wrong number was read."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from digitize.geometry import clip
from digitize.records import Box, Page, Pixels
from digitize.score.originals import find_original, load_originals
from digitize.score.worst import WrongNumber

CROP = (300, 100)  # width, height in pixels, at most: four across fill a screen of 1280
MARGIN = 0.5  # in heights of the number, so that its neighbours can be seen
MOST_ENLARGED = 4.0  # beyond, blocks are seen, not strokes
FRAME = (40, 40, 200)  # BGR: red, which hardly any page has


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
    """Return (height, width, 3) uint8 BGR: the page around `box`, with a red line about the box."""
    height, width = page.pixels.shape[:2]
    margin = MARGIN * box.height
    around = Box(box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin)
    try:
        seen = clip(around, width, height)
    except ValueError:  # the picture beside the truth is smaller than the one that was read
        return np.full((1, 1, 3), 255, dtype=np.uint8)
    left, top = math.floor(seen.x), math.floor(seen.y)
    part = page.pixels[top : math.ceil(seen.bottom), left : math.ceil(seen.right)]
    crop = fitted(np.ascontiguousarray(part[..., ::-1]))
    scale = crop.shape[1] / part.shape[1]
    first = (round((box.x - left) * scale), round((box.y - top) * scale))
    last = (round((box.right - left) * scale), round((box.bottom - top) * scale))
    cv2.rectangle(crop, first, last, FRAME, 1)
    return crop


def fitted(picture: Pixels) -> Pixels:
    """Return a picture as large as a tile has room for, in its own proportions."""
    height, width = picture.shape[:2]
    scale = min(CROP[0] / width, CROP[1] / height, MOST_ENLARGED)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, size, interpolation=method), dtype=np.uint8)

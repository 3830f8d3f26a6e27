"""A crop of a page brought to size, with a frame about the number that is meant."""

from __future__ import annotations

import math

import cv2
import numpy as np

from digitize.export.originals import Crop
from digitize.records import Pixels

FRAME = (213, 94, 0)  # RGB: vermillion, which colour-blind eyes tell from ink and paper
LINE = 0.04  # of the number's height, at least a pixel: the width of the frame's line
GAP = 0.1  # of the number's height: between its box and the frame


def framed(crop: Crop, largest: tuple[int, int], most_enlarged: float = 1.0) -> Pixels:
    """Return (height, width, 3) uint8 RGB: the crop in its own proportions, its number framed.

    largest: width and height in pixels, at most.
    """
    height, width = crop.pixels.shape[:2]
    scale = min(most_enlarged, largest[0] / width, largest[1] / height)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    method = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    picture = cv2.resize(crop.pixels, size, interpolation=method)
    box = crop.box
    gap, line = GAP * box.height * scale, max(1, round(LINE * box.height * scale))
    first = math.floor(box.x * scale - gap), math.floor(box.y * scale - gap)
    last = math.ceil(box.right * scale + gap), math.ceil(box.bottom * scale + gap)
    cv2.rectangle(picture, first, last, FRAME, line)
    return np.asarray(picture, dtype=np.uint8)

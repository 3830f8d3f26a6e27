"""What kind of ink each pixel of a page is, as the ink network sees it at the scale it knows."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from digitize.records import FlatPage, Pixels
from digitize.separate.heights import estimate_digit_height
from digitize.separate.ink_network import DIGIT_PIXELS, Ink, InkNetwork

OTHER_SCALE = 1.5  # how far the digits seen may be from the height looked for: the network's reach
USUAL_SHARE = 1 / 70  # of the longer side: 4.2 mm on A4, where no digit was seen at the first look
LEAST_SEEN = 40  # pixels of digits at the network's scale: a thin 1 has as many
LARGEST_LOOK = 4e6  # pixels: a page of very small writing is looked at this closely, no closer
CLOSEST_LOOK = 2.0  # times larger than the page is: more shows nothing that was not there


@dataclass(frozen=True, slots=True)
class Kinds:
    """Each pixel's likeliest kind, (height, width) uint8 of Ink; `inks` as if none were paper.

    digit_height: of the digits seen, in pixels of the page; None where none was.
    """

    kinds: Pixels
    inks: Pixels
    digit_height: float | None


def find_kinds(page: FlatPage, height: float, network: InkNetwork) -> Kinds:
    """Return what the network makes of the page, whose digits are thought to be `height` high.

    The page is looked at again where its digits turn out to be of quite another size, and where
    none is seen although they may be.
    """
    pixels = rgb_of(page)
    found = look(pixels, height, network)
    wanted = found.digit_height or max(pixels.shape[:2]) * USUAL_SHARE
    if max(wanted, height) <= OTHER_SCALE * min(wanted, height):
        return found
    again = look(pixels, wanted, network)
    return again if again.digit_height else found


def rgb_of(page: FlatPage) -> Pixels:
    """Return the flat page as (height, width, 3) uint8 RGB, grey where it has no colour."""
    if page.colour is not None:
        return page.colour
    return np.asarray(cv2.cvtColor(page.grey, cv2.COLOR_GRAY2RGB), dtype=np.uint8)


def look(pixels: Pixels, height: float, network: InkNetwork) -> Kinds:
    """Return what the network sees when digits `height` pixels high are brought to its scale."""
    rows, columns = pixels.shape[:2]
    widest = min(CLOSEST_LOOK, float(np.sqrt(LARGEST_LOOK / (rows * columns))))
    scale = min(DIGIT_PIXELS / height, widest)
    size = max(1, round(columns * scale)), max(1, round(rows * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    scaled = np.asarray(cv2.resize(pixels, size, interpolation=method), dtype=np.uint8)
    likely = network.classes(scaled)
    kinds = likely.argmax(axis=0).astype(np.uint8)
    inks = (likely[1:].argmax(axis=0) + 1).astype(np.uint8)
    seen = np.where(kinds == Ink.DIGITS, 255, 0).astype(np.uint8)
    enough = cv2.countNonZero(seen) >= LEAST_SEEN
    return Kinds(
        _enlarged(kinds, columns, rows),
        _enlarged(inks, columns, rows),
        estimate_digit_height(seen) / scale if enough else None,
    )


def _enlarged(kinds: Pixels, width: int, height: int) -> Pixels:
    grown = cv2.resize(kinds, (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(grown, dtype=np.uint8)

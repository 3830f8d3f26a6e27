"""What kind of ink each pixel of a page is, as the ink network sees it at the scale it knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import cv2
import numpy as np

from digitize.records import FlatPage, Floats, Pixels
from digitize.separate.heights import estimate_digit_height
from digitize.separate.ink_network import DIGIT_PIXELS, Ink, InkNetwork, Logits
from digitize.separate.places import Places

Window: TypeAlias = tuple[slice, slice]

OTHER_SCALE = 1.5  # how far the digits seen may be from the height looked for: the network's reach
TOO_FAR = 1.25  # how much smaller they may be: from further off, two rows of digits look like one
LOOKS = 2  # besides the first, at most: each takes the network's time again
USUAL_SHARE = 1 / 70  # of the longer side: 4.2 mm on A4, where no digit was seen at the first look
LEAST_SEEN = 40  # pixels of digits at the network's scale: a thin 1 has as many
LARGEST_LOOK = 4e6  # pixels: a page of very small writing is looked at this closely, no closer
PAPER_AROUND = 2  # digit heights seen about the ink: with one, the edge of the look changes answers
CLOSEST_LOOK = 2.0  # times larger than the page is: more shows nothing that was not there


@dataclass(frozen=True, slots=True)
class Kinds:
    """What the network made of a page.

    logits: (5, rows, columns) float16 by Ink, as the network saw the part of the page that holds
    ink. shape: (height, width) of that part; corner: its first row and column on the page.
    digit_height: of the digits seen, in pixels of the page; None where none was.
    """

    logits: Logits
    shape: tuple[int, int]
    digit_height: float | None
    corner: tuple[int, int] = (0, 0)

    def at(self, places: Places, width: int) -> Floats:
        """Return (5, count) float32, the logits at these places, all ink, of a page so wide."""
        (rows, columns), (top, left) = self.shape, self.corner
        seen_rows, seen_columns = self.logits.shape[1:]
        row_starts = np.arange(rows) * seen_rows // rows * seen_columns
        seen_in_row = np.arange(columns) * seen_columns // columns
        row, column = np.divmod(places, width)
        seen = row_starts[row - top] + seen_in_row[column - left]
        return np.asarray(self.logits.reshape(len(Ink), -1).take(seen, axis=1), dtype=np.float32)

    def likeliest(self, kind: Ink) -> Pixels:
        """Return where in its part of the page this kind is likeliest, `shape` uint8, 255 or 0."""
        seen = where_likeliest(self.logits, kind)
        size = self.shape[1], self.shape[0]
        return np.asarray(cv2.resize(seen, size, interpolation=cv2.INTER_NEAREST), dtype=np.uint8)

    @property
    def window(self) -> Window:
        """The rows and columns of the page that were seen."""
        (top, left), (rows, columns) = self.corner, self.shape
        return slice(top, top + rows), slice(left, left + columns)


def find_kinds(page: FlatPage, height: float, network: InkNetwork) -> Kinds:
    """Return what the network makes of the page, whose digits are thought to be `height` high.

    The page is looked at again where its digits turn out to be of quite another size, or smaller so
    that a closer look may tell them apart, and where none is seen although they may be. A size that
    is not seen from where it should be was of crumbs.
    """
    pixels = page.grey if page.colour is None else page.colour
    part = part_with_ink(page.ink, height)
    usual = max(pixels.shape[:2]) * USUAL_SHARE
    first = look(pixels, part, height, network)
    if not first.digit_height and are_alike(usual, height):
        return first
    at, seen, believed = height, first, None
    for looks_left in range(LOOKS, -1, -1):
        size = seen.digit_height
        if size and are_alike(size, at):
            believed = seen
            if at <= TOO_FAR * size:
                break
        if not looks_left or (not size and (believed or at == usual)):
            break
        at = size or usual
        seen = look(pixels, part, at, network)
    return believed or replace(first, digit_height=None)


def are_alike(one: float, other: float) -> bool:
    """Tell whether the network reads digits of both heights at one scale."""
    return max(one, other) <= OTHER_SCALE * min(one, other)


def part_with_ink(ink: Pixels, height: float) -> Window:
    """Return the rows and columns of a page with all its ink and some paper around it.

    One pixel where there is no ink, since nothing asks for the kind of paper.
    """
    x, y, wide, tall = cv2.boundingRect(ink)
    if not wide:
        return slice(0, 1), slice(0, 1)
    rows, columns = ink.shape
    around = round(PAPER_AROUND * height)
    return (
        slice(max(0, y - around), min(rows, y + tall + around)),
        slice(max(0, x - around), min(columns, x + wide + around)),
    )


def look(pixels: Pixels, part: Window, height: float, network: InkNetwork) -> Kinds:
    """Return what the network sees when digits `height` pixels high are brought to its scale.

    pixels: of the page, (height, width) uint8 grey or (height, width, 3) RGB; it looks at this part
    alone.
    """
    inked = pixels[part]
    rows, columns = inked.shape[:2]
    widest = min(CLOSEST_LOOK, float(np.sqrt(LARGEST_LOOK / (rows * columns))))
    scale = min(DIGIT_PIXELS / height, widest)
    size = max(1, round(columns * scale)), max(1, round(rows * scale))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    scaled = np.asarray(cv2.resize(inked, size, interpolation=method), dtype=np.uint8)
    logits = network.logits(in_rgb(scaled))
    seen = where_likeliest(logits, Ink.DIGITS)
    digit_height = None
    if cv2.countNonZero(seen) >= LEAST_SEEN:
        page_size = tuple(max(1, round(side * scale)) for side in pixels.shape[:2])
        digit_height = estimate_digit_height(seen, page_size) / scale
    return Kinds(logits, (rows, columns), digit_height, (part[0].start, part[1].start))


def where_likeliest(logits: Logits, kind: Ink) -> Pixels:
    """Return where this kind is likelier than every other, (rows, columns) uint8, 255 or 0.

    logits: (5, rows, columns).
    """
    first, second, *others = (each for each in Ink if each != kind)
    most = cv2.max(logits[first], logits[second])  # NumPy's takes fifty times as long for float16
    for other in others:
        cv2.max(most, logits[other], dst=most)
    return np.asarray(cv2.compare(logits[kind], most, cv2.CMP_GT), dtype=np.uint8)


def in_rgb(pixels: Pixels) -> Pixels:
    """Return a picture, grey or RGB, as (height, width, 3) uint8 RGB."""
    if pixels.ndim == 3:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB), dtype=np.uint8)

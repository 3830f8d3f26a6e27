"""Digits of several lines that touch: glyphs far higher than those about them, parted across.

Sums are written line close below line, and a tail reaches into the digit below. A glyph as high as
two lines or more is a large digit only where what stands about it is as large, or stands by its
middle.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from digitize.geometry import corners
from digitize.records import Box, Glyph, Pixels
from digitize.segment.seams import find_seams

HIGH = (1.75, 4.6)  # digit heights of two to four digits below one another
PITCH = 1.1  # digit heights from line to line, where digits touch
WIDE = (0.3, 1.2)  # digit heights: slimmer ink is a stroke, wider is several digits side by side
ABOUT = 2.5  # digit heights: how far off, sideways, up and down, glyphs tell what size is written
LOWER = 0.65  # of a glyph's height: most of those about it are no higher, where it is two digits
FEWEST = 2  # glyphs about it
MIDDLE = 0.15  # of its height, either way: glyphs about a large digit have their middles there
SWAY = 0.28  # digit heights, up or down: how far from an even share a line may end


def part_stacked(glyphs: Sequence[Glyph], height: float) -> dict[int, list[Glyph]]:
    """Return the parts, from top to bottom, of those glyphs that may be digits of several lines.

    By the place in `glyphs`. height: of the page's digits, in pixels.
    """
    tall = [at for at, glyph in enumerate(glyphs) if has_stack_size(glyph.box, height)]
    if not tall:
        return {}
    boxes = [glyph.box for glyph in glyphs]
    parted = {at: _parts(glyphs[at], height) for at in tall if _spans_lines(at, boxes, height)}
    return {at: parts for at, parts in parted.items() if parts}


def has_stack_size(box: Box, height: float) -> bool:
    """Tell whether a box has the size of several digits below one another on this page."""
    (low, high), (slim, wide) = HIGH, WIDE
    return low <= box.height / height <= high and slim <= box.width / height <= wide


def _spans_lines(at: int, boxes: Sequence[Box], height: float) -> bool:
    """Tell whether the glyphs about one are of its lines, and not beside its middle or as large."""
    own = boxes[at]
    left, top, right, bottom = corners(boxes).T
    across = np.maximum(left, own.x) - np.minimum(right, own.right)
    down = np.maximum(top, own.y) - np.minimum(bottom, own.bottom)
    about = (across <= ABOUT * height) & (down <= ABOUT * height)
    about[at] = False
    if about.sum() < FEWEST or np.median((bottom - top)[about]) > LOWER * own.height:
        return False
    off = np.abs((top + bottom)[about] / 2 - own.centre[1])
    return bool((off > MIDDLE * own.height).mean() > 1 / 2)


def _parts(glyph: Glyph, height: float) -> list[Glyph]:
    """Return the glyph parted into its lines where least ink is crossed; nothing where much is."""
    rows, columns = glyph.ink.shape
    lines = max(2, round(rows / (PITCH * height)))
    line_of = np.zeros((rows, columns), dtype=np.int16)
    for line in range(1, lines):
        first = round(rows * line / lines - SWAY * height)
        window = glyph.ink[max(0, first) : round(rows * line / lines + SWAY * height)]
        seams = find_seams(np.ascontiguousarray(window.T), height, 1)
        if not len(seams.columns):
            return []
        line_of += np.arange(rows)[:, None] >= max(0, first) + seams.columns[0]
    return [_cropped(glyph, np.where(line_of == line, glyph.ink, 0)) for line in range(lines)]


def _cropped(glyph: Glyph, ink: Pixels) -> Glyph:
    """Return a part of a glyph's ink, of the same shape, as a glyph of its own."""
    x, y, width, height = cv2.boundingRect(ink.astype(np.uint8))
    box = Box(glyph.box.x + x, glyph.box.y + y, width, height)
    return Glyph(ink[y : y + height, x : x + width].astype(np.uint8), box, cut=True)

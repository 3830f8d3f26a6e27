"""Digit ink to glyph candidates: contours, broken strokes joined, touching digits parted.

`segment` gives what hangs together; `part` gives what a glyph may be parted into, where it is too
wide for one digit or the classifier doubts it.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from digitize.geometry import window
from digitize.records import Box, Glyph, Layers, Pixels
from digitize.segment.components import (
    Component,
    count_enclosed,
    drop_specks,
    find_components,
    find_contours,
)
from digitize.segment.fragments import join_fragments
from digitize.segment.options import USUAL, SegmentOptions
from digitize.segment.pieces import Lattice, may_be_several, part
from digitize.segment.stacked import has_stack_size, part_stacked

__all__ = [
    "Lattice",
    "SegmentOptions",
    "find_marks",
    "find_writing",
    "may_be_several",
    "part",
    "part_stacked",
    "segment",
]


def segment(
    layers: Layers, options: SegmentOptions = USUAL, *, stacks: bool = False
) -> list[Glyph]:
    """Return the glyph candidates in the layer of digits; touching digits are one as yet.

    stacks: whether digits of several lines that touch, higher than any digit, are given too.
    """
    height = layers.digit_height
    components = find_components(layers.digits)
    joined = join_fragments(drop_specks(components, height, options), height, options)
    return [
        Glyph(component.mask, component.box)
        for component in joined
        if is_plausible(component.box, height, options)
        or (stacks and has_stack_size(component.box, height))
        or is_ring(component, height, options)
    ]


def is_plausible(box: Box, height: float, options: SegmentOptions) -> bool:
    """Tell whether a box has the size of a digit on this page, or of several in a row."""
    tall = options.least_height * height <= box.height <= options.most_height * height
    return tall and box.width <= options.longest * max(height, box.height)


def is_ring(component: Component, height: float, options: SegmentOptions) -> bool:
    """Tell whether ink is a ring, too small for other digits: points and dashes have no hole."""
    box = component.box
    if not options.ring * height <= box.height < options.least_height * height:
        return False
    hole = count_enclosed(component, options.ring_gap)
    return hole >= options.ring_hole * box.width * box.height


def find_marks(
    layers: Layers, glyphs: Sequence[Glyph], options: SegmentOptions = USUAL
) -> list[Box]:
    """Return small ink that is no speck: points, commas, dashes, and strokes that made no glyph.

    What is small is no digit, so that an ink network may take it for other writing. Dashes parted
    from a digit are among them.
    """
    height = layers.digit_height
    used = np.zeros_like(layers.digits)
    for glyph in glyphs:
        # a point under a 7 stands in its box; one in a 0 is part of it
        used[window(glyph.box)] |= filled(glyph.ink)
    rest = np.asarray(cv2.subtract(layers.digits, used), dtype=np.uint8)
    loose = _boxes(rest, options.mark * height, options.most_height * height)
    written = _boxes(layers.writing, options.mark * height, options.longest_mark * height)
    low = [box for box in written if box.height <= options.tallest_mark * height]
    return [*loose, *low, *layers.parted]


def filled(ink: Pixels) -> Pixels:
    """Return the ink with what it encloses, (height, width)."""
    whole = np.zeros_like(ink)
    cv2.drawContours(whole, find_contours(ink), -1, 255, cv2.FILLED)
    return whole


def find_writing(layers: Layers, options: SegmentOptions = USUAL) -> list[Box]:
    """Return the boxes of other writing that is as high as a digit: letters, words, print.

    Letters joined to a word count from half that height on: most of those without ascenders.
    """
    height = layers.digit_height
    boxes = _boxes(layers.writing, options.mark * height, float(max(layers.writing.shape)))
    return [
        box
        for box in boxes
        if (options.low_word if box.width >= height else options.tallest_mark)
        <= box.height / height
        <= options.most_height
    ]


def _boxes(ink: Pixels, least: float, most: float) -> list[Box]:
    """Return the boxes of connected ink, no side of which is below `least` or above `most`."""
    boxes = (cv2.boundingRect(contour) for contour in find_contours(ink))
    return [
        Box(x, y, width, height)
        for x, y, width, height in boxes
        if least <= min(width, height) and max(width, height) <= most
    ]

"""Bare strokes that were refused where a row of evenly spread digits lacks one: they are 1s.

A short upright stroke is all that some people write for a 1, and alone it may as well be a
scratch. In the gap of a row of digits that stand evenly, right where one is due, it is none.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from digitize.geometry import corners
from digitize.records import BARE_STROKE, Box, Glyph, Reading

DUE = Reading(digit=BARE_STROKE, confidence=0.5, alternatives=())  # a person is to look at it
FEWEST = 5  # digits of a row: fewer stand evenly by chance
LEAST_PITCH = 1.0  # digit heights from middle to middle: closer digits are not spread
UNEVEN = 1.35  # a row's pitches over their median, and the other way round
SLIM = 0.35  # of its height: a wider stroke leans, as a slash does
LOWER, HIGHER = 0.7, 1.2  # of the row's digits: a stroke is as high as they are


def read_due_strokes(
    glyphs: Sequence[Glyph], readings: Sequence[Reading | None]
) -> list[Reading | None]:
    """Return the readings, a refused stroke read as 1 where a row of digits has a place for it."""
    heard = list(readings)
    refused = [
        at
        for at, (glyph, reading) in enumerate(zip(glyphs, readings, strict=True))
        if reading is None and is_stroke(glyph)
    ]
    read = [glyph for glyph, reading in zip(glyphs, readings, strict=True) if reading is not None]
    if not refused or len(read) < FEWEST:
        return heard
    edges = corners([glyph.box for glyph in read])
    for at in refused:
        if is_due(glyphs[at].box, edges):
            heard[at] = DUE
    return heard


def is_stroke(glyph: Glyph) -> bool:
    """Tell whether a glyph is slim and upright."""
    return glyph.box.width <= SLIM * glyph.box.height


def is_due(stroke: Box, edges: NDArray[np.float64]) -> bool:
    """Tell whether the row of digits that a stroke stands in is even with it, and not without.

    edges: (count, 4), left, top, right and bottom of all digits.
    """
    middle = stroke.centre
    middles, heights = (edges[:, :2] + edges[:, 2:]) / 2, edges[:, 3] - edges[:, 1]
    in_row = np.abs(middles[:, 1] - middle[1]) <= np.maximum(heights, stroke.height) / 2
    if in_row.sum() < FEWEST:
        return False
    row, height = np.sort(middles[in_row, 0]), float(np.median(heights[in_row]))
    pitches = np.diff(row)
    place = int(np.searchsorted(row, middle[0]))
    if not 0 < place < len(row) or not LOWER * height <= stroke.height <= HIGHER * height:
        return False
    others = np.delete(pitches, place - 1)
    usual = float(np.median(others))
    around = np.concatenate([others, [middle[0] - row[place - 1], row[place] - middle[0]]])
    is_even = (around <= UNEVEN * usual) & (around >= usual / UNEVEN)
    return bool(usual >= LEAST_PITCH * height and is_even.all())

"""Commas as large as small digits, which are read as 1: they hang below the digit they follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from digitize.geometry import corners
from digitize.recognise import Recognised
from digitize.records import BARE_STROKE, Box, Reading

UNSURE = 0.5  # of a confidence: or as anything, by guessing
HIGHEST, WIDEST = 0.6, 0.5  # of the digit it follows, in its heights: larger ink is a digit
TOP = 0.55  # of that digit's height below its top: a comma begins no higher
DROP = 0.08  # of that digit's height: so far below its foot a comma ends at least
NEAR = (-0.35, 0.35)  # of that digit's height, behind its right edge: a comma begins there
LONG = 1.4  # digit heights: longer ink has a tail, beside which the next line's digits seem low


def without_commas(found: Recognised, height: float) -> tuple[Recognised, list[Box]]:
    """Return what was recognised but for commas, which are no glyphs; and their boxes, as marks.

    height: of the page's digits, in pixels.
    """
    boxes = [glyph.box for glyph in found.glyphs]
    hosts = [box for box in boxes if box.height <= LONG * height]
    commas = np.array([may_be_comma(reading) for reading in found.readings], dtype=np.bool_)
    commas[commas] = hang_from(list(compress(boxes, commas)), hosts)
    left = replace(
        found,
        glyphs=list(compress(found.glyphs, ~commas)),
        readings=list(compress(found.readings, ~commas)),
    )
    return left, list(compress(boxes, commas))


def may_be_comma(reading: Reading) -> bool:
    """Tell whether a glyph was read as a comma is: as a bare stroke, or by guessing."""
    return reading.digit == BARE_STROKE or reading.confidence < UNSURE


def hang_from(strokes: Sequence[Box], digits: Sequence[Box]) -> NDArray[np.bool_]:
    """Tell which strokes hang, as commas do, from the foot of one of the digits: (strokes,)."""
    left, top, right, bottom = corners(strokes).T[:, :, None]
    _, digit_top, digit_right, digit_bottom = corners(digits).T
    height = digit_bottom - digit_top
    behind = (left - digit_right) / height
    is_small = (bottom - top <= HIGHEST * height) & (right - left <= WIDEST * height)
    hangs = (top - digit_top >= TOP * height) & (bottom - digit_bottom >= DROP * height)
    touches = top <= digit_bottom  # else it stands on the next line
    is_near = (behind >= NEAR[0]) & (behind <= NEAR[1])
    return np.asarray((is_small & hangs & touches & is_near).any(axis=1), dtype=np.bool_)

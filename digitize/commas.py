"""Commas as large as small digits, which are read as 1: they hang below the digit they follow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from digitize.geometry import corners
from digitize.recognise import Recognised
from digitize.records import Box

HIGHEST, WIDEST = 0.6, 0.35  # of the digit it follows, in its heights: larger ink is a digit
TOP = 0.55  # of that digit's height below its top: a comma begins no higher
DROP = 0.08  # of that digit's height: so far below its foot a comma ends at least
NEAR = (-0.35, 0.5)  # of that digit's height, behind its right edge: a comma begins there


def without_commas(found: Recognised) -> Recognised:
    """Return what was recognised but for commas, which are marks and no glyphs.

    They are told by size and place alone: a 1 so short and so low is part of no number.
    """
    if not found.glyphs:
        return found
    kept = (~are_commas([glyph.box for glyph in found.glyphs])).tolist()
    return replace(
        found,
        glyphs=list(compress(found.glyphs, kept)),
        readings=list(compress(found.readings, kept)),
    )


def are_commas(boxes: Sequence[Box]) -> NDArray[np.bool_]:
    """Tell which boxes of glyphs hang, as commas do, from the foot of another: (boxes,)."""
    left, top, right, bottom = corners(boxes).T[:, :, None]
    _, digit_top, digit_right, digit_bottom = corners(boxes).T
    height = digit_bottom - digit_top
    behind = (left - digit_right) / height
    is_small = (bottom - top <= HIGHEST * height) & (right - left <= WIDEST * height)
    hangs = (top - digit_top >= TOP * height) & (bottom - digit_bottom >= DROP * height)
    touches = top <= digit_bottom  # else it stands on the next line
    is_near = (behind >= NEAR[0]) & (behind <= NEAR[1])
    return np.asarray((is_small & hangs & touches & is_near).any(axis=1), dtype=np.bool_)

"""Glyph and page to how the ink looks: by this, pages are compared with those calibrated on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digitize.geometry import window
from digitize.ink import stroke_width
from digitize.records import FlatPage, Glyph

FULL = 255.0  # grey levels from the darkest ink to paper


@dataclass(frozen=True, slots=True)
class Appearance:
    """stroke: width of the stroke in glyph heights. contrast: of ink against paper, 0 to 1."""

    stroke: float
    contrast: float


def appearances(glyphs: Sequence[Glyph], flat: FlatPage) -> list[Appearance]:
    """Return how each glyph looks on the page it was found on."""
    return [_look(glyph, flat) for glyph in glyphs]


def _look(glyph: Glyph, flat: FlatPage) -> Appearance:
    inked = glyph.ink > 0
    grey = flat.grey[window(glyph.box)]
    stroke = stroke_width(glyph.ink.astype(np.float32) / np.float32(FULL))
    return Appearance(stroke / len(glyph.ink), 1 - float(grey[inked].mean()) / FULL)

"""Arithmetic on ink that several stages need."""

from __future__ import annotations

import numpy as np

from digitize.records import Floats


def stroke_width(ink: Floats) -> float:
    """Return the mean stroke width in pixels: twice the ink's area over its outline's length.

    A stroke of length l and width w has area l·w and an outline of about 2·l, whatever its shape;
    measured on the grey levels, so that it holds for anti-aliased ink (total variation).
    """
    height, width = ink.shape
    padded = np.zeros((height + 2, width + 2), dtype=np.float32)
    padded[1:-1, 1:-1] = ink
    here = padded[1:, 1:]
    outline = float(np.hypot(here - padded[1:, :-1], here - padded[:-1, 1:]).sum())
    return 2.0 * float(ink.sum()) / outline if outline else 0.0

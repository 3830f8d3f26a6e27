"""Digits with long tails, read by what stands above the tail.

In the field of the classifier, which a glyph fills whatever its size, the loop of a 9 whose tail is
three times as long is no more than a thick end: it is read as 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from digitize.classify import Classifier
from digitize.decode import decode
from digitize.normalise import normalise
from digitize.options import PageOptions
from digitize.records import BARE_STROKE, Box, Glyph, Reading

LONG = 1.6  # digit heights: a stroke that is as high may be a tail
HEAD = 1.2  # digit heights: what a tail hangs from is no higher
TAILED = frozenset({4, 7, 9})
SURE = 0.9  # of a probability


def read_heads(
    glyphs: Sequence[Glyph],
    readings: Sequence[Reading | None],
    height: float,
    classifier: Classifier,
    options: PageOptions,
) -> tuple[list[Glyph], list[Reading | None]]:
    """Return the glyphs and their readings, those of long tails by their heads where that is clear.

    Such a glyph counts as cut: a person is to look at it, unless the second reader reads the same.
    height: of the page's digits, in pixels.
    """
    read_glyphs, heard = list(glyphs), list(readings)
    long = [
        at
        for at, (glyph, reading) in enumerate(zip(glyphs, readings, strict=True))
        if glyph.box.height >= LONG * height and not _is_clear(reading)
    ]
    if not long:
        return read_glyphs, heard
    heads = [head_of(glyphs[at], round(HEAD * height)) for at in long]
    scores = classifier.scores(normalise(heads, options.normalise))
    for at, head in zip(long, decode(scores, options.decode), strict=True):
        if head and head.digit in TAILED and head.confidence >= SURE:
            read_glyphs[at], heard[at] = replace(glyphs[at], cut=True), head
    return read_glyphs, heard


def _is_clear(reading: Reading | None) -> bool:
    return reading is not None and reading.digit != BARE_STROKE and reading.confidence >= SURE


def head_of(glyph: Glyph, rows: int) -> Glyph:
    """Return the upper `rows` rows of a glyph, cropped to its ink there."""
    ink = glyph.ink[:rows]
    columns = np.flatnonzero(ink.any(axis=0))
    left, right = int(columns[0]), int(columns[-1]) + 1
    box = Box(glyph.box.x + left, glyph.box.y, right - left, ink.shape[0])
    return Glyph(ink[:, left:right], box, cut=True)

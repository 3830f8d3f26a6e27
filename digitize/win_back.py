"""Digits that were taken for other writing, won back where they stand in a row with digits.

The ink network sees strokes, not shapes: of a number written in one go it may take half for
cursive. What the classifier is sure of, beside digits and as close to them as they stand to each
other, is one of them; it is left to a person to say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

import numpy as np

from digitize.classify import Classifier
from digitize.geometry import are_beside, window
from digitize.normalise import normalise
from digitize.options import PageOptions
from digitize.records import Box, Glyph, Layers
from digitize.segment import segment

SURE = 0.8  # of the classifier's probability of a digit; a person looks at it anyway
REACH = 0.7  # digit heights between neighbours in a row, as numbers are spaced
LEAST_ROW = 2  # digits beside each other, for a row to be gone on with: one may be a mistake


def win_back(layers: Layers, classifier: Classifier, options: PageOptions) -> Layers:
    """Return the layers with such writing among the digits."""
    if layers.doubtful is None or not layers.doubtful.any() or not layers.digits.any():
        return layers
    doubtful = segment(replace(layers, digits=layers.doubtful), options.segment)
    if not doubtful:
        return layers
    digits = [glyph.box for glyph in segment(layers, options.segment)]
    reach = REACH * layers.digit_height
    in_row = are_beside(digits, digits, reach).sum(axis=1) >= LEAST_ROW
    row = list(compress(digits, in_row))
    likely = _near(doubtful, row, reach)
    if not likely:
        return layers
    scores = classifier.scores(normalise(likely, options.normalise))[:, :-1].max(axis=1)
    return _moved(layers, _near(list(compress(likely, scores >= SURE)), row, reach))


def _near(glyphs: Sequence[Glyph], row: Sequence[Box], reach: float) -> list[Glyph]:
    """Return the glyphs beside one of the row, or beside such a glyph, and so on."""
    left, last, found = list(glyphs), list(row), []
    while left and last:
        beside = are_beside([one.box for one in left], last, reach)
        is_near = np.asarray(beside.any(axis=1), dtype=np.bool_)
        new = list(compress(left, is_near))
        left = list(compress(left, ~is_near))
        found += new
        last = [one.box for one in new]
    return found


def _moved(layers: Layers, glyphs: Sequence[Glyph]) -> Layers:
    won_back = np.zeros_like(layers.digits)
    for glyph in glyphs:
        inside = won_back[window(glyph.box)]
        np.maximum(inside, glyph.ink, out=inside)
    won_back[won_back > 0] = 255
    return replace(
        layers,
        digits=np.maximum(layers.digits, won_back),
        writing=np.where(won_back > 0, 0, layers.writing).astype(np.uint8),
        won_back=won_back if glyphs else None,
    )

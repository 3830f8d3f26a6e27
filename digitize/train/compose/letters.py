"""Letters beside the numbers: printed words of a form, and capitals written with the same pen.

Words and letters hold no digit, and no letter that written alone would be one (B, D, I, O, S, Z).
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.random import Generator

from digitize.normalise import BODY, FIELD
from digitize.records import Pixels
from digitize.train.clutter import FontFace

WORDS = (
    "Name", "Class", "Date", "Points", "Total", "Mark", "Sum", "Question", "Part", "Group", "Year",
    "Term", "Amount", "Number", "Remarks", "Subject", "Student", "Quantity", "Price", "Result",
)  # fmt: skip
FAINTEST_WORD = 200  # of 255: a font that draws no darker has no such letters

# Strokes of capitals: points (x, y) in tenths of the letter's height, origin top-left.
CAPITALS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "A": (((0, 10), (3.4, 0), (7, 10)), ((1.5, 6.4), (5.6, 6.2))),
    "C": (
        ((6, 1.8), (4.4, 0.3), (2, 0.8), (0.3, 3.4), (0.4, 7), (2.2, 9.5), (4.6, 9.6), (6.3, 8)),
    ),
    "E": (((6, 0.2), (0.2, 0), (0, 10), (6.2, 9.8)), ((0.2, 5), (4.8, 4.8))),
    "F": (((6, 0), (0.2, 0.2), (0, 10)), ((0.2, 4.8), (4.6, 4.6))),
    "H": (((0, 0), (0.2, 10)), ((6, 0), (6.1, 10)), ((0.1, 5.2), (6, 4.8))),
    "K": (((0, 0), (0.1, 10)), ((5.6, 0), (0.3, 5.4), (6, 10))),
    "M": (((0, 10), (0.8, 0), (4, 6.5), (7, 0), (8, 10)),),
    "N": (((0, 10), (0.2, 0), (5.8, 9.8), (6, 0)),),
    "R": (((0.2, 10), (0, 0.2), (3.6, 0), (5.4, 1.8), (4.4, 4.4), (0.3, 5.2), (5.8, 10)),),
    "T": (((0, 0.2), (7, 0)), ((3.5, 0.1), (3.4, 10))),
    "W": (((0, 0), (1.8, 10), (4, 3), (6.2, 10), (8, 0)),),
    "X": (((0, 0), (6, 10)), ((6, 0.2), (0.2, 10))),
}
SHAKE = 0.35  # tenths of a letter's height: how far a hand misses a point
STROKE = 2  # pixels on MNIST's field; the pen's own width is given to it when it is inked
SUBPIXEL = 4  # bits of the fraction in the coordinates that cv2.polylines takes


def draw_capital(rng: Generator) -> Pixels:
    """Return a written capital as a digit would be given, (28, 28) uint8, 0 paper to 255 ink."""
    strokes = CAPITALS[str(rng.choice(sorted(CAPITALS)))]
    field = np.zeros((FIELD, FIELD), dtype=np.uint8)
    for stroke in strokes:
        points = np.array(stroke) + rng.normal(0, SHAKE, (len(stroke), 2))
        placed = (FIELD - BODY) / 2 + points * BODY / 10
        line = np.rint(placed * 2**SUBPIXEL).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(field, [line], False, 255, STROKE, cv2.LINE_AA, SUBPIXEL)
    return field


def print_words(count: int, face: FontFace, size: int, rng: Generator) -> Pixels | None:
    """Return `count` printed words in a row, (height, width) uint8, 0 paper to 255 ink.

    None where the face cannot draw them.
    """
    text = " ".join(pick_words(count, rng))
    mask = face.open(size).getmask(text, mode="L")
    width, height = mask.size
    ink = np.asarray(mask, dtype=np.uint8).reshape(height, width)
    return ink if ink.size and ink.max() >= FAINTEST_WORD else None


def pick_words(count: int, rng: Generator) -> Sequence[str]:
    """Return `count` words of a form, at times in capitals."""
    words = [str(word) for word in rng.choice(WORDS, count)]
    return [word.upper() for word in words] if rng.random() < 0.2 else words

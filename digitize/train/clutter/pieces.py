"""Halves of digits and two digits at once: what a wrong cut makes of good writing."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from digitize.normalise import FIELD, crop_to_ink, normalise_ink
from digitize.records import Floats, Pixels

LEFT, RIGHT = "left", "right"
NO_DIGIT_LEFT = {(0, LEFT), (2, LEFT), (3, LEFT), (8, LEFT), (0, RIGHT), (5, RIGHT), (6, RIGHT)}
"""The halves that are no digit themselves; the right half of an 8 is a 3, that of a 4 is a 1."""
HALF = (0.35, 0.55)  # of the width that is kept
GAP = (-4, 3)  # pixels between the digits of a pair: they overlap or all but touch
FAINT = 25  # of 255: fainter ink is the edge of a stroke


def draw_halves(count: int, images: Pixels, labels: Pixels, rng: Generator) -> Floats:
    """Return (count, 28, 28) halves of digits, 0 paper to 1 ink.

    images: (n, 28, 28) uint8 digits, 0 paper to 255 ink; labels: (n,), 0 to 9.
    """
    drawn = np.zeros((count, FIELD, FIELD), dtype=np.float32)
    pool = {digit: np.flatnonzero(labels == digit) for digit, _ in NO_DIGIT_LEFT}
    halves = sorted(half for half in NO_DIGIT_LEFT if len(pool[half[0]]))
    if not halves:
        return drawn[:0]
    for image in drawn:
        digit, side = halves[int(rng.integers(len(halves)))]
        whole = crop_to_ink(_inked(images[rng.choice(pool[digit])]))
        width = max(1, round(whole.shape[1] * rng.uniform(*HALF)))
        part = whole[:, :width] if side == LEFT else whole[:, -width:]
        image[:] = normalise_ink(part if part.any() else whole[:, : FIELD // 2])
    return drawn


def draw_pairs(count: int, images: Pixels, rng: Generator) -> Floats:
    """Return (count, 28, 28) images of two digits side by side, 0 paper to 1 ink.

    images: (n, 28, 28) uint8 digits, 0 paper to 255 ink.
    """
    drawn = np.zeros((count, FIELD, FIELD), dtype=np.float32)
    if not len(images):
        return drawn[:0]
    for image, (first, second) in zip(drawn, rng.integers(0, len(images), (count, 2)), strict=True):
        image[:] = normalise_ink(join(images[first], images[second], rng))
    return drawn


def join(first: Pixels, second: Pixels, rng: Generator) -> Pixels:
    """Return two digits as one picture of ink, the second beside the first and a little shifted."""
    left, right = crop_to_ink(_inked(first)), crop_to_ink(_inked(second))
    gap, drop = int(rng.integers(GAP[0], GAP[1] + 1)), int(rng.integers(0, 5))
    start = max(1, left.shape[1] + gap)
    height = max(left.shape[0], right.shape[0] + drop)
    pair = np.zeros((height, max(left.shape[1], start + right.shape[1])), dtype=np.uint8)
    pair[: left.shape[0], : left.shape[1]] = left
    place = pair[drop : drop + right.shape[0], start : start + right.shape[1]]
    np.maximum(place, right, out=place)
    return pair


def _inked(image: Pixels) -> Pixels:
    return np.where(image < FAINT, 0, image).astype(np.uint8)

"""Ways of writing 1 and 7 that MNIST's writers hardly used and most of Europe does.

A 1 with an upstroke before its stem, perhaps on a foot; a 7 with a bar. Without them a network
trained on MNIST alone reads a flagged 1 as 7, and is sure of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from digitize.ink import stroke_width
from digitize.records import Floats, Pixels

SUBPIXEL = 4  # bits of the fraction in the coordinates that cv2.line takes
STEEPEST_SLANT = 0.7  # a stem that leans further, sideways over height, would hide its flag


@dataclass(frozen=True, slots=True)
class AllographOptions:
    """How often and how far; lengths in shares of the digit's height, angles in degrees.

    flag_fall: how far below the horizontal the flag of a 1 falls from the top of its stem.
    """

    flagged: float = 0.15
    flag_length: tuple[float, float] = (0.22, 0.6)
    flag_fall: tuple[float, float] = (25.0, 60.0)
    footed: float = 0.25  # of the flagged
    foot_length: tuple[float, float] = (0.3, 0.55)
    barred: float = 0.2
    bar_length: tuple[float, float] = (0.3, 0.5)


def vary_allographs(
    images: Floats, labels: Pixels, rng: Generator, options: AllographOptions = AllographOptions()
) -> Floats:
    """Return (count, 28, 28) images, 0 paper to 1 ink, some 1s flagged and some 7s barred."""
    varied = images.copy()
    chosen = rng.random(len(images))
    for index in np.flatnonzero((labels == 1) & (chosen < options.flagged)):
        add_flag(varied[index], rng, options)
    for index in np.flatnonzero((labels == 7) & (chosen < options.barred)):
        add_bar(varied[index], rng, options)
    return varied


def add_flag(image: Floats, rng: Generator, options: AllographOptions) -> None:
    """Draw the upstroke of a 1 into (28, 28) `image`, and perhaps a foot; not on a flat stem."""
    rows = np.flatnonzero(image.max(axis=1) > 0.5)
    if not len(rows):
        return
    top, bottom = int(rows[0]), int(rows[-1])
    height = max(bottom - top, 1)
    head, base = _middle(image[top]), _middle(image[bottom])
    if abs(head - base) > STEEPEST_SLANT * height:
        return
    length = height * rng.uniform(*options.flag_length)
    fall = np.deg2rad(rng.uniform(*options.flag_fall))
    tip = head - length * np.cos(fall), top + length * np.sin(fall)
    _draw(image, (head, top + 0.5), tip)
    if rng.random() < options.footed:
        half = height * rng.uniform(*options.foot_length) / 2
        _draw(image, (base - half, bottom), (base + half, bottom))


def add_bar(image: Floats, rng: Generator, options: AllographOptions) -> None:
    """Draw a bar across the stem of the 7 in (28, 28) `image`, about half-way down."""
    rows = np.flatnonzero(image.max(axis=1) > 0.5)
    if not len(rows):
        return
    height = int(rows[-1] - rows[0])
    row = int(rows[0] + height * rng.uniform(0.4, 0.6))
    middle = _middle(image[row])
    half = height * rng.uniform(*options.bar_length) / 2
    tilt = rng.uniform(-0.3, 0.15) * half  # most bars climb to the right
    _draw(image, (middle - half, row - tilt), (middle + half, row + tilt))


def _middle(row: Floats) -> float:
    total = float(row.sum())
    return float(row @ np.arange(len(row))) / total if total else len(row) / 2


def _draw(image: Floats, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a line as wide as the digit's own strokes, from and to (x, y)."""
    ink = np.zeros(image.shape, dtype=np.uint8)
    one = 1 << SUBPIXEL
    ends = [(round(x * one), round(y * one)) for x, y in (start, end)]
    width = max(1, round(stroke_width(image) * 0.9))
    cv2.line(ink, ends[0], ends[1], 255, width, cv2.LINE_AA, SUBPIXEL)
    np.maximum(image, ink / np.float32(255), out=image)

"""Ways of writing 1, 7 and 9 that MNIST's writers hardly used and most of the world does.

A 1 with a steep upstroke before its stem, perhaps on a foot; a 7 with a bar, as in Europe; a
narrow 7 whose top begins with a stroke down, as in East Asia; a 9 hardly wider than its stem.
Without them a network trained on MNIST alone reads a flagged 1 as 7, and is sure of it; with flags
alone, or with flags that fall no steeper than the top of a 7, it reads a hooked 7 as 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from digitize.ink import stroke_width
from digitize.records import Floats, Pixels

SUBPIXEL = 4  # bits of the fraction in the coordinates that cv2.line takes
CLEAR_SHARE = 0.35  # of the white under a 7's top: a longer hook would make a 9 of it
STEEPEST_SLANT = 0.7  # a stem that leans further, sideways over height, would hide its flag


@dataclass(frozen=True, slots=True)
class AllographOptions:
    """How often and how far; lengths in shares of the digit's height, angles in degrees.

    flag_fall: how far below the horizontal the flag of a 1 falls from the top of its stem.
    """

    flagged: float = 0.15
    flag_length: tuple[float, float] = (0.22, 0.55)
    flag_fall: tuple[float, float] = (40.0, 65.0)
    footed: float = 0.25  # of the flagged
    foot_length: tuple[float, float] = (0.3, 0.55)
    barred: float = 0.2
    bar_length: tuple[float, float] = (0.3, 0.5)
    hooked: float = 0.15
    hook_length: tuple[float, float] = (0.12, 0.4)
    hook_lean: float = 0.35  # sideways, of the hook's length
    hooked_width: tuple[float, float] = (0.6, 1.0)  # of the 7 as it was
    slim: float = 0.15
    slim_width: tuple[float, float] = (0.55, 0.9)  # of the 9 as it was


def vary_allographs(
    images: Floats, labels: Pixels, rng: Generator, options: AllographOptions = AllographOptions()
) -> Floats:
    """Return (count, 28, 28) images, 0 paper to 1 ink, some 1s, 7s and 9s otherwise written."""
    varied = images.copy()
    chosen, hooked = rng.random((2, len(images)))
    for index in np.flatnonzero((labels == 1) & (chosen < options.flagged)):
        add_flag(varied[index], rng, options)
    for index in np.flatnonzero((labels == 7) & (hooked < options.hooked)):
        add_hook(varied[index], rng, options)
    for index in np.flatnonzero((labels == 7) & (chosen < options.barred)):
        add_bar(varied[index], rng, options)
    for index in np.flatnonzero((labels == 9) & (chosen < options.slim)):
        varied[index] = _narrowed(varied[index], rng.uniform(*options.slim_width))
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


def add_hook(image: Floats, rng: Generator, options: AllographOptions) -> None:
    """Narrow the 7 in (28, 28) `image` and draw a stroke down from the left end of its top."""
    image[:] = _narrowed(image, rng.uniform(*options.hooked_width))
    rows, columns = np.nonzero(image > 0.5)
    if not len(rows):
        return
    top, height = int(rows.min()), int(np.ptp(rows))
    upper = rows <= top + height / 3
    left = int(columns[upper].min())
    row = int(rows[upper & (columns == left)].max())
    length = min(height * rng.uniform(*options.hook_length), _space_below(image, row, left))
    lean = length * rng.uniform(-options.hook_lean, options.hook_lean)
    if length >= height * options.hook_length[0]:
        _draw(image, (left + 0.5, row), (left + 0.5 + lean, row + length))


def _space_below(image: Floats, row: int, column: int) -> float:
    """Return how far a stroke may go down from there and stay clear of other ink, in pixels."""
    inked = image[row + 1 :, max(0, column - 1) : column + 3].max(axis=1) > 0.2
    clear = np.flatnonzero(~inked)
    if not len(clear):
        return 0.0
    below = np.flatnonzero(inked[clear[0] :])
    end = int(below[0]) if len(below) else len(inked) - int(clear[0])
    return CLEAR_SHARE * end


def _narrowed(image: Floats, share: float) -> Floats:
    """Return the image with its width at `share` about the middle of the field."""
    middle = (image.shape[1] - 1) / 2
    squeeze = np.array([[share, 0, (1 - share) * middle], [0, 1, 0]])
    return np.asarray(cv2.warpAffine(image, squeeze, image.shape[::-1]), dtype=np.float32)


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

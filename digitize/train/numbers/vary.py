"""More numbers from few real ones: parts of several in a row, and each written otherwise.

A few hundred numbers are soon known by heart; their digits in another order, warped, are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from digitize.records import Floats
from digitize.sequence.strips import DIGIT_PIXELS, HEIGHT, MARGIN, WIDEST
from digitize.train.numbers.real import NO_CUT, RealNumber

MOST_TRIES = 40  # parts drawn for one number: few may fit the last places


@dataclass(frozen=True, slots=True)
class VaryOptions:
    """How far each change may go; the actual amount is drawn for each strip.

    stretch, size: deviation of the logarithm of the width and of the size. gap: digit heights of
    paper between two parts.
    """

    stretch: float = 0.13
    size: tuple[float, float] = (0.75, 1.05)
    slant: float = 0.25  # sideways over height
    tilt_pixels: float = 2.5  # from one end of the strip to its middle
    shift_pixels: float = 1.0  # up or down, deviation
    elastic_pixels: float = 1.2  # deviation of the warp at its strongest
    elastic_grain_pixels: float = 8.0
    gap: tuple[float, float] = (0.0, 0.45)
    contrast: tuple[float, float] = (0.8, 1.6)


USUAL = VaryOptions()


def splice(
    numbers: Sequence[RealNumber],
    fewest: int,
    most: int,
    rng: Generator,
    options: VaryOptions = USUAL,
) -> RealNumber | None:
    """Return a number of so many digits from parts of several, parted where paper was bare.

    None where the parts that were drawn do not fit.
    """
    wanted, text = int(rng.integers(fewest, most + 1)), ""
    strips: list[Floats] = []
    for _ in range(MOST_TRIES):
        ink, said = _part(numbers[int(rng.integers(len(numbers)))], rng)
        if len(text) + len(said) > wanted or not ink.size:
            continue
        if strips:
            gap = rng.uniform(*options.gap) * DIGIT_PIXELS
            strips.append(np.zeros((HEIGHT, round(gap)), dtype=np.float32))
        strips.append(ink)
        text += said
        if len(text) == wanted:
            margin = np.zeros((HEIGHT, MARGIN), dtype=np.float32)
            return RealNumber(np.hstack([margin, *strips, margin])[:, :WIDEST], text)
    return None


def _part(number: RealNumber, rng: Generator) -> tuple[Floats, str]:
    """Return some digits of a number that stand together, cropped to their ink, and their text."""
    width = number.strip.shape[1]
    ends = [(0, 0)]
    ends += [(at + 1, column) for at, column in enumerate(number.cuts) if column != NO_CUT]
    ends.append((len(number.text), width))
    one, other = sorted(rng.choice(len(ends), 2, replace=False))
    (first, left), (last, right) = ends[one], ends[other]
    part = number.strip[:, left:right]
    columns = np.flatnonzero(part.any(axis=0))
    text = number.text[first:last]
    return (part[:, columns[0] : columns[-1] + 1] if len(columns) else part[:, :0]), text


def vary(strip: Floats, rng: Generator, options: VaryOptions = USUAL) -> Floats:
    """Return a real strip otherwise wide, large, slanted, bent and thick, a little shifted."""
    height, width = strip.shape
    size = rng.uniform(*options.size)
    wide = max(8, round(width * size * float(np.exp(rng.normal(0, options.stretch)))))
    y, x = np.mgrid[:height, :wide].astype(np.float32)
    y0, x0 = (height - 1) / 2, (wide - 1) / 2
    slant = rng.uniform(-options.slant, options.slant)
    tilt = rng.uniform(-options.tilt_pixels, options.tilt_pixels) / max(x0, 1.0)
    down = (y - y0 - tilt * (x - x0)) / size + y0 + rng.normal(0, options.shift_pixels)
    across = (x + slant * (y - y0)) * (width / wide)
    strength = rng.uniform(0, options.elastic_pixels)
    bent = [_bend(height, wide, rng, options.elastic_grain_pixels) * strength for _ in range(2)]
    places = (across + bent[0]).astype(np.float32), (down + bent[1]).astype(np.float32)
    written = cv2.remap(strip, *places, cv2.INTER_LINEAR)
    written = _thicken(np.asarray(written, dtype=np.float32), rng)
    return np.asarray(np.clip(written * rng.uniform(*options.contrast), 0, 1), dtype=np.float32)


def _bend(height: int, width: int, rng: Generator, grain: float) -> Floats:
    """Return a smooth displacement, (height, width) float32, deviation about 1."""
    coarse = rng.standard_normal((round(height / grain) + 2, round(width / grain) + 2))
    smooth = cv2.resize(coarse.astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(smooth, dtype=np.float32)


def _thicken(strip: Floats, rng: Generator) -> Floats:
    """Return a quarter of the strips with thicker strokes, a quarter with thinner, half as is."""
    kind, share = int(rng.integers(4)), float(rng.uniform(0.3, 1.0))
    if kind > 1:
        return strip
    square = np.ones((2, 2), np.uint8)
    other = cv2.dilate(strip, square) if kind else cv2.erode(strip, square)
    share = share if kind else 0.6 * share  # thin strokes would be wiped out
    return np.asarray(cv2.addWeighted(strip, 1 - share, other, share, 0), dtype=np.float32)

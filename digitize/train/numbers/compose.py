"""Strips of numbers composed of single digits: apart, touching, overlapping, among other ink."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from digitize.records import Floats
from digitize.sequence.strips import DIGIT_PIXELS, HEIGHT, MARGIN, TALLEST
from digitize.train.allographs import vary_allographs
from digitize.train.augment import AugmentOptions, augment
from digitize.train.datasets import DigitSet, ink_levels
from digitize.train.numbers.wear import USUAL_WEAR, WearOptions, wear

FAINT = 0.2  # of full ink: fainter is a stroke's soft edge
OPTIONS = AugmentOptions(rotation_degrees=8, shear=0.1, shift_pixels=0, contrast=(1.0, 1.6))


@dataclass(frozen=True, slots=True)
class StripOptions:
    """How numbers are written; lengths in digit heights, shares of all strips.

    spacing: (share, least gap, largest gap) of each way to space digits; negative gaps overlap.
    """

    spacing: tuple[tuple[float, float, float], ...] = (
        (0.40, -0.10, 0.06), (0.40, 0.04, 0.35), (0.12, 0.25, 0.9), (0.08, -0.2, 0.0),
    )  # fmt: skip
    slant: float = 0.35  # sideways over height, of all digits of a number alike
    climb_degrees: float = 6.0
    unevenness: float = 0.07  # standard deviation of each digit's height and of its place
    linked: float = 0.15  # of neighbours: a stroke joins them, mostly at the top
    size: tuple[float, float] = (0.66, 1.15)  # of the usual size: a page's digit height is a guess
    stretch: float = 0.12  # of all digits of a number alike, deviation of the logarithm
    coarse: float = 0.35  # drawn at 9 to 18 pixels and enlarged
    wear: WearOptions = USUAL_WEAR


def compose_strips(
    digits: DigitSet, lengths: list[int], rng: Generator, options: StripOptions = StripOptions()
) -> tuple[list[Floats], list[str]]:
    """Return strips, (32, width) 0 paper to 1 ink, of numbers of these lengths, and their texts."""
    chosen = rng.integers(0, len(digits), sum(lengths))
    labels = digits.labels[chosen]
    plain = vary_allographs(ink_levels(digits.images[chosen]), labels, rng)
    images = augment(plain, rng, OPTIONS)
    strips, texts, at = [], [], 0
    for length in lengths:
        strips.append(_write(images[at : at + length], rng, options))
        texts.append("".join(str(int(digit)) for digit in labels[at : at + length]))
        at += length
    return strips, texts


def _write(images: Floats, rng: Generator, options: StripOptions) -> Floats:
    """Return one number as a strip."""
    glyphs = [_glyph(image, rng, options) for image in images]
    line = _side_by_side(glyphs, rng, options)
    line = _slanted(line, rng, options)
    return wear(_in_strip(line, rng, options), rng, options.wear)


def _glyph(image: Floats, rng: Generator, options: StripOptions) -> Floats:
    """Return one digit cropped to its ink, near the usual height."""
    rows = np.flatnonzero(image.max(axis=1) > FAINT)
    columns = np.flatnonzero(image.max(axis=0) > FAINT)
    if not len(rows):
        return np.zeros((int(DIGIT_PIXELS), 4), dtype=np.float32)
    ink = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    factor = DIGIT_PIXELS / 20 * float(np.exp(rng.normal(0, options.unevenness)))
    size = max(2, round(ink.shape[1] * factor)), max(4, round(ink.shape[0] * factor))
    return np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_LINEAR), dtype=np.float32)


def _side_by_side(glyphs: list[Floats], rng: Generator, options: StripOptions) -> Floats:
    """Return the digits in a row, their space and their climb drawn for the whole number."""
    shares = np.array([share for share, _, _ in options.spacing])
    _, least, most = options.spacing[int(rng.choice(len(shares), p=shares / shares.sum()))]
    climb = np.tan(np.deg2rad(rng.uniform(-options.climb_degrees, options.climb_degrees)))
    total = sum(glyph.shape[1] for glyph in glyphs) + round(DIGIT_PIXELS * (len(glyphs) + 1))
    tall = round(3 * DIGIT_PIXELS + abs(climb) * total)
    line = np.zeros((tall, total + 4), dtype=np.float32)
    end, before = 2.0, None
    for glyph in glyphs:
        gap = rng.uniform(least, most) * DIGIT_PIXELS
        left = max(2, round(end + gap)) if before is not None else 2
        drop = rng.normal(0, options.unevenness) * DIGIT_PIXELS - climb * (left - total / 2)
        top = int(np.clip(round((tall - glyph.shape[0]) / 2 + drop), 0, tall - glyph.shape[0]))
        left = min(left, line.shape[1] - glyph.shape[1])
        place = line[top : top + glyph.shape[0], left : left + glyph.shape[1]]
        np.maximum(place, glyph, out=place)
        if before is not None and rng.random() < options.linked and left - before[0] < DIGIT_PIXELS:
            _link(line, before, (left, top, glyph.shape[0]), rng)
        end, before = left + glyph.shape[1], (left + glyph.shape[1], top, glyph.shape[0])
    return line


def _link(
    line: Floats, before: tuple[float, int, int], after: tuple[int, int, int], rng: Generator
) -> None:
    """Draw the stroke by which a pen that was not lifted joins two digits."""
    high = rng.uniform(0.0, 0.3) if rng.random() < 0.7 else rng.uniform(0.3, 1.0)
    start = round(before[0] - 3), round(before[1] + high * before[2])
    end = round(after[0] + 3), round(after[1] + high * after[2])
    cv2.line(line, start, end, 1.0, int(rng.integers(1, 4)), cv2.LINE_AA)


def _slanted(line: Floats, rng: Generator, options: StripOptions) -> Floats:
    """Return the row sheared sideways, cropped to its ink."""
    slant = rng.uniform(-options.slant, options.slant)
    height, width = line.shape
    reach = abs(slant) * height
    shear = np.array([[1.0, -slant, reach / 2 + slant * height / 2], [0.0, 1.0, 0.0]])
    sheared = cv2.warpAffine(line, shear, (round(width + 2 * reach), height))
    rows = np.flatnonzero(sheared.max(axis=1) > FAINT)
    columns = np.flatnonzero(sheared.max(axis=0) > FAINT)
    if not len(rows):
        return np.asarray(sheared, dtype=np.float32)
    cropped = sheared[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    return np.asarray(cropped, dtype=np.float32)


def _in_strip(line: Floats, rng: Generator, options: StripOptions) -> Floats:
    """Return the row centred in a strip with margins, at times as coarse as a poor scan has it."""
    factor = min(float(rng.uniform(*options.size)), TALLEST / line.shape[0])
    stretch = float(np.exp(rng.normal(0, options.stretch)))
    size = max(2, round(line.shape[1] * factor * stretch)), max(3, round(line.shape[0] * factor))
    if rng.random() < options.coarse:
        share = rng.uniform(9, 18) / DIGIT_PIXELS
        small = max(2, round(size[0] * share)), max(3, round(size[1] * share))
        line = np.asarray(cv2.resize(line, small, interpolation=cv2.INTER_AREA), dtype=np.float32)
    row = np.asarray(cv2.resize(line, size, interpolation=cv2.INTER_LINEAR), dtype=np.float32)
    strip = np.zeros((HEIGHT, size[0] + 2 * MARGIN), dtype=np.float32)
    spare = HEIGHT - min(size[1], HEIGHT)
    top = int(np.clip(round(spare / 2 + rng.normal(0, 1)), 0, spare))
    strip[top : top + size[1], MARGIN : MARGIN + size[0]] = row[:HEIGHT]
    return strip

"""Strips of numbers composed of single digits: apart, touching, overlapping, among other ink."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from digitize.ink import stroke_width
from digitize.records import Floats
from digitize.sequence.strips import DIGIT_PIXELS, HEIGHT, LEAST_SIZE, MARGIN, TALLEST
from digitize.train.allographs import vary_allographs
from digitize.train.augment import AugmentOptions, augment
from digitize.train.datasets import DigitSet, ink_levels
from digitize.train.inkpages.digit_pool import WAISTS, lengthen_tail
from digitize.train.numbers.wear import USUAL_WEAR, WearOptions, wear

FAINT = 0.2  # of full ink: fainter is a stroke's soft edge
DARK = 0.8  # quantile of a digit's ink that is full: one pen is as dark in all of them
OPTIONS = AugmentOptions(
    rotation_degrees=8, shear=0.1, shift_pixels=0, thin=0.4, contrast=(1.0, 1.6)
)


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
    unevenness: tuple[float, float] = (0.05, 0.14)  # deviation of a digit's height and its place
    low_zeros: float = 0.2  # of numbers: zeros much lower than the digits beside them
    zero_heights: tuple[float, float] = (0.35, 0.75)
    tails: float = 0.25  # of numbers: 4, 7 and 9 reach far down
    tail_lengths: tuple[float, float] = (1.3, 4.0)  # over the usual
    one_pen: float = 0.7  # of numbers: digits of about one stroke width
    alike: float = 0.1  # of all digits, by stroke width: so many look as of one pen
    steepest: float = 0.6  # from a number's one end to the other; what climbs higher is levelled
    linked: float = 0.15  # of neighbours: a stroke joins them, mostly at the top
    size: tuple[float, float] = (0.66, 1.15)  # of the usual size: a page's digit height is a guess
    stretch: float = 0.12  # of all digits of a number alike, deviation of the logarithm
    coarse: float = 0.35  # drawn at 9 to 18 pixels and enlarged
    wear: WearOptions = USUAL_WEAR


@dataclass(frozen=True, slots=True)
class Manner:
    """How one number is written: unevenness of its digits, height of its zeros, length of tails.

    zero, tail: over the usual.
    """

    unevenness: float
    zero: float
    tail: float


def by_stroke_width(digits: DigitSet) -> DigitSet:
    """Return the digits in the order of their stroke widths, as `compose_strips` takes them."""
    widths = [stroke_width(image) for image in ink_levels(digits.images)]
    return digits.subset(np.argsort(widths, kind="stable"))


def compose_strips(
    digits: DigitSet, lengths: list[int], rng: Generator, options: StripOptions = StripOptions()
) -> tuple[list[Floats], list[str]]:
    """Return strips, (32, width) 0 paper to 1 ink, of numbers of these lengths, and their texts.

    Digits near one another in the set are taken for those of one pen, see `by_stroke_width`.
    """
    chosen = np.concatenate([_of_one_pen(len(digits), length, rng, options) for length in lengths])
    labels = digits.labels[chosen]
    plain = vary_allographs(ink_levels(digits.images[chosen]), labels, rng)
    images = augment(plain, rng, OPTIONS)
    strips, texts, at = [], [], 0
    for length in lengths:
        said = [int(label) for label in labels[at : at + length]]
        strips.append(_write(images[at : at + length], said, rng, options))
        texts.append("".join(map(str, said)))
        at += length
    return strips, texts


def _of_one_pen(
    count: int, length: int, rng: Generator, options: StripOptions
) -> NDArray[np.int64]:
    """Return which of `count` digits a number of this length has."""
    if rng.random() >= options.one_pen:
        return rng.integers(0, count, length)
    reach = round(options.alike * count / 2)
    near = int(rng.integers(0, count)) + rng.integers(-reach, reach + 1, length)
    return np.clip(near, 0, count - 1)


def _write(images: Floats, said: list[int], rng: Generator, options: StripOptions) -> Floats:
    """Return one number as a strip."""
    manner = _manner(rng, options)
    glyphs = [_glyph(image, digit, manner, rng) for image, digit in zip(images, said, strict=True)]
    line = _side_by_side(glyphs, manner, rng, options)
    line = _slanted(line, rng, options)
    return wear(_in_strip(line, rng, options), rng, options.wear)


def _manner(rng: Generator, options: StripOptions) -> Manner:
    has_low_zeros, has_tails = rng.random(2) < (options.low_zeros, options.tails)
    return Manner(
        unevenness=float(rng.uniform(*options.unevenness)),
        zero=float(rng.uniform(*options.zero_heights)) if has_low_zeros else 1.0,
        tail=float(rng.uniform(*options.tail_lengths)) if has_tails else 1.0,
    )


def _glyph(image: Floats, digit: int, manner: Manner, rng: Generator) -> Floats:
    """Return one digit cropped to its ink, near the usual height."""
    rows = np.flatnonzero(image.max(axis=1) > FAINT)
    columns = np.flatnonzero(image.max(axis=0) > FAINT)
    if not len(rows):
        return np.zeros((int(DIGIT_PIXELS), 4), dtype=np.float32)
    ink = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    factor = DIGIT_PIXELS / 20 * float(np.exp(rng.normal(0, manner.unevenness)))
    factor *= manner.zero if digit == 0 else 1.0
    size = max(2, round(ink.shape[1] * factor)), max(4, round(ink.shape[0] * factor))
    drawn = np.asarray(cv2.resize(ink, size, interpolation=cv2.INTER_LINEAR), dtype=np.float32)
    dark = np.asarray(np.minimum(drawn / np.quantile(drawn[drawn > 0], DARK), 1), dtype=np.float32)
    if digit in WAISTS and manner.tail > 1:
        return lengthen_tail(dark, WAISTS[digit], float(rng.uniform(1, manner.tail)))
    return dark


def _side_by_side(
    glyphs: list[Floats], manner: Manner, rng: Generator, options: StripOptions
) -> Floats:
    """Return the digits in a row, their space and their climb drawn for the whole number."""
    shares = np.array([share for share, _, _ in options.spacing])
    _, least, most = options.spacing[int(rng.choice(len(shares), p=shares / shares.sum()))]
    climb = np.tan(np.deg2rad(rng.uniform(-options.climb_degrees, options.climb_degrees)))
    total = sum(glyph.shape[1] for glyph in glyphs) + round(DIGIT_PIXELS * (len(glyphs) + 1))
    climb = float(np.clip(climb, *(np.array([-1, 1]) * options.steepest * DIGIT_PIXELS / total)))
    tall = round(5 * DIGIT_PIXELS + abs(climb) * total)
    line = np.zeros((tall, total + 4), dtype=np.float32)
    end, before = 2.0, None
    for glyph in glyphs:
        gap = rng.uniform(least, most) * DIGIT_PIXELS
        left = max(2, round(end + gap)) if before is not None else 2
        drop = rng.normal(0, manner.unevenness) * DIGIT_PIXELS - climb * (left - total / 2)
        on_line = min(glyph.shape[0], DIGIT_PIXELS)  # a tail hangs below
        top = int(np.clip(round((tall - on_line) / 2 + drop), 0, tall - glyph.shape[0]))
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
    fit = TALLEST / line.shape[0]
    least = LEAST_SIZE * float(np.exp(rng.normal(0, options.stretch)))
    factor = min(float(rng.uniform(*options.size)), max(fit, least))
    line = _about_middle(line, round(TALLEST / factor))
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


def _about_middle(line: Floats, rows: int) -> Floats:
    """Return no more than so many rows of a line, those about the middle of its ink."""
    ink = np.cumsum(line.sum(axis=1))
    middle = int(np.searchsorted(ink, ink[-1] / 2))
    top = int(np.clip(middle - rows // 2, 0, max(0, line.shape[0] - rows)))
    return line[top : top + rows]

"""Real numbers to learn from: pictures of one number each, with the truth beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.random import Generator

from digitize.clean import clean
from digitize.errors import UnreadableInput
from digitize.load import LoadOptions, load_pages
from digitize.options import page_options
from digitize.readers import shipped_ink_network
from digitize.records import Failure, Floats, Page, Pixels
from digitize.separate import separate
from digitize.sequence.strips import HEIGHT, make_strip

LONGEST = 20  # digits: what is longer is no number


@dataclass(frozen=True, slots=True)
class RealNumber:
    """A picture's strip, (32, width) float32 0 paper to 1 ink, and its text."""

    strip: Floats
    text: str


def has_numbers(folder: Path) -> bool:
    """Tell whether a folder holds pictures of numbers: truth files, JSON, beside them."""
    return any(folder.glob("*.json"))


def read_real_numbers(folder: Path, names: Sequence[str] | None = None) -> list[RealNumber]:
    """Return the numbers of a folder, as `digitize run --layout number` finds their ink.

    Each picture gives two: the ink that was taken for digits, and all its ink. names: the stems of
    the truth files to read; all where none are given.
    """
    found: list[RealNumber] = []
    for truth_file in sorted(folder.glob("*.json")):
        if names is None or truth_file.stem in names:
            found += _read(truth_file)
    return found


def _read(truth_file: Path) -> Iterator[RealNumber]:
    try:
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        picture, numbers = str(truth["image"]), [str(each["text"]) for each in truth["numbers"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableInput(
            f"{truth_file}: this is not the truth about a picture of a number ({error})",
            'Give {"image": ..., "numbers": [{"text": ...}]}',
        ) from error
    page = next(iter(load_pages(truth_file.with_name(picture), LoadOptions())))
    if isinstance(page, Failure) or len(numbers) != 1:
        return
    text = "".join(filter(str.isdigit, numbers[0]))
    if not 0 < len(text) <= LONGEST:
        return
    for ink, height in inks(page):
        yield RealNumber(make_strip(ink, height)[0], text)


def inks(page: Page) -> Iterator[tuple[Pixels, float]]:
    """Yield the ink taken for digits, cropped, and the page's whole ink; and the digit height."""
    options = page_options("number", 0.95)
    flat = clean(page, options.clean)
    layers = separate(flat, options.separate, shipped_ink_network())
    for ink in (layers.digits, flat.ink):
        rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        if len(rows):
            cropped = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
            yield cropped, layers.digit_height


def vary(strip: Floats, rng: Generator) -> Floats:
    """Return a real strip otherwise wide, slanted and thick, a little shifted."""
    height, width = strip.shape
    stretch = float(np.exp(rng.normal(0, 0.12)))
    slant, scale = rng.uniform(-0.2, 0.2), rng.uniform(0.85, 1.1)
    wide = max(8, round(width * stretch))
    shift = rng.normal(0, 1)
    middle = HEIGHT / 2
    matrix = np.array(
        [
            [stretch * scale, -slant, slant * middle + (1 - scale) * wide / 2],
            [0.0, scale, (1 - scale) * middle + shift],
        ]
    )
    varied = cv2.warpAffine(strip, matrix, (wide, height))
    kind = rng.integers(4)
    if kind == 0:
        varied = cv2.dilate(varied, np.ones((2, 2), np.uint8))
    elif kind == 1:
        thin = cv2.erode(varied, np.ones((2, 2), np.uint8))
        varied = cv2.addWeighted(varied, 0.5, thin, 0.5, 0)
    return np.asarray(np.clip(varied * rng.uniform(0.8, 1.6), 0, 1), dtype=np.float32)

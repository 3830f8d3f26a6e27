"""Pages of handwritten numbers composed of given digits, with the truth about each number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np
from numpy.random import Generator

from digitize.records import Box, Page
from digitize.train.clutter import FontFace
from digitize.train.compose.hand import Hand
from digitize.train.compose.sheet import Sheet, TrueNumber
from digitize.train.compose.stationery import lay_ink, pick_stationery
from digitize.train.compose.styles import STYLES
from digitize.train.compose.supply import DigitSupply
from digitize.train.compose.wear import WEARS, Homography
from digitize.train.datasets import DigitSet

A4_INCHES = (210 / 25.4, 297 / 25.4)
DIGIT_MM = (4.2, 6.4)  # how high people write digits on forms
DIGIT_PIXELS = (28.0, 70.0)  # before wear
CLOSE_SHARE = 0.25  # of numbers whose digits nearly touch, on pages that are not plain


@dataclass(frozen=True, slots=True)
class ComposeOptions:
    """Which pages are composed. styles, wears: names of STYLES and of WEARS.

    dpi: pixels per inch of the sheet before wear, each as likely as it is often named.
    """

    styles: tuple[str, ...] = tuple(STYLES)
    wears: tuple[str, ...] = tuple(WEARS)
    dpi: tuple[int, ...] = 5 * (150,) + 3 * (170,) + 5 * (200,) + 2 * (240,) + (300,)


ALL_PAGES = ComposeOptions()


@dataclass(frozen=True, slots=True)
class ComposedPage:
    """A page, the numbers written on it, boxes in its pixels, and what kind of page it is."""

    page: Page
    numbers: tuple[TrueNumber, ...]
    style: str
    wear: str


def compose_page(
    digits: DigitSet,
    rng: Generator,
    options: ComposeOptions = ALL_PAGES,
    faces: Sequence[FontFace] = (),
) -> ComposedPage:
    """Return one page of a style and a wear drawn by `rng`, written with `digits` only.

    Images that are no digit are left out. faces: fonts of what is printed on it, if anything.
    UsageError where there is no digit with ink.
    """
    style, wear = str(rng.choice(options.styles)), str(rng.choice(options.wears))
    return _compose(DigitSupply(digits, rng), style, wear, rng, options, faces)


def compose_round(
    supply: DigitSupply,
    rng: Generator,
    options: ComposeOptions = ALL_PAGES,
    faces: Sequence[FontFace] = (),
) -> Iterator[ComposedPage]:
    """Yield one page of every style and wear, one at a time."""
    for style, wear in product(options.styles, options.wears):
        yield _compose(supply, style, wear, rng, options, faces)


def _compose(
    supply: DigitSupply,
    style: str,
    wear: str,
    rng: Generator,
    options: ComposeOptions,
    faces: Sequence[FontFace],
) -> ComposedPage:
    dpi = int(rng.choice(options.dpi))
    sheet = Sheet.blank(*(round(side * dpi) for side in A4_INCHES))
    stationery = pick_stationery(style, wear, rng)
    hand = Hand(
        sheet=sheet,
        supply=supply,
        rng=rng,
        pen=stationery.pen,
        height=float(np.clip(rng.uniform(*DIGIT_MM) * dpi / 25.4, *DIGIT_PIXELS)),
        faces=[faces[int(rng.integers(len(faces)))]] if faces else [],
        slant=float(rng.normal(0.03, 0.08)),
        close=0.0 if style == "plain" else CLOSE_SHARE,
    )
    STYLES[style](hand)
    worn = WEARS[wear](lay_ink(sheet, stationery, rng), dpi, rng)
    numbers = tuple(TrueNumber(n.text, map_corners(n.box, worn.moved)) for n in sheet.numbers)
    scale = worn.pixels.shape[1] / sheet.written.shape[1]
    return ComposedPage(Page(1, worn.pixels, round(dpi * scale)), numbers, style, wear)


def map_corners(box: Box, moved: Homography) -> Box:
    """Return the upright box around a box's corners after a (3, 3) map of the plane."""
    corners = np.array(
        [[(x, y) for x in (box.x, box.right) for y in (box.y, box.bottom)]], dtype=np.float64
    )
    places = cv2.perspectiveTransform(corners, moved)[0]
    (x, y), (right, bottom) = places.min(axis=0), places.max(axis=0)
    return Box(float(x), float(y), float(right - x), float(bottom - y))

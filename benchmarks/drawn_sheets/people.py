"""The people who write: digits of one slant, a pen, a size, and letters to go with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.random import Generator

from digitize.records import Pixels
from digitize.train.clutter import FontFace
from digitize.train.compose.ink import Pen
from digitize.train.compose.stationery import COLOURED_PENS, PENS
from digitize.train.datasets import DigitSet
from drawn_sheets.sheet import Sheet
from drawn_sheets.writer import Writer

PEN_SHARES = {"blue": 0.4, "black": 0.3, "pencil": 0.2, "red": 0.1}
WIDTHS = {"blue": (0.3, 0.6), "black": (0.3, 0.8), "pencil": (0.35, 0.7), "red": (0.35, 0.6)}
HEIGHTS = (3.3, 6.0)  # millimetres: how high people write digits
APART, TOUCHING, OFTEN_TOUCHING = (0.09, 0.3), (-0.04, 0.08), 0.15  # digit heights; of writers
SHAPES, LOOKED_AT = 3, 40  # pictures of each digit, the most alike in slant of so many
LEGIBLE = 0.75  # of these: those most like their mean; a hand that nobody can read tells nothing
FAINT = 128  # of 255: what is fainter hardly stays when a digit is drawn larger
SLANTS = (0.0, 0.15)  # mean and deviation of what is added to a digit's usual slant


def pick_writer(
    sheet: Sheet, digits: DigitSet, faces: Sequence[FontFace], rng: Generator
) -> Writer:
    """Return someone to fill the sheet."""
    name = str(rng.choice(list(PEN_SHARES), p=list(PEN_SHARES.values())))
    slant = float(np.clip(rng.normal(*SLANTS), -0.25, 0.4))
    return Writer(
        sheet=sheet,
        rng=rng,
        shapes=[pick_shapes(digits.images[digits.labels == d], slant, rng) for d in range(10)],
        pen=pick_pen(name, rng),
        height=float(rng.uniform(*HEIGHTS)),
        gap=float(rng.uniform(*(TOUCHING if rng.random() < OFTEN_TOUCHING else APART))),
        face=faces[int(rng.integers(len(faces)))],
        traced=bool(rng.random() < 0.7),
    )


def pick_pen(name: str, rng: Generator) -> Pen:
    """Return a pen of this colour, its width in millimetres."""
    pen = {**COLOURED_PENS, **PENS}[name]
    darkness = pen.darkness * float(rng.uniform(0.6 if name == "pencil" else 0.85, 1.0))
    return replace(pen, width=float(rng.uniform(*WIDTHS[name])), darkness=darkness)


def pick_shapes(images: Pixels, slant: float, rng: Generator) -> list[Pixels]:
    """Return some pictures of one digit, each slanting by about so much more than is usual."""
    looked_at = images[rng.choice(len(images), min(LOOKED_AT, len(images)), replace=False)]
    whole = np.stack([image for image in looked_at if is_whole(image)] or [looked_at[0]])
    away = ((whole - whole.mean(axis=0)) ** 2).sum(axis=(1, 2))
    legible = whole[away <= np.quantile(away, LEGIBLE)]
    slants = np.array([slant_of(image) for image in legible])
    nearest = np.argsort(np.abs(slants - np.median(slants) - slant), kind="stable")
    return [legible[at] for at in nearest[: int(rng.integers(1, SHAPES + 1))]]


def is_whole(image: Pixels) -> bool:
    """Tell whether all ink hangs together: of a broken digit, a stroke would be lost every time."""
    return bool(cv2.connectedComponents((image >= FAINT).astype(np.uint8))[0] == 2)


def slant_of(image: Pixels) -> float:
    """Return how far ink leans to the right over its height."""
    moments = cv2.moments(image)
    return float(-moments["mu11"] / max(moments["mu02"], 1e-6))

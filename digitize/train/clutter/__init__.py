"""What is no digit, to train and to measure *not a digit*: letters, shapes, pieces of digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from digitize.records import Floats, Pixels
from digitize.train.clutter.fonts import FontFace, find_fonts
from digitize.train.clutter.letters import draw_letters
from digitize.train.clutter.pieces import draw_halves, draw_pairs
from digitize.train.clutter.shapes import draw_shapes

__all__ = ["ClutterOptions", "FontFace", "draw_clutter", "find_fonts"]


@dataclass(frozen=True, slots=True)
class ClutterOptions:
    """How much of all clutter each kind is; pairs are the rest."""

    letters: float = 0.55
    shapes: float = 0.25
    halves: float = 0.06


def draw_clutter(
    count: int,
    images: Pixels,
    labels: Pixels,
    faces: Sequence[FontFace],
    rng: Generator,
    options: ClutterOptions = ClutterOptions(),
) -> Floats:
    """Return about `count` images of no digit, (n, 28, 28), 0 paper to 1 ink, in MNIST's form.

    images, labels: (m, 28, 28) uint8 and (m,), the digits that halves and pairs are made of.
    Without faces there are no letters, and fewer images.
    """
    letters, shapes = round(count * options.letters), round(count * options.shapes)
    halves = round(count * options.halves)
    kinds = [
        draw_shapes(shapes, rng),
        draw_halves(halves, images, labels, rng),
        draw_pairs(count - letters - shapes - halves, images, rng),
    ]
    if faces:
        kinds.append(draw_letters(letters, faces, rng))
    return np.concatenate(kinds)

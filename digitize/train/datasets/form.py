"""MNIST's form: 28 x 28, the ink's longer side 20 pixels, its centre of mass in the middle.

Measured on MNIST's training digits (every thirtieth): the longer side is 20 for all, and both
coordinates of the centre lie between 13.5 and 14.5. Of bhmsds, which fills its field, none is so.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.normalise import BODY, FIELD, normalise_ink
from digitize.records import Pixels
from digitize.train.datasets.one_glyph import one_glyph

Flags: TypeAlias = NDArray[np.bool_]

MIDDLE = FIELD / 2  # pixel index of the centre of mass
REACH = 0.6  # pixels either side: whole-pixel shifts leave up to a half
SAMPLE = 1000  # images: a share of 90 % is then known within 2 %
MOST = 0.9  # of a set; wide or lopsided ink cannot always be placed by its mass
PAPER_LEVEL = 51  # of 255, a fifth: paper grain and specks stay below


def is_in_mnist_form(images: Pixels) -> bool:
    """Tell whether most of a set, (count, 28, 28) uint8, is in MNIST's form; a sample is looked at.

    Images without ink do not count; a set of nothing else is in order as it is.
    """
    sample = images[:: max(1, len(images) // SAMPLE)]
    inked = sample[sample.any(axis=(1, 2))]
    return not len(inked) or float(which_are_in_form(inked).mean()) >= MOST


def which_are_in_form(images: Pixels) -> Flags:
    """Tell of each of (count, 28, 28) images with ink, 0 paper to 255, if it is in MNIST's form."""
    mass = images.sum(axis=(1, 2), dtype=np.float64)
    places = np.arange(FIELD)
    in_form = np.ones(len(images), dtype=bool)
    sides = []
    for axis in (1, 2):  # summed over rows, then over columns
        along = images.sum(axis=axis, dtype=np.float64)
        in_form &= np.abs(along @ places / mass - MIDDLE) <= REACH
        sides.append(_extents(along > 0))
    in_form &= np.maximum(*sides) == BODY
    return in_form


def _extents(filled: Flags) -> NDArray[np.int64]:
    """Return how far it is from the first to the last flag of each row, (count, length)."""
    length = filled.shape[1]
    return np.asarray(length - filled[:, ::-1].argmax(axis=1) - filled.argmax(axis=1))


def to_mnist_form(images: Pixels) -> Pixels:
    """Return (count, 28, 28) uint8 as the glyph normaliser makes them; without ink, they stay.

    The normaliser expects ink found on a page, so each image is brought to full contrast first and
    what is fainter than a fifth of its strongest ink counts as paper. What surrounds the glyph, as
    the frame of the cell that it was cut from, is left out, as it is on pages.
    """
    formed = np.zeros(images.shape, dtype=np.uint8)
    for image, grey in zip(formed, images, strict=True):
        if grey.any():
            ink = _at_full_contrast(grey)
            surroundings = (ink > 0) & (one_glyph(ink) == 0)
            alone = np.where(surroundings, 0, grey).astype(np.uint8)  # may be far paler
            image[:] = as_bytes(one_glyph(_at_full_contrast(alone)))
    return formed


def _at_full_contrast(grey: Pixels) -> Pixels:
    ink = np.rint(grey * (255.0 / grey.max())).astype(np.uint8)
    return np.where(ink < PAPER_LEVEL, 0, ink).astype(np.uint8)


def as_bytes(ink: Pixels) -> Pixels:
    """Return one crop of ink, (height, width) uint8, in MNIST's form as (28, 28) uint8.

    Ink fainter than a fifth counts as paper. ValueError where nothing is stronger.
    """
    body = normalise_ink(np.where(ink < PAPER_LEVEL, 0, ink).astype(np.uint8))
    return np.rint(body * 255).astype(np.uint8)

"""Glyph to 28 x 28 image, as MNIST was made.

Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits": the ink is scaled to
fit a 20 x 20 box with its aspect kept, anti-aliased, and placed by its centre of mass in a 28 x 28
field. (L. Bottou et al., 1994, doi:10.1109/ICPR.1994.576879, tell of the bi-level sources.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from digitize.ink import stroke_width
from digitize.records import Floats, Glyph, Pixels

FIELD = 28  # pixels, MNIST's image side
BODY = 20  # pixels, the box that the ink is scaled to
PLACES = np.arange(FIELD, dtype=np.float64)  # indices of the field's rows, or of its columns
CROSS = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
MNIST_STROKE_RANGE = (1.65, 3.65)  # pixels: 5th and 95th percentile of MNIST's training digits


@dataclass(frozen=True, slots=True)
class NormaliseOptions:
    """How glyphs are brought to MNIST's form."""

    match_stroke: bool = True


def normalise(glyphs: Sequence[Glyph], options: NormaliseOptions = NormaliseOptions()) -> Floats:
    """Return the glyphs as (count, 28, 28) float32, 0 paper to 1 ink."""
    images = np.zeros((len(glyphs), FIELD, FIELD), dtype=np.float32)
    for image, glyph in zip(images, glyphs, strict=True):
        image[:] = normalise_ink(glyph.ink, options)
    return images


def normalise_ink(ink: Pixels, options: NormaliseOptions = NormaliseOptions()) -> Floats:
    """Return one crop of ink, (height, width) uint8, as (28, 28) float32, 0 paper to 1 ink.

    Ink that touches no edge is cropped first. ValueError where there is no ink at all.
    """
    body = scale_to_body(crop_to_ink(ink))
    if options.match_stroke:
        body = match_stroke_width(body)
    return centre_by_mass(body)


def crop_to_ink(ink: Pixels) -> Pixels:
    """Return `ink` without its empty margins; ValueError where there is no ink."""
    x, y, width, height = cv2.boundingRect(ink)
    if not width:
        raise ValueError("there is no ink to normalise")
    return ink[y : y + height, x : x + width]


def scale_to_body(ink: Pixels) -> Floats:
    """Return `ink` with its longer side 20 pixels and its aspect kept, 0 paper to 1 ink."""
    height, width = ink.shape
    scale = BODY / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    source = ink.astype(np.float32) / 255.0
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(source, size, interpolation=method), dtype=np.float32)


def match_stroke_width(body: Floats) -> Floats:
    """Return `body` with a stroke outside MNIST's usual range thickened or thinned to its edge.

    The body is blended with its dilation (or erosion) by one pixel, as far as the width asks for;
    what grows past the 20 x 20 box is scaled back into it.
    """
    width = stroke_width(body)
    target = min(max(width, MNIST_STROKE_RANGE[0]), MNIST_STROKE_RANGE[1])
    if width == target:
        return body
    thicken = width < target
    field = cv2.copyMakeBorder(body, 1, 1, 1, 1, cv2.BORDER_CONSTANT) if thicken else body
    changed = cv2.dilate(field, CROSS) if thicken else cv2.erode(field, CROSS)
    step = stroke_width(np.asarray(changed, dtype=np.float32)) - width
    share = min(1.0, (target - width) / step) if step * (target - width) > 0 else 0.0
    if not share:
        return body
    blended = field + share * (changed - field)
    return scale_to_body(np.clip(np.rint(blended * 255), 0, 255).astype(np.uint8))


def centre_by_mass(body: Floats) -> Floats:
    """Return `body` in a (28, 28) field, its centre of mass as near the middle as whole pixels go.

    MNIST put the centre of mass, in pixel indices, at 14 by whole-pixel shifts (so it does in its
    files: every digit's lies between 13.5 and 14.5). Ink is never pushed out of the field.
    """
    height, width = body.shape
    mass = float(body.sum())
    down = round(FIELD / 2 - float(body.sum(axis=1) @ PLACES[:height]) / mass)
    across = round(FIELD / 2 - float(body.sum(axis=0) @ PLACES[:width]) / mass)
    down = min(max(down, 0), FIELD - height)
    across = min(max(across, 0), FIELD - width)
    image = np.zeros((FIELD, FIELD), dtype=np.float32)
    image[down : down + height, across : across + width] = body
    return image

"""Small pictures of digits to pen strokes on a page: smooth edges, one pen's width, no pixels seen.

The picture is enlarged, its strokes outlined, and the ink drawn anew from the distance to that
outline, so that strokes can be made wider or narrower and their edges uneven as on paper.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from digitize.ink import stroke_width
from digitize.normalise import BODY, crop_to_ink
from digitize.records import Floats, Pixels
from digitize.train.compose.tracing import from_middle
from digitize.train.datasets import ink_levels

FINENESS = 2  # drawn so many times larger, then shrunk: edges are a pixel wide
OUTLINE = 0.42  # of full ink: thin strokes of a 28-pixel picture hardly reach more
SMOOTHING = 0.45  # pixels of the picture, deviation of the blur that rounds its steps
SHARPENING, LOOP_SIZE = 1.0, 1.2  # of what stands out within so many pixels: small loops open
EDGE = 2  # pixels of paper around the picture, for strokes to grow into
THINNED, THICKENED = 0.35, 0.35  # of a stroke's own width: more would close loops or break strokes
THINNEST = 1.0  # pixel: of less, hardly a pixel would be ink
UNEVEN_GRAIN = 0.6  # pixels of the picture: how long the unevenness of an edge is
SPECK_SHARE = 0.18  # of the largest piece's longer side; a loose roof of a 5 is longer
FAINT = 64  # of 255: less is the soft edge of a stroke


@dataclass(frozen=True, slots=True)
class Pen:
    """What writes a page. colour: RGB, 0 to 255.

    width: of the stroke, in digit heights. darkness: how far the ink covers the paper, 0 to 1.
    grain: share of the ink that the paper's texture leaves out, as a pencil's. uneven: how far an
    edge strays, in stroke widths.
    """

    colour: tuple[float, float, float]
    width: float = 0.11
    darkness: float = 0.9
    grain: float = 0.0
    uneven: float = 0.06


@dataclass(frozen=True, slots=True)
class Stance:
    """How one digit stands. height: pixels that 20 pixels of MNIST's form become.

    slant: sideways over height, to the right. stretch: width over height, 1 as it was.
    """

    height: float
    slant: float = 0.0
    stretch: float = 1.0


def draw_ink(image: Pixels, stance: Stance, pen: Pen, rng: Generator) -> Pixels:
    """Return a digit as ink on paper, (height, width) uint8, 0 paper to 255 ink, cropped.

    image: (28, 28) uint8 in MNIST's form, 0 paper to 255 ink, not blank.
    """
    scale = FINENESS * stance.height / BODY
    field = _enlarge(image, stance, scale)
    inside = (field > OUTLINE * min(1.0, float(field.max()))).astype(np.uint8)
    depth = cv2.distanceTransform(inside, cv2.DIST_L2, 3)
    depth = cv2.subtract(depth, cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3))
    own = stroke_width(ink_levels(image)) * scale
    wanted = max(pen.width * stance.height, THINNEST) * FINENESS
    grown = min(wanted - own, THICKENED * own) / 2
    if wanted < (1 - THINNED) * own:  # a fine pen goes along the middle of the strokes
        depth, grown = -from_middle(inside), wanted / 2
    strayed = _unevenness(field.shape, scale, rng) * np.float32(pen.uneven * wanted)
    cover = np.clip(127.5 + (depth + strayed + grown) * (255 / FINENESS), 0, 255)
    size = field.shape[1] // FINENESS, field.shape[0] // FINENESS
    ink = np.rint(cv2.resize(cover, size, interpolation=cv2.INTER_AREA)).astype(np.uint8)
    ink[ink < FAINT] = 0
    return crop_to_ink(without_specks(ink))


def without_specks(ink: Pixels) -> Pixels:
    """Return the ink without the specks of the scan that the digit was taken from."""
    count, labels, statistics, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count <= 2:  # the paper and one piece of ink
        return ink
    sides = statistics[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    small = sides < SPECK_SHARE * sides[1:].max()
    return np.where(small[labels], 0, ink).astype(np.uint8)


def _enlarge(image: Pixels, stance: Stance, scale: float) -> Floats:
    """Return the picture `scale` times larger, slanted about its middle, with rounded steps."""
    drawn = np.pad(ink_levels(crop_to_ink(image)), EDGE)
    loops = drawn - cv2.GaussianBlur(drawn, (0, 0), LOOP_SIZE)
    height, width = drawn.shape
    across, shear = scale * stance.stretch, -stance.slant * scale
    wide = _even(across * width + abs(shear) * height)
    high = _even(scale * height)
    middle, centre = (width - 1) / 2, (height - 1) / 2
    matrix = np.array(
        [
            [across, shear, wide / 2 - across * middle - shear * centre],
            [0.0, scale, high / 2 - scale * centre],
        ]
    )
    sharp = drawn + SHARPENING * loops
    large = cv2.warpAffine(sharp, matrix, (wide, high), flags=cv2.INTER_CUBIC)
    return np.asarray(cv2.GaussianBlur(large, (0, 0), SMOOTHING * scale), dtype=np.float32)


def _even(length: float) -> int:
    """Return a whole number of pixels, at least `length`, that shrinks without a rest."""
    return int(np.ceil(length / FINENESS)) * FINENESS


def _unevenness(shape: tuple[int, ...], scale: float, rng: Generator) -> Floats:
    """Return smooth noise of mean 0 and deviation 1, (height, width) float32."""
    coarse = [max(2, round(side / (scale * UNEVEN_GRAIN))) for side in shape]
    noise = rng.standard_normal(coarse, dtype=np.float32)
    size = shape[1], shape[0]
    return np.asarray(cv2.resize(noise, size, interpolation=cv2.INTER_CUBIC), dtype=np.float32)

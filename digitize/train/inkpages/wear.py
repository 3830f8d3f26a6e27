"""What scanning, photographing, faxing and storing do to a crop, and where its classes went."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.random import Generator

from digitize.records import Floats, Pixels
from digitize.train.compose.wear import as_jpeg
from digitize.train.inkpages.canvas import Canvas
from digitize.train.inkpages.classes import BY_RANK, PAPER
from digitize.train.inkpages.paper import plane

TILT, WIDE_TILT, OFTEN_TILTED = 1.5, 8.0, 0.08  # degrees, deviations; lines rarely lean further
GREY_ONLY = 0.4  # of crops: scanned without colour
FAXED = 0.08  # of crops: in black and white
LEAST_FAXED = 0.8  # of the ink: a fax that lost more shows strokes that nobody can tell
MOST_BLUR = 1.2  # pixels, deviation


def wear(canvas: Canvas, side: int, rng: Generator) -> tuple[Pixels, Pixels]:
    """Return the middle of the canvas as seen, (side, side, 3) uint8, and its classes."""
    across, down = _paths(canvas.side, side, rng)
    seen = cv2.remap(
        np.clip(canvas.paint, 0, 255), across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    rank = cv2.remap(canvas.rank, across, down, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REFLECT)
    if rng.random() < GREY_ONLY:
        seen = cv2.cvtColor(cv2.cvtColor(seen, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    classes = BY_RANK[rank]
    if rng.random() < FAXED:
        faxed = _fax(seen, rng)
        black = cv2.dilate(255 - faxed[:, :, 0], np.ones((3, 3), np.uint8)) > 0
        if np.count_nonzero(black & (rank > 0)) >= LEAST_FAXED * np.count_nonzero(rank):
            return faxed, np.where(black, classes, PAPER).astype(np.uint8)
    return _scan(seen, rng), classes


def _paths(whole: int, side: int, rng: Generator) -> tuple[Floats, Floats]:
    """Return where on the canvas each pixel of the crop was: turned, and warped a little."""
    x, y = plane(side)
    degrees = rng.normal(0, WIDE_TILT if rng.random() < OFTEN_TILTED else TILT)
    angle, middle = np.deg2rad(np.clip(degrees, -20, 20)), (side - 1) / 2
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    shift = np.float32((whole - 1) / 2)
    across = cos * (x - middle) - sin * (y - middle) + shift
    down = sin * (x - middle) + cos * (y - middle) + shift
    if rng.random() < 0.5:
        reach = rng.uniform(0.3, 2)
        for path in (across, down):
            coarse = rng.normal(0, reach, (5, 5)).astype(np.float32)
            path += cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC)
    return across.astype(np.float32), down.astype(np.float32)


def _scan(seen: np.ndarray, rng: Generator) -> Pixels:
    """Return the crop soft, noisy, at times of low resolution, stored as JPEG at times."""
    side = len(seen)
    if rng.random() < 0.25:
        small = round(side * rng.uniform(0.4, 0.9))
        low = cv2.resize(seen, (small, small), interpolation=cv2.INTER_AREA)
        seen = cv2.resize(low, (side, side), interpolation=cv2.INTER_LINEAR)
    blur = rng.uniform(0, MOST_BLUR)
    if blur > 0.25 and rng.random() < 0.8:
        seen = cv2.GaussianBlur(seen, (0, 0), blur)
    if rng.random() < 0.4:
        seen = 255 - (255 - seen) * np.float32(rng.uniform(0.6, 1.25))
    if rng.random() < 0.7:
        noise = rng.standard_normal((side, side), dtype=np.float32)
        seen = seen + np.float32(rng.gamma(2, 2.5)) * noise[:, :, None]
    if rng.random() < 0.15:
        seen = _sharpened(seen)
    if rng.random() < 0.7:
        return as_jpeg(np.asarray(seen, dtype=np.float32), int(rng.integers(25, 96)))
    return np.asarray(np.clip(seen, 0, 255), dtype=np.uint8)


def _sharpened(seen: np.ndarray) -> Floats:
    """Return the crop as telephones sharpen it: pale rims beside every stroke."""
    return np.asarray(seen + 0.8 * (seen - cv2.GaussianBlur(seen, (0, 0), 1.5)), dtype=np.float32)


def _fax(seen: np.ndarray, rng: Generator) -> Pixels:
    """Return the crop in black and white, with broken edges and specks."""
    grey = cv2.GaussianBlur(cv2.cvtColor(seen, cv2.COLOR_RGB2GRAY), (0, 0), rng.uniform(0.4, 1))
    grain = rng.uniform(3, 22) * rng.standard_normal(grey.shape, dtype=np.float32)
    black = grey + grain < rng.uniform(130, 200)
    black |= rng.random(grey.shape, dtype=np.float32) < rng.choice([0, 1e-4, 2e-3])
    bilevel = np.where(black, 0, 255).astype(np.uint8)
    return np.asarray(np.repeat(bilevel[:, :, None], 3, axis=2), dtype=np.uint8)

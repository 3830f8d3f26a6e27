"""How a page reaches the reader: scanned, photographed, faxed, small; and where each point went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from digitize.records import Floats, Pixels

Homography: TypeAlias = NDArray[np.float64]

LOW_DPI = (95.0, 125.0)  # pixels per inch of a small scan or a picture from a message
OUTWARD = 0.03  # of the page's sides: a photograph's corners lie so far outside the frame, at most


@dataclass(frozen=True, slots=True)
class WornPage:
    """pixels: (height, width, 3) uint8 RGB. moved: (3, 3) map of the sheet's pixels to these."""

    pixels: Pixels
    moved: Homography


def leave_clean(page: Floats, dpi: float, rng: Generator) -> WornPage:
    """Return the page as a program draws it. page: (height, width, 3) float32, 0 to 255."""
    del dpi, rng
    return WornPage(_bytes(page), np.eye(3))


def scan(page: Floats, dpi: float, rng: Generator) -> WornPage:
    """Return the page from a flatbed: a little askew, noisy, and stored as JPEG."""
    height, width = page.shape[:2]
    angle = float(np.clip(rng.normal(0, 0.6), -1.5, 1.5))
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    moved = np.vstack([turn, [0.0, 0.0, 1.0]])
    turned = _warp(page, moved)
    soft = cv2.GaussianBlur(turned, (0, 0), rng.uniform(0.3, 0.6) * dpi / 150)
    noisy = add_noise(np.asarray(soft, dtype=np.float32), rng.uniform(1.5, 4), rng)
    return WornPage(as_jpeg(noisy, int(rng.integers(55, 92))), moved)


def photograph(page: Floats, dpi: float, rng: Generator) -> WornPage:
    """Return the page as a telephone takes it: tilted, unevenly lit, soft, noisy, as JPEG."""
    height, width = page.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    outward = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], dtype=np.float32)
    shift = outward * rng.uniform(0, OUTWARD, (4, 2)) * (width, height)
    tilt = cv2.getPerspectiveTransform(corners, (corners + shift).astype(np.float32))
    moved = np.asarray(tilt, dtype=np.float64)
    seen = cv2.GaussianBlur(_warp(page, moved), (0, 0), rng.uniform(0.5, 1.0) * dpi / 150)
    lit = cv2.multiply(seen, cv2.merge([light(height, width, rng)] * 3))
    noisy = add_noise(np.asarray(lit, dtype=np.float32), rng.uniform(2, 6), rng)
    return WornPage(as_jpeg(noisy, int(rng.integers(65, 90))), moved)


def fax(page: Floats, dpi: float, rng: Generator) -> WornPage:
    """Return the page in black and white, with broken edges and specks."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    soft = cv2.GaussianBlur(grey, (0, 0), 0.5 * dpi / 150)
    grain = soft + np.float32(rng.uniform(6, 14)) * rng.standard_normal(grey.shape, np.float32)
    black = grain < rng.uniform(140, 190)
    specks = rng.random(black.shape, dtype=np.float32) < rng.uniform(0, 2e-4)
    black |= cv2.dilate(specks.astype(np.uint8), np.ones((2, 2), np.uint8)) > 0
    bilevel = np.where(black, 0, 255).astype(np.uint8)
    return WornPage(np.repeat(bilevel[:, :, None], 3, axis=2), np.eye(3))


def shrink_to_low_resolution(page: Floats, dpi: float, rng: Generator) -> WornPage:
    """Return the page at about a hundred pixels per inch, as JPEG."""
    height, width = page.shape[:2]
    scale = min(1.0, rng.uniform(*LOW_DPI) / dpi)
    size = round(width * scale), round(height * scale)
    small = np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), dtype=np.float32)
    noisy = add_noise(small, rng.uniform(1, 3), rng)
    moved = np.diag([size[0] / width, size[1] / height, 1.0])
    return WornPage(as_jpeg(noisy, int(rng.integers(70, 92))), moved)


WEARS: dict[str, Callable[[Floats, float, Generator], WornPage]] = {
    "clean": leave_clean,
    "scan": scan,
    "phone": photograph,
    "fax": fax,
    "low-resolution": shrink_to_low_resolution,
    "coloured": scan,
}


def light(height: int, width: int, rng: Generator) -> Floats:
    """Return the light on a photographed page, (height, width) float32, about 0.5 to 1."""
    coarse = rng.uniform(0.62, 1.0, (3, 3)).astype(np.float32)
    smooth = cv2.resize(coarse, (60, 80), interpolation=cv2.INTER_CUBIC)
    return np.asarray(cv2.resize(smooth, (width, height)), dtype=np.float32)


def add_noise(page: Floats, deviation: float, rng: Generator) -> Floats:
    """Return the page with the same noise on all channels, of this deviation in grey levels."""
    noise = rng.standard_normal(page.shape[:2], dtype=np.float32)
    noise *= np.float32(deviation)
    return np.asarray(cv2.add(page, cv2.merge([noise] * 3)), dtype=np.float32)


def as_jpeg(page: Floats, quality: int) -> Pixels:
    """Return the page as it is after JPEG, (height, width, 3) uint8 RGB."""
    turned = cv2.cvtColor(_bytes(page), cv2.COLOR_RGB2BGR)
    _, stored = cv2.imencode(".jpg", turned, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(stored, cv2.IMREAD_COLOR_RGB), dtype=np.uint8)


def _warp(page: Floats, moved: Homography) -> Floats:
    size = page.shape[1], page.shape[0]
    seen = cv2.warpPerspective(
        page, moved, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(seen, dtype=np.float32)


def _bytes(page: Floats) -> Pixels:
    return np.asarray(cv2.convertScaleAbs(np.maximum(page, 0)), dtype=np.uint8)

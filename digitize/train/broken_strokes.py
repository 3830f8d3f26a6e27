"""Strokes as a failing pen, a pale pencil or a hard threshold leaves them: parted, or in patches.

Images are (count, 28, 28) float32, 0 paper to 1 ink. Without such digits a network takes every
broken stroke for a piece of something else, and refuses it as no digit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from digitize.normalise import FIELD
from digitize.records import Floats
from digitize.train.smoothing import gaussian_matrix


@dataclass(frozen=True, slots=True)
class BrokenStrokeOptions:
    """How often and how far; the actual amount is drawn for each image."""

    patchy: float = 0.12  # of all images: the pen skips, in patches
    patch_sigma_pixels: float = 1.3  # a patch is about as long as a stroke is wide
    patch_share: tuple[float, float] = (0.03, 0.2)  # of the field that the pen skips
    patch_ink: tuple[float, float] = (0.0, 0.5)  # of its ink that a patch keeps
    parted: float = 0.08  # of all images: one straight gap through every stroke it meets
    gap_pixels: tuple[float, float] = (0.8, 1.8)
    gap_off_centre_pixels: float = 7.0


def break_strokes(
    images: Floats, rng: Generator, options: BrokenStrokeOptions = BrokenStrokeOptions()
) -> Floats:
    """Return the images, some with ink missing in patches and some parted by a gap."""
    kind = rng.random(len(images))
    patchy = kind < options.patchy
    parted = ~patchy & (kind < options.patchy + options.parted)
    broken = images.copy()
    broken[patchy] *= patches(int(patchy.sum()), rng, options)
    broken[parted] *= gaps(int(parted.sum()), rng, options)
    return broken


def patches(count: int, rng: Generator, options: BrokenStrokeOptions) -> Floats:
    """Return (count, 28, 28) shares of ink to keep: 1 but for smooth patches."""
    smooth = gaussian_matrix(options.patch_sigma_pixels)
    noise = smooth @ rng.standard_normal((count, FIELD, FIELD), dtype=np.float32) @ smooth.T
    spread = noise.std(axis=(1, 2), keepdims=True)
    share = rng.uniform(*options.patch_share, (count, 1, 1))
    edge = np.sort(noise.reshape(count, FIELD * FIELD), axis=1)
    floor = edge[np.arange(count), (share[:, 0, 0] * FIELD * FIELD).astype(int)][:, None, None]
    kept = np.clip((noise - floor) / (0.5 * spread) + 0.5, 0, 1)
    least = rng.uniform(*options.patch_ink, (count, 1, 1))
    return np.asarray(least + (1 - least) * kept, dtype=np.float32)


def gaps(count: int, rng: Generator, options: BrokenStrokeOptions) -> Floats:
    """Return (count, 28, 28) shares of ink to keep: 1 but for one line, 0 on it."""
    angle = rng.uniform(0, np.pi, (count, 1, 1))
    reach = options.gap_off_centre_pixels
    offset = rng.uniform(-reach, reach, (count, 1, 1))
    width = rng.uniform(*options.gap_pixels, (count, 1, 1))
    y, x = np.mgrid[:FIELD, :FIELD] - (FIELD - 1) / 2
    away = np.abs(x * np.cos(angle) + y * np.sin(angle) - offset)
    return np.asarray(np.clip(away - width / 2 + 0.5, 0, 1), dtype=np.float32)

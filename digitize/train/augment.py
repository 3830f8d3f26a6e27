"""Seeded distortions that make training digits as various as digits cut from scans.

Images are (count, 28, 28) float32, 0 paper to 1 ink, everywhere; equal generators give equal
images. Every change but the warp is a few array operations over the whole batch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.random import Generator

from digitize.normalise import FIELD
from digitize.records import Floats
from digitize.train.broken_strokes import break_strokes
from digitize.train.smoothing import gaussian_matrix

CENTRE = (FIELD - 1) / 2


@dataclass(frozen=True, slots=True)
class AugmentOptions:
    """How far each change may go; the actual amount is drawn for each image."""

    rotation_degrees: float = 12.0
    scale: float = 0.10  # of each side, drawn apart for width and height
    shear: float = 0.15  # sideways, of the height
    shift_pixels: float = 2.0
    elastic_pixels: float = 1.1  # root mean square of the displacement
    elastic_sigma_pixels: float = 4.0  # smoothness of the displacement, Simard's best
    thicken: float = 1.0  # of a dilation by one pixel
    thin: float = 0.6  # of an erosion by one pixel: more would wipe out thin strokes
    blur_sigmas_pixels: tuple[float, ...] = (0.5, 0.8)
    scan_sides_pixels: tuple[int, ...] = (16, 20)  # sides the field is scanned at
    contrast: tuple[float, float] = (0.8, 1.5)

    def eased(self, share: float) -> AugmentOptions:
        """Return the options with the warp at `share`, 0 to 1; pen and scan stay."""
        return replace(
            self,
            rotation_degrees=share * self.rotation_degrees,
            scale=share * self.scale,
            shear=share * self.shear,
            shift_pixels=share * self.shift_pixels,
            elastic_pixels=share * self.elastic_pixels,
        )


def augment(images: Floats, rng: Generator, options: AugmentOptions = AugmentOptions()) -> Floats:
    """Return the images warped, with strokes of another width or broken, and softly scanned."""
    warped = warp(images, rng, options)
    written = break_strokes(change_strokes(warped, rng, options), rng)
    return rescan(written, rng, options)


def warp(images: Floats, rng: Generator, options: AugmentOptions) -> Floats:
    """Return the images under a random affine map and an elastic displacement, each its own."""
    places = affine_places(len(images), rng, options) + elastic_fields(len(images), rng, options)
    warped = np.empty_like(images)
    for image, (across, down), out in zip(images, places, warped, strict=True):
        cv2.remap(image, across, down, cv2.INTER_LINEAR, dst=out)
    return warped


def affine_places(count: int, rng: Generator, options: AugmentOptions) -> Floats:
    """Return where each pixel comes from, (count, 2, 28, 28) float32: x, then y, in pixels.

    Rotation, scale, shear and shift about the middle of the field, each drawn evenly.
    """
    angle = np.deg2rad(rng.uniform(-options.rotation_degrees, options.rotation_degrees, count))
    scale = 1 / rng.uniform(1 - options.scale, 1 + options.scale, (2, count))
    shear = rng.uniform(-options.shear, options.shear, count)
    shift = rng.uniform(-options.shift_pixels, options.shift_pixels, (2, count))
    cos, sin = np.cos(angle), np.sin(angle)
    turn = np.array([[cos, -sin], [sin, cos]])
    slant = np.array([[scale[0], scale[0] * shear], [np.zeros(count), scale[1]]])
    matrix = np.einsum("ijn,jkn->nik", turn, slant)
    y, x = np.mgrid[:FIELD, :FIELD] - CENTRE
    places = np.einsum("nij,jyx->niyx", matrix, np.stack([x, y])) + CENTRE
    return np.asarray(places + shift.T[:, :, None, None], dtype=np.float32)


def elastic_fields(count: int, rng: Generator, options: AugmentOptions) -> Floats:
    """Return smooth random displacements, (count, 2, 28, 28) float32, in pixels.

    Even noise smoothed by a Gaussian (Simard, Steinkraus, Platt 2003,
    doi:10.1109/ICDAR.2003.1227801); its strength is drawn from 0 to `elastic_pixels`.
    """
    smooth = gaussian_matrix(options.elastic_sigma_pixels)
    noise = rng.uniform(-1, 1, (count, 2, FIELD, FIELD)).astype(np.float32)
    fields = smooth @ noise @ smooth.T
    strength = rng.uniform(0, options.elastic_pixels, (count, 1, 1, 1)).astype(np.float32)
    return np.asarray(fields * (strength / fields.std()), dtype=np.float32)


def change_strokes(images: Floats, rng: Generator, options: AugmentOptions) -> Floats:
    """Return half the images as they are, a quarter thickened and a quarter thinned.

    A share of the change by one pixel is drawn: each image is blended with its dilation or
    erosion by a cross of 3 x 3 pixels.
    """
    field = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    cross = np.stack(
        [images, field[:, :-2, 1:-1], field[:, 2:, 1:-1], field[:, 1:-1, :-2], field[:, 1:-1, 2:]]
    )
    kind = rng.integers(0, 4, len(images))
    share = rng.uniform(0, 1, len(images)).astype(np.float32)
    thicken = np.where(kind == 0, share * options.thicken, 0).astype(np.float32)[:, None, None]
    thin = np.where(kind == 1, share * options.thin, 0).astype(np.float32)[:, None, None]
    wider, narrower = cross.max(axis=0) - images, cross.min(axis=0) - images
    return np.asarray(images + thicken * wider + thin * narrower, dtype=np.float32)


def rescan(images: Floats, rng: Generator, options: AugmentOptions) -> Floats:
    """Return half the images sharp, half blurred or scanned coarsely; all of another contrast."""
    softeners = [gaussian_matrix(sigma) for sigma in options.blur_sigmas_pixels]
    softeners += [coarse_scan_matrix(side) for side in options.scan_sides_pixels]
    bank = np.stack([np.eye(FIELD, dtype=np.float32), *softeners])
    drawn = rng.integers(1, len(bank), len(images)) * rng.integers(0, 2, len(images))
    lens = bank[drawn]
    soft = lens @ images @ lens.transpose(0, 2, 1)
    gain = rng.uniform(*options.contrast, (len(images), 1, 1)).astype(np.float32)
    return np.asarray(np.clip(soft * gain, 0, 1), dtype=np.float32)


def coarse_scan_matrix(side: int) -> Floats:
    """Return the (28, 28) matrix that shrinks a column of pixels to `side` and back."""
    shrink = cv2.resize(
        np.eye(FIELD, dtype=np.float32), (FIELD, side), interpolation=cv2.INTER_AREA
    )
    stretch = cv2.resize(np.eye(side, dtype=np.float32), (side, FIELD))
    return np.asarray(stretch @ shrink, dtype=np.float32)

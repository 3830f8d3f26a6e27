"""Distorted copies of training images, as gradient features: what a machine without epochs sees."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator

from digitize.records import Floats, Pixels
from digitize.train.allographs import vary_allographs
from digitize.train.augment import augment
from digitize.train.datasets import DigitSet, ink_levels
from digitize.train.gradients import gradient_features

BATCH = 5000  # images distorted at once: about 300 MB while they are


def with_copies(images: DigitSet, copies: int, rng: Generator) -> tuple[Floats, Pixels]:
    """Return gradient features and labels of the images, then so many distorted copies of all.

    Features: ((1 + copies) · count, 392) float32; labels: as many, 0 to 10.
    """
    parts = [gradient_features(ink_levels(images.images))]
    for _ in range(copies):
        parts += [_distorted_features(part, rng) for part in _batches(images)]
    return np.concatenate(parts), np.tile(images.labels, copies + 1)


def _batches(images: DigitSet) -> Iterator[DigitSet]:
    for start in range(0, len(images), BATCH):
        yield images.subset(np.arange(start, min(start + BATCH, len(images))))


def _distorted_features(images: DigitSet, rng: Generator) -> Floats:
    varied = vary_allographs(ink_levels(images.images), images.labels, rng)
    return gradient_features(augment(varied, rng))

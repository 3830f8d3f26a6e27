"""Distorted copies of training images, as features: what a machine without epochs sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

import numpy as np
from numpy.random import Generator

from digitize.records import Floats, Pixels
from digitize.train.allographs import vary_allographs
from digitize.train.augment import augment
from digitize.train.datasets import DigitSet, ink_levels
from digitize.train.gradients import gradient_features

BATCH = 5000  # images distorted at once: about 300 MB while they are

Features: TypeAlias = Callable[[Floats], Floats]
"""Makes (count, features) float32 of (count, 28, 28) images, 0 paper to 1 ink."""


def with_copies(
    images: DigitSet, copies: int, rng: Generator, features: Features = gradient_features
) -> tuple[Floats, Pixels]:
    """Return features and labels of the images, then so many distorted copies of all.

    Features: ((1 + copies) · count, 392) float32; labels: as many, 0 to 10.
    """
    parts = [features(ink_levels(images.images))]
    for _ in range(copies):
        parts += [features(_distorted(part, rng)) for part in _batches(images)]
    return np.concatenate(parts), np.tile(images.labels, copies + 1)


def _batches(images: DigitSet) -> Iterator[DigitSet]:
    for start in range(0, len(images), BATCH):
        yield images.subset(np.arange(start, min(start + BATCH, len(images))))


def _distorted(images: DigitSet, rng: Generator) -> Floats:
    return augment(vary_allographs(ink_levels(images.images), images.labels, rng), rng)

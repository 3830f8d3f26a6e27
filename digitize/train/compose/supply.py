"""Digits to write with: each used once before any is used again."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from digitize.errors import UsageError
from digitize.records import Pixels
from digitize.train.datasets import DigitSet

LEAST_INK = 128  # of 255: a picture without so much anywhere is blank, and no ink can come of it


class DigitSupply:
    """Deals the digits of a set in random order, without replacement until all are used."""

    def __init__(self, digits: DigitSet, rng: Generator) -> None:
        real = digits.digits()
        inked = real.images.max(axis=(1, 2), initial=0) >= LEAST_INK
        self._digits = real.subset(np.flatnonzero(inked))
        if not len(self._digits):
            raise UsageError(
                "there are no digits to compose pages of",
                "Give labelled digits that were held back from training",
            )
        self._rng = rng
        self._order = rng.permutation(len(self._digits))
        self._next = 0

    def draw(self, count: int) -> tuple[list[Pixels], str]:
        """Return `count` images, (28, 28) uint8, 0 paper to 255 ink, and what they say."""
        images, text = [], ""
        for _ in range(count):
            if self._next == len(self._order):
                self._order, self._next = self._rng.permutation(len(self._digits)), 0
            index = int(self._order[self._next])
            self._next += 1
            images.append(self._digits.images[index])
            text += str(self._digits.labels[index])
        return images, text

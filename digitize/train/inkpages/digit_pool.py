"""Digits, and other signs that people wrote, for hands to write with."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from digitize.records import Pixels
from digitize.train.allographs import AllographOptions, vary_allographs
from digitize.train.broken_strokes import BrokenStrokeOptions, break_strokes

OTHERS_ONES = AllographOptions(flagged=0.3, barred=0.35)
SKIPPING = BrokenStrokeOptions(patchy=0.08, parted=0.02)


@dataclass(frozen=True, slots=True)
class DigitPool:
    """Digits to write with. images: (n, 28, 28) uint8, 0 paper to 255 ink; labels: (n,), 0-9.

    others: (m, 28, 28) uint8, letters and signs that people wrote; there may be none.
    """

    images: Pixels
    labels: Pixels
    others: Pixels

    def draw(self, count: int, rng: Generator) -> list[Pixels]:
        """Return `count` digits, (28, 28) uint8, as hands vary them."""
        chosen = rng.integers(0, len(self.labels), count)
        drawn = self.images[chosen].astype(np.float32) / np.float32(255)
        drawn = vary_allographs(drawn, self.labels[chosen], rng, OTHERS_ONES)
        broken = break_strokes(drawn, rng, SKIPPING)
        return list(np.rint(broken * 255).astype(np.uint8))

    def of_one_person(self, rng: Generator) -> DigitPool:
        """Return a pool with one to three shapes of each digit, as one person writes them."""
        shapes = int(rng.integers(1, 4))
        kept = [
            rng.choice(of_label, min(shapes, len(of_label)), replace=False)
            for digit in range(10)
            if len(of_label := np.flatnonzero(self.labels == digit))
        ]
        chosen = np.concatenate(kept)
        return replace(self, images=self.images[chosen], labels=self.labels[chosen])

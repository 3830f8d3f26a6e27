"""Digits, and other signs that people wrote, for hands to write with."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from digitize.records import Floats, Pixels
from digitize.train.allographs import AllographOptions, vary_allographs
from digitize.train.broken_strokes import BrokenStrokeOptions, break_strokes

OTHERS_ONES = AllographOptions(flagged=0.3, barred=0.35)
SKIPPING = BrokenStrokeOptions(patchy=0.08, parted=0.02)
REPEATED = 0.12  # of digits: the same again as the one before, as in 111 or 500
WAISTS = {4: 0.6, 7: 0.4, 9: 0.55}
"""Of digits that may reach far down: where their tail begins, in their height from the top."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How one person's digits differ from others'.

    tail: length of what 4, 7 and 9 reach down by, over the usual. zero: height of zeros over that
    of other digits.
    """

    tail: float = 1.0
    zero: float = 1.0


@dataclass(frozen=True, slots=True)
class DigitPool:
    """Digits to write with. images: (n, 28, 28) uint8, 0 paper to 255 ink; labels: (n,), 0-9.

    others: (m, 28, 28) uint8, letters and signs that people wrote; there may be none.
    """

    images: Pixels
    labels: Pixels
    others: Pixels
    habits: Habits = field(default_factory=Habits)

    def draw(self, count: int, rng: Generator) -> list[Pixels]:
        """Return `count` digits, (28 or more, 28) uint8, as hands vary them."""
        chosen = self._choose(count, rng)
        drawn = self.images[chosen].astype(np.float32) / np.float32(255)
        drawn = vary_allographs(drawn, self.labels[chosen], rng, OTHERS_ONES)
        broken = break_strokes(drawn, rng, SKIPPING)
        shaped = map(self._as_usual_here, broken, self.labels[chosen])
        return [np.asarray(np.rint(image * 255), dtype=np.uint8) for image in shaped]

    def _choose(self, count: int, rng: Generator) -> NDArray[np.int64]:
        chosen = rng.integers(0, len(self.labels), count)
        for place in np.flatnonzero(rng.random(count) < REPEATED).tolist():
            alike = np.flatnonzero(self.labels == self.labels[chosen[max(place - 1, 0)]])
            chosen[place] = rng.choice(alike)
        return chosen

    def _as_usual_here(self, image: Floats, label: int) -> Floats:
        """Return a digit, 0 paper to 1 ink, by this person's habits."""
        if label in WAISTS and self.habits.tail > 1:
            return lengthen_tail(image, WAISTS[label], self.habits.tail)
        if label == 0 and self.habits.zero < 1:
            shrunk = self.habits.zero * np.eye(2, 3)
            return np.asarray(cv2.warpAffine(image, shrunk, image.shape[::-1]), dtype=np.float32)
        return image

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


def lengthen_tail(image: Floats, waist: float, factor: float) -> Floats:
    """Return a digit, (28, 28), so many times longer from its waist down, (28 or more, 28).

    waist: in the ink's height from its top.
    """
    rows = np.flatnonzero(image.max(axis=1) > 0)
    if not len(rows):
        return image
    start = float(rows[0] + waist * (rows[-1] + 1 - rows[0]))
    height, width = image.shape
    taller = int(np.ceil(start + factor * (height - start)))
    y = np.arange(taller, dtype=np.float32)
    y = np.where(y < start, y, start + (y - start) / factor).astype(np.float32)
    x = np.arange(width, dtype=np.float32)
    down, across = np.meshgrid(y, x, indexing="ij")
    return np.asarray(cv2.remap(image, across, down, cv2.INTER_LINEAR), dtype=np.float32)

"""Labelled images as one record, and the labels they can have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.classify import DIGITS, NOT_A_DIGIT
from digitize.records import Floats, Pixels

Split: TypeAlias = Literal["train", "test"]
Indices: TypeAlias = NDArray[np.int64]

LABELS = {**{str(digit): digit for digit in range(DIGITS)}, "x": NOT_A_DIGIT}
"""What people write for each label: sub-folders are called so, and corrections."""


@dataclass(frozen=True, slots=True)
class DigitSet:
    """Labelled images; images: (count, 28, 28) uint8, 0 paper to 255 ink, labels: (count,) 0-10.

    The label 10 stands for what is no digit.
    """

    images: Pixels
    labels: Pixels

    def __len__(self) -> int:
        return len(self.labels)

    def subset(self, indices: Indices) -> DigitSet:
        """Return the digits at `indices`, in that order."""
        return DigitSet(self.images[indices], self.labels[indices])

    def digits(self) -> DigitSet:
        """Return those that are digits, in the same order."""
        return self.subset(np.flatnonzero(self.labels != NOT_A_DIGIT))


def joined(sets: Sequence[DigitSet]) -> DigitSet:
    """Return several sets as one."""
    return DigitSet(
        np.concatenate([part.images for part in sets]),
        np.concatenate([part.labels for part in sets]),
    )


def ink_levels(images: Pixels) -> Floats:
    """Return uint8 images, 0 paper to 255 ink, as float32, 0 paper to 1 ink."""
    return images.astype(np.float32) / np.float32(255)

"""A small school: drawn digits to train on, and what a training needs in a test."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from drawn_digits import drawn_digits, write_idx_folder

from digitize.classify import NOT_A_DIGIT
from digitize.train.datasets import DigitSet, TrainingData
from digitize.train.lesson import Lesson


def school_folder(folder: Path) -> Path:
    """Return a folder of 400 drawn training digits and 100 test digits."""
    write_idx_folder(folder, drawn_digits(40, np.random.default_rng(1)), "train")
    return write_idx_folder(folder, drawn_digits(10, np.random.default_rng(2)), "test")


def with_scribbles(digits: DigitSet, count: int) -> DigitSet:
    """Return the digits, and after them so many images of noise, labelled as no digit."""
    noise = np.random.default_rng(4).integers(0, 256, (count, 28, 28)).astype(np.uint8)
    images = np.concatenate([digits.images, noise])
    return DigitSet(images, np.append(digits.labels, np.full(count, NOT_A_DIGIT, np.uint8)))


def small_data() -> TrainingData:
    """Return 200 drawn digits to train on and 50 held back, each with noise."""
    training = with_scribbles(drawn_digits(20, np.random.default_rng(1)), 20)
    held_back = with_scribbles(drawn_digits(5, np.random.default_rng(2)), 5)
    return TrainingData(training, held_back, "drawn", "200 and 50", "25 of noise")


def small_lesson(epochs: int | None = None) -> Lesson:
    """Return a lesson on the small data, without a checkpoint."""
    return Lesson(small_data(), seed=1, title="test", epochs=epochs)

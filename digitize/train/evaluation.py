"""How good a classifier is on labelled digits; needs nothing beyond the base install."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from digitize.classify import Classifier
from digitize.errors import UnreadableInput, UsageError
from digitize.normalise import FIELD, normalise_ink
from digitize.records import Floats, Pixels
from digitize.train.calibration import calibration_error
from digitize.train.datasets import DigitSet, Split, has_split, ink_levels, read_idx_folder

PAPER_LEVEL = 51  # of 255, a fifth: paper grain and specks stay below
DEVIATIONS_95 = 1.959964  # standard deviations either side that hold 95 % of a normal distribution


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a classifier got right; rates and their 95 % interval are 0 to 1.

    ece: expected calibration error, 0 to 1. digits_per_second: as run, wall time.
    """

    count: int
    errors: int
    error_rate: float
    low: float
    high: float
    ece: float
    digits_per_second: float


@dataclass(frozen=True, slots=True)
class FolderEvaluation:
    """An evaluation, the set it was made on, and what to know about that set (may be empty)."""

    evaluation: Evaluation
    data: str
    split: Split
    normalised: bool
    note: str


def evaluate(classifier: Classifier, images: Floats, labels: Pixels) -> Evaluation:
    """Return how `classifier` reads (count, 28, 28) images, 0 paper to 1 ink; labels (count,).

    UsageError where images have another size, labels another number, or there are none.
    """
    if images.ndim != 3 or images.shape[1:] != (FIELD, FIELD):
        size = " x ".join(str(side) for side in images.shape[1:])
        cause = f"images of {size} pixels cannot be read, only {FIELD} x {FIELD}"
        raise UsageError(cause, "Bring them to MNIST's form first (digitize.normalise)")
    if not len(images) or labels.shape != (len(images),):
        cause = f"there are {len(images)} images and {labels.size} labels"
        raise UsageError(cause, "Give at least one image, and one label for each")
    started = time.perf_counter()
    scores = classifier.scores(images)
    seconds = time.perf_counter() - started
    right = scores.argmax(axis=1) == labels
    errors = int((~right).sum())
    low, high = wilson_interval(errors, len(images))
    return Evaluation(
        count=len(images),
        errors=errors,
        error_rate=errors / len(images),
        low=low,
        high=high,
        ece=calibration_error(scores.max(axis=1), right),
        digits_per_second=len(images) / max(seconds, 1e-9),
    )


def evaluate_folder(
    classifier: Classifier, folder: Path, normalise: bool = False
) -> FolderEvaluation:
    """Return how `classifier` reads the test digits of an IDX folder.

    Without test files the training files are read, and the note says so. normalise: put each image
    through the glyph normaliser first, as glyphs cut from pages are.
    UnreadableInput where the folder or a file in it cannot be used.
    """
    split: Split = (
        "test" if has_split(folder, "test") or not has_split(folder, "train") else "train"
    )
    digits = read_idx_folder(folder, split)
    if not len(digits):
        raise UnreadableInput(f"{folder}: the {split} set is empty", "Give a folder with digits")
    images = normalised(digits) if normalise else ink_levels(digits.images)
    note = "" if split == "test" else "no test files; these training digits may have been learnt"
    evaluation = evaluate(classifier, images, digits.labels)
    return FolderEvaluation(evaluation, folder.resolve().name, split, normalise, note)


def normalised(digits: DigitSet) -> Floats:
    """Return the images as the glyph normaliser makes them; an image without ink stays blank.

    The normaliser expects ink found on a page, so each image is brought to full contrast first and
    what is fainter than a fifth of its strongest ink counts as paper.
    """
    images = np.zeros(digits.images.shape, dtype=np.float32)
    for image, grey in zip(images, digits.images, strict=True):
        if grey.any():
            ink = np.rint(grey * (255.0 / grey.max())).astype(np.uint8)
            image[:] = normalise_ink(np.where(ink < PAPER_LEVEL, 0, ink).astype(np.uint8))
    return images


def wilson_interval(errors: int, count: int) -> tuple[float, float]:
    """Return the 95 % interval of an error rate, 0 to 1: `errors` seen among `count` digits.

    E. B. Wilson 1927, doi:10.1080/01621459.1927.10502953: sound near 0, where errors are few.
    """
    rate, square = errors / count, DEVIATIONS_95**2
    middle = rate + square / (2 * count)
    reach = DEVIATIONS_95 * math.sqrt(rate * (1 - rate) / count + square / (4 * count**2))
    total = 1 + square / count
    return max(0.0, (middle - reach) / total), min(1.0, (middle + reach) / total)

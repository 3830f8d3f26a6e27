"""How good a classifier is on labelled digits; needs nothing beyond the base install.

Errors are counted over digits. Images that are no digit (label 10) are judged apart, by how many
of them would pass for one.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from digitize.classify import DIGITS, NOT_A_DIGIT, Classifier
from digitize.errors import UnreadableInput, UsageError
from digitize.normalise import FIELD
from digitize.records import Floats, Pixels
from digitize.train.calibration import calibration_error, signed_calibration_error
from digitize.train.datasets import (
    Split,
    has_split,
    ink_levels,
    read_labelled_folder,
    to_mnist_form,
)
from digitize.train.report.metrics.intervals import wilson_interval
from digitize.train.report.metrics.refusal import OtherImages, others_passing


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a classifier got right; rates and their 95 % interval are 0 to 1.

    ece, signed_error: calibration errors of the answers given to digits, 0 to 1 and -1 to 1 (above
    0 is too sure). digits_per_second: as run, wall time. refused: digits answered with *not a
    digit*, which are errors too. digit_errors: errors left if the best of the ten digits is taken
    whatever *not a digit* got. seconds: wall time for all images. others: None where the set has
    digits alone.
    """

    count: int
    errors: int
    error_rate: float
    low: float
    high: float
    ece: float
    digits_per_second: float
    signed_error: float = 0.0
    refused: int = 0
    digit_errors: int = 0
    seconds: float = 0.0
    others: OtherImages | None = None


@dataclass(frozen=True, slots=True)
class FolderEvaluation:
    """An evaluation, the set it was made on, and what to know about that set (may be empty)."""

    evaluation: Evaluation
    data: str
    split: Split
    normalised: bool
    note: str


@dataclass(frozen=True, slots=True)
class LabelledImages:
    """Labelled images to judge by; images: (count, 28, 28) float32, 0 paper to 1 ink.

    labels: (count,) 0 to 10. data: the folder's name. note: what to know about the set, or "".
    """

    images: Floats
    labels: Pixels
    data: str
    split: Split = "test"
    normalised: bool = False
    note: str = ""


def evaluate(classifier: Classifier, images: Floats, labels: Pixels) -> Evaluation:
    """Return how `classifier` reads (count, 28, 28) images, 0 paper to 1 ink; labels (count,).

    UsageError where images have another size, labels another number, or there are no digits.
    """
    scores, seconds = timed_scores(classifier, images)
    return judge(scores, labels, seconds)


def timed_scores(classifier: Classifier, images: Floats) -> tuple[Floats, float]:
    """Return the (count, 11) scores of (count, 28, 28) images and the seconds they took."""
    if images.ndim != 3 or images.shape[1:] != (FIELD, FIELD):
        size = " x ".join(str(side) for side in images.shape[1:])
        cause = f"images of {size} pixels cannot be read, only {FIELD} x {FIELD}"
        raise UsageError(cause, "Bring them to MNIST's form first (digitize.normalise)")
    started = time.perf_counter()
    scores = classifier.scores(images)
    return scores, time.perf_counter() - started


def judge(scores: Floats, labels: Pixels, seconds: float) -> Evaluation:
    """Return what (count, 11) scores, made in `seconds`, are worth against (count,) labels."""
    if not len(scores) or labels.shape != (len(scores),):
        cause = f"there are {len(scores)} images and {labels.size} labels"
        raise UsageError(cause, "Give at least one image, and one label for each")
    digits = labels != NOT_A_DIGIT
    if not digits.any():
        raise UsageError(
            f"none of the {len(labels)} images is a digit", "Give digits to measure errors on"
        )
    found, true = scores[digits], labels[digits]
    answers = found.argmax(axis=1)
    right = answers == true
    errors, confidence = int((~right).sum()), found.max(axis=1)
    low, high = wilson_interval(errors, len(found))
    return Evaluation(
        count=len(found),
        errors=errors,
        error_rate=errors / len(found),
        low=low,
        high=high,
        ece=calibration_error(confidence, right),
        digits_per_second=len(scores) / max(seconds, 1e-9),
        signed_error=signed_calibration_error(confidence, right),
        refused=int((answers == NOT_A_DIGIT).sum()),
        digit_errors=int((found[:, :DIGITS].argmax(axis=1) != true).sum()),
        seconds=seconds,
        others=others_passing(found, scores[~digits]),
    )


def evaluate_folder(
    classifier: Classifier, folder: Path, normalise: bool = False
) -> FolderEvaluation:
    """Return how `classifier` reads an IDX folder's test digits; see `read_labelled_images`."""
    return evaluate_images(classifier, read_labelled_images(folder, normalise))


def evaluate_images(classifier: Classifier, data: LabelledImages) -> FolderEvaluation:
    """Return how `classifier` reads labelled images."""
    evaluation = evaluate(classifier, data.images, data.labels)
    return FolderEvaluation(evaluation, data.data, data.split, data.normalised, data.note)


def read_labelled_images(folder: Path, normalise: bool = False) -> LabelledImages:
    """Return the test images of an IDX folder.

    Without test files the training files are read, and the note says so. normalise: put each image
    through the glyph normaliser first, as glyphs cut from pages are.
    UnreadableInput where the folder or a file in it cannot be used, or holds no digits.
    """
    split: Split = (
        "test" if has_split(folder, "test") or not has_split(folder, "train") else "train"
    )
    digits = read_labelled_folder(folder, split)
    if not len(digits):
        raise UnreadableInput(f"{folder}: the {split} set is empty", "Give a folder with digits")
    if not len(digits.digits()):
        cause = f"{folder}: the {split} set holds no digits, only images labelled {NOT_A_DIGIT}"
        raise UnreadableInput(cause, "Give a folder with digits, or join it with one that has them")
    images = ink_levels(to_mnist_form(digits.images) if normalise else digits.images)
    note = "" if split == "test" else "no test files; these training digits may have been learnt"
    return LabelledImages(images, digits.labels, folder.resolve().name, split, normalise, note)

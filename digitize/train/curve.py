"""Error against training size: the same family trained on parts of the digits."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from digitize.classify import BATCH, NOT_A_DIGIT
from digitize.records import Floats
from digitize.train.calibration import choose_calibration
from digitize.train.checkpoint import LearningCurve
from digitize.train.datasets import DigitSet, TrainingData, ink_levels
from digitize.train.lesson import Lesson
from digitize.train.libraries import load

SHARES = (Fraction(1, 64), Fraction(1, 16), Fraction(1, 4))
FEWEST = 10  # images of each answer, where there are as many: a family must know all answers


def learning_curve(
    learn: Callable[[Lesson, Any], Any], options: Any, lesson: Lesson, shares: Sequence[Fraction]
) -> LearningCurve:
    """Return (training digits, error on the held-back digits) for each share, smallest first.

    Each training is `lesson` on a part of its digits; all are examined on all its held-back ones.
    """
    return tuple(_point(learn, options, lesson, share) for share in shares)


def _point(
    learn: Callable[[Lesson, Any], Any], options: Any, lesson: Lesson, share: Fraction
) -> tuple[int, float]:
    part = part_of(lesson, share)
    graph = learn(part, options)
    error = held_back_error(graph, lesson.data, lesson.seed)
    return len(part.data.training.digits()), round(error, 6)


def part_of(lesson: Lesson, share: Fraction) -> Lesson:
    """Return the lesson on a share of its training digits, and drawn clutter, of each answer.

    Epochs grow as the root of 1 / share: on a sixty-fourth each digit is seen eight times as
    often, in an eighth of the steps. So many more steps do not help, and few would not be fair.
    """
    rng = np.random.default_rng([lesson.seed, share.denominator])
    part = draw_part(lesson.data.training, share, rng)
    epochs = lesson.epochs and round(lesson.epochs / float(share) ** 0.5)
    return dataclasses.replace(
        lesson,
        data=dataclasses.replace(lesson.data, training=part),
        epochs=epochs,
        title=f"{lesson.title} on {share} of the digits",
        checkpoint=None,
    )


def draw_part(digits: DigitSet, share: Fraction, rng: np.random.Generator) -> DigitSet:
    """Return a share of each answer's images, at least ten where there are as many; in order."""
    drawn = [
        rng.permutation(places)[: max(FEWEST, round(len(places) * share))]
        for places in (np.flatnonzero(digits.labels == label) for label in np.unique(digits.labels))
    ]
    return digits.subset(np.sort(np.concatenate(drawn)))


def held_back_error(graph: Any, data: TrainingData, seed: int) -> float:
    """Return the share of held-back digits that the ONNX ModelProto, calibrated, reads wrong."""
    labels = data.held_back.labels
    logits = run_graph(graph, ink_levels(data.held_back.images))
    _, scale, bias = choose_calibration(logits, labels, seed)
    digits = labels != NOT_A_DIGIT
    read = (logits * scale + bias)[digits].argmax(axis=1)
    return float((read != labels[digits]).mean())


def run_graph(graph: Any, images: Floats) -> Floats:
    """Return the (count, 11) logits that an ONNX ModelProto gives for (count, 28, 28) images."""
    (onnxruntime,) = load("onnxruntime")
    session = onnxruntime.InferenceSession(
        graph.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    starts = range(0, len(images), BATCH)
    return np.concatenate(
        [session.run(["logits"], {"images": images[at : at + BATCH]})[0] for at in starts]
    )

"""Models whose answers are written down beforehand, and the digits they answer to."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from drawn_digits import drawn_digits

from digitize.classify import CLASSES, NOT_A_DIGIT, ModelCard, softmax
from digitize.records import Floats, Pixels
from digitize.train.datasets import ink_levels
from digitize.train.evaluation import LabelledImages
from digitize.train.report.compare import compare
from digitize.train.report.contenders import Contender
from digitize.train.report.record import Comparison

CARD = ModelCard(
    name="drawn",
    family="cnn",
    data="school train (600)",
    split="550 trained on, 50 held back",
    not_digits="6 given, 180 drawn",
    seed=1,
    seconds=90.0,
    calibration="temperature scaling",
    scale=(1.0,) * CLASSES,
    bias=(0.0,) * CLASSES,
    held_back_error=0.02,
    held_back_ece=0.003,
    weights_sha256="ab" * 32,
    made_with="keras 3",
)


@dataclass(frozen=True)
class Prepared:
    """Gives the same (count, 11) scores whatever it is shown."""

    prepared: Floats

    def scores(self, images: Floats) -> Floats:
        assert len(images) == len(self.prepared)
        return self.prepared


def drawn_set(each: int = 6, others: int = 0) -> LabelledImages:
    """`each` drawings of every digit, and blank images that are no digit."""
    digits = drawn_digits(each, np.random.default_rng(5))
    blank = np.zeros((others, 28, 28), np.uint8)
    labels = np.concatenate([digits.labels, np.full(others, NOT_A_DIGIT, np.uint8)])
    return LabelledImages(ink_levels(np.concatenate([digits.images, blank])), labels, "school")


def noisy_scores(labels: Pixels, skill: float, seed: int) -> Floats:
    """Scores of a model that sees the truth through noise; the higher `skill`, the better."""
    noise = np.random.default_rng(seed).normal(size=(len(labels), CLASSES))
    return softmax((noise + skill * np.eye(CLASSES)[labels]).astype(np.float32))


def contender(name: str, scores: Floats, **card: object) -> Contender:
    made = replace(CARD, name=name, **card)
    return Contender(name, Prepared(scores), made, "cd" * 32, 1_500_000)


def contest(others: int = 0) -> tuple[Comparison, LabelledImages]:
    """A good and a poor model on the same digits; the good one's card has a learning curve."""
    data = drawn_set(others=others)
    curve = ((100, 0.2), (550, 0.05))
    return compare(
        [
            contender("good", noisy_scores(data.labels, 4.0, 1), learning_curve=curve),
            contender("poor", noisy_scores(data.labels, 1.5, 2), seconds=300.0),
        ],
        data,
    ), data

"""The model families that can be trained: a new one is a file and a line here.

Importing this imports no training library; `Family.train` does, and says what is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from digitize.train.card import TrainingResult
from digitize.train.cnn import EPOCHS, train_cnn
from digitize.train.svm import train_svm


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of model. train: called with data, output, seed, and epochs where it has epochs.

    epochs: the usual number of passes over the training digits; None where they are not counted.
    """

    summary: str
    train: Callable[..., TrainingResult]
    epochs: int | None


FAMILIES: dict[str, Family] = {
    "cnn": Family("convolutional network (Keras): the most accurate", train_cnn, EPOCHS),
    "svm": Family("gradient features and RBF support vectors (scikit-learn)", train_svm, None),
}

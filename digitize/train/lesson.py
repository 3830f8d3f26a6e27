"""One training of one model: what every family is given to learn from."""

from __future__ import annotations

from dataclasses import dataclass

from digitize.train.checkpoint import Checkpoint
from digitize.train.datasets import TrainingData


@dataclass(frozen=True, slots=True)
class Lesson:
    """What to learn, and from what.

    epochs: passes over the training digits; None for a family that is not trained in epochs.
    title: what the progress bar calls it. checkpoint: where the training goes on from after an
    interruption; None keeps nothing.
    """

    data: TrainingData
    seed: int
    title: str
    epochs: int | None = None
    checkpoint: Checkpoint | None = None

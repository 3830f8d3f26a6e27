"""The large network: several networks like the cnn, trained apart, their logits averaged.

Networks that start from other weights and see the digits otherwise distorted err on other digits
(L. K. Hansen, P. Salamon 1990, doi:10.1109/34.58871).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from digitize.train.checkpoint import Checkpoint
from digitize.train.cnn import train_network
from digitize.train.lesson import Lesson
from digitize.train.network import CnnOptions, ensemble_graph


@dataclass(frozen=True, slots=True)
class EnsembleOptions:
    """How many networks, and what each is like."""

    networks: int = 2
    network: CnnOptions = field(default_factory=CnnOptions)


def learn_cnn_large(lesson: Lesson, options: EnsembleOptions) -> Any:
    """Return the ONNX ModelProto of the mean logits of networks trained one after the other.

    The first is the very network that the cnn of this seed is; each next has the next seed. A
    finished network stays in its checkpoint until all are finished.
    """
    lessons = [lesson_of(lesson, number, options.networks) for number in range(options.networks)]
    graph = ensemble_graph([train_network(part, options.network) for part in lessons])
    for part in lessons[1:]:
        if part.checkpoint:
            part.checkpoint.path.unlink(missing_ok=True)
    return graph


def lesson_of(lesson: Lesson, number: int, networks: int) -> Lesson:
    """Return what network `number`, from 0, learns from: a seed and a checkpoint of its own."""
    return dataclasses.replace(
        lesson,
        seed=lesson.seed + number,
        title=f"{lesson.title}, network {number + 1} of {networks}",
        checkpoint=lesson.checkpoint and checkpoint_of_network(lesson.checkpoint, number),
    )


def checkpoint_of_network(checkpoint: Checkpoint, number: int) -> Checkpoint:
    """Return the checkpoint of network `number`, from 0; the first has the model's own."""
    if not number:
        return checkpoint
    name = checkpoint.path.name.replace(".checkpoint.", f".network-{number + 1}.checkpoint.")
    settings = {**checkpoint.settings, "network": str(number + 1)}
    return dataclasses.replace(checkpoint, path=checkpoint.path.with_name(name), settings=settings)

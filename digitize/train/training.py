"""From folders of digits to a model that ships: the one way in which every family is trained."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitize.errors import UsageError
from digitize.train.card import Recipe, TrainingResult, check_output, save_model
from digitize.train.checkpoint import Checkpoint, checkpoint_path, fingerprint
from digitize.train.curve import SHARES, learning_curve
from digitize.train.datasets import TrainingData, read_training_data
from digitize.train.interruption import Earlier, settle
from digitize.train.lesson import Lesson
from digitize.train.libraries import load, versions
from digitize.train.progress import announce, duration

MODULES = {"scikit-learn": "sklearn"}  # what a distribution is imported as, where that differs


@dataclass(frozen=True, slots=True)
class Family:
    """One kind of model.

    learn: returns the trained ONNX ModelProto, given a Lesson and `options`. libraries: those it
    is trained with, as installed. epochs: the usual number of passes over the training digits,
    None where they are not counted. seconds_per_thousand: roughly, of training images, on two
    cores; None where the training itself measures it.
    """

    name: str
    summary: str
    learn: Callable[[Lesson, Any], Any]
    options: Any
    libraries: tuple[str, ...]
    epochs: int | None = None
    seconds_per_thousand: float | None = None

    def train(
        self, data: Sequence[Path], output: Path, seed: int = 1, epochs: int | None = None
    ) -> TrainingResult:
        """Return a model trained on the folders `data` and written to `output` (.onnx)."""
        return train(self, recipe_for(self, data, output, seed, epochs))


def recipe_for(
    family: Family,
    data: Sequence[Path],
    output: Path,
    seed: int,
    epochs: int | None = None,
    learning_curve: bool = False,
    fonts: Sequence[Path] = (),
    start_from: Path | None = None,
) -> Recipe:
    """Return what is asked for, with the family's usual number of epochs where none is.

    UsageError where epochs are asked of a family that is not trained in them, or where fonts or a
    network to start from are given.
    """
    check_ink_options(family.name, fonts, start_from)
    if epochs and family.epochs is None:
        raise UsageError(f"{family.name} is not trained in epochs", "Leave --epochs out")
    return Recipe(family.name, tuple(data), output, seed, epochs or family.epochs, learning_curve)


def check_ink_options(name: str, fonts: Sequence[Path], start_from: Path | None) -> None:
    """Raise UsageError where what only the ink network has a use for is given to another model."""
    if fonts:
        raise UsageError(f"{name} is not trained with fonts of your own", "Leave --fonts out")
    if start_from:
        cause = f"the training of {name} starts from nothing"
        raise UsageError(cause, "Leave --start-from out")


def train(family: Family, recipe: Recipe, earlier: Earlier = Earlier.REFUSE) -> TrainingResult:
    """Return the model that `recipe` asks for, written with its card and its page.

    A family with epochs leaves a checkpoint beside the model until the model is written.
    """
    started = time.monotonic()
    check_output(recipe.output)
    check_earlier(family, recipe.output, earlier)
    load(*(MODULES.get(name, name) for name in family.libraries))
    announce(f"Reading {', '.join(str(folder) for folder in recipe.data) or 'MNIST'}")
    data = read_training_data(recipe.data, recipe.seed)
    lesson = Lesson(data, recipe.seed, family.name, recipe.epochs)
    checkpoint = checkpoint_of(family, recipe, data)
    progress = checkpoint.progress() if checkpoint else None
    if progress:
        started, curve = started - progress.seconds, progress.learning_curve
    else:
        parts = SHARES if recipe.learning_curve else ()
        curve = learning_curve(family.learn, family.options, lesson, parts)
    if checkpoint:
        checkpoint = dataclasses.replace(checkpoint, started=started, learning_curve=curve)
        lesson = dataclasses.replace(lesson, checkpoint=checkpoint)
    announce_time(family, len(data.training))
    graph = family.learn(lesson, family.options)
    result = save_model(graph, recipe, data, started, versions(*family.libraries), curve)
    if checkpoint:
        checkpoint.path.unlink(missing_ok=True)
    return result


def check_earlier(family: Family, output: Path, earlier: Earlier) -> None:
    """Settle what becomes of an earlier checkpoint; UsageError where there can be none."""
    if family.epochs is not None:
        settle(output, earlier)
    elif earlier is Earlier.RESUME:
        cause = f"{family.name} is not trained in epochs, and keeps nothing to go on from"
        raise UsageError(cause, "Train it again without --resume")


def announce_time(family: Family, images: int) -> None:
    """Say how long a family without epochs will roughly take; the others measure it."""
    if family.seconds_per_thousand is not None:
        seconds = family.seconds_per_thousand * images / 1000
        announce(f"{family.name}: {images:,} images, about {duration(seconds)} on two cores")


def checkpoint_of(family: Family, recipe: Recipe, data: TrainingData) -> Checkpoint | None:
    """Return where the training keeps how far it came; None for a family without epochs."""
    if family.epochs is None:
        return None
    settings = {
        "family": family.name,
        "seed": str(recipe.seed),
        "number of epochs": str(recipe.epochs),
        "data": f"{data.sources}; {data.split}",
        "data's checksum": fingerprint(data),
        "learning curve": "wanted" if recipe.learning_curve else "not wanted",
        "options": repr(family.options),
        "library": versions(*family.libraries),
    }
    return Checkpoint(checkpoint_path(recipe.output), settings)

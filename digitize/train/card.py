"""A trained graph becomes a model that ships: calibrated, with its card, and a page for people."""

from __future__ import annotations

import dataclasses
import os
import shlex
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitize.classify import CLASSES, NOT_A_DIGIT, ModelCard, OnnxClassifier, calibrated
from digitize.errors import OutputNotWritable
from digitize.onnx_models import find_model
from digitize.promise import KEY as NUMBERS_KEY
from digitize.readers import usual_readers
from digitize.records import Floats, Pixels
from digitize.train.calibration import calibration_error, choose_calibration
from digitize.train.datasets import TrainingData, ink_levels
from digitize.train.model_file import write_model
from digitize.train.onnx_graph import weights_sha256
from digitize.train.page import card_page
from digitize.train.reference import measure_reference


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a training was asked for.

    fonts: folders of more fonts than the system's. start_from: a model of the same kind, whose
    weights the training goes on from.
    """

    family: str
    data: tuple[Path, ...]
    output: Path
    seed: int
    epochs: int | None = None
    learning_curve: bool = False
    fonts: tuple[Path, ...] = ()
    start_from: Path | None = None

    @property
    def command(self) -> str:
        """The command line that trains this model again."""
        words = ["digitize", "train", self.family]
        for folder in self.data:
            words += ["--data", str(folder)]
        for folder in self.fonts:
            words += ["--fonts", str(folder)]
        if self.start_from:
            words += ["--start-from", str(self.start_from)]
        words += ["-o", str(self.output), "--seed", str(self.seed)]
        if self.epochs is not None:
            words += ["--epochs", str(self.epochs)]
        if self.learning_curve:
            words.append("--learning-curve")
        return shlex.join(words)


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """A trained model: its card, its ONNX file, and the page about it for people."""

    card: ModelCard
    model: Path
    page: Path


def check_output(output: Path) -> None:
    """Raise OutputNotWritable now, not after an hour, if `output` cannot be written."""
    folder = output.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputNotWritable(f"{folder}: {error}", "Choose another folder with -o") from error
    if output.suffix != ".onnx":
        raise OutputNotWritable(f"{output}: not an .onnx file", "Give a name that ends in .onnx")
    if not os.access(folder, os.W_OK):
        raise OutputNotWritable(f"{folder}: no right to write", "Choose another folder with -o")


def save_model(
    graph: Any,
    recipe: Recipe,
    data: TrainingData,
    started: float,
    made_with: str,
    smaller: Sequence[tuple[int, float]] = (),
) -> TrainingResult:
    """Return the model written to `recipe.output`, calibrated on the held-back digits.

    graph: an ONNX ModelProto. started: time.monotonic() when the training began. smaller: what
    trainings on fewer digits reached, (digits, error), the start of the learning curve. The
    held-back digits are read as they are, undistorted, by the very file that ships.
    """
    card = ModelCard(
        name=recipe.output.stem,
        family=recipe.family,
        data=data.sources,
        split=data.split,
        not_digits=data.not_digits,
        seed=recipe.seed,
        seconds=0.0,
        calibration="none",
        scale=(1.0,) * CLASSES,
        bias=(0.0,) * CLASSES,
        held_back_error=0.0,
        held_back_ece=0.0,
        weights_sha256=weights_sha256(graph),
        made_with=made_with,
    )
    write_model(graph, card, recipe.output)
    classifier = OnnxClassifier(find_model(str(recipe.output)))
    logits = classifier.logits(ink_levels(data.held_back.images))
    measured = with_calibration(card, logits, data.held_back.labels, recipe.seed)
    whole = len(data.training.digits()), measured.held_back_error
    card = dataclasses.replace(
        measured,
        seconds=round(time.monotonic() - started, 1),
        learning_curve=(*smaller, whole) if smaller else (),
    )
    write_model(graph, card, recipe.output)
    reference = measure_reference(
        usual_readers(OnnxClassifier(find_model(str(recipe.output)))), data.held_back, recipe.seed
    )
    more = {NUMBERS_KEY: reference.to_json()} if reference else None
    write_model(graph, card, recipe.output, more)
    page = recipe.output.with_suffix(".md")
    sha256 = find_model(str(recipe.output)).sha256
    page.write_text(card_page(card, recipe.command, sha256), encoding="utf-8")
    return TrainingResult(card, recipe.output, page)


def with_calibration(card: ModelCard, logits: Floats, labels: Pixels, seed: int) -> ModelCard:
    """Return `card` with the calibration these (count, 11) logits call for, and what it reaches.

    labels: (count,) 0 to 10. All are calibrated on; error and ECE are those of the digits.
    """
    name, scale, bias = choose_calibration(logits, labels, seed)
    digits = labels != NOT_A_DIGIT
    scores = calibrated(logits, scale, bias)[digits]
    right = scores.argmax(axis=1) == labels[digits]
    return dataclasses.replace(
        card,
        calibration=name,
        scale=tuple(round(float(value), 5) for value in scale),
        bias=tuple(round(float(value), 5) for value in bias),
        held_back_error=round(float(1 - right.mean()), 6),
        held_back_ece=round(calibration_error(scores.max(axis=1), right), 6),
    )

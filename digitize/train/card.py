"""A trained graph becomes a model that ships: calibrated, with its card, and a page for people."""

from __future__ import annotations

import dataclasses
import json
import os
import shlex
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from digitize.classify import CARD_KEY, ModelCard, OnnxClassifier, find_model, softmax
from digitize.errors import OutputNotWritable
from digitize.export.atomic import whole_file
from digitize.records import Floats, Pixels
from digitize.train.calibration import calibration_error, fit_temperature
from digitize.train.datasets import TrainingData, ink_levels
from digitize.train.libraries import load
from digitize.train.onnx_graph import weights_sha256
from digitize.train.page import card_page

UNCALIBRATED = 1.0


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a training was asked for."""

    family: str
    data: tuple[Path, ...]
    output: Path
    seed: int
    epochs: int | None = None

    @property
    def command(self) -> str:
        """The command line that trains this model again."""
        words = ["digitize", "train", self.family]
        for folder in self.data:
            words += ["--data", str(folder)]
        words += ["-o", str(self.output), "--seed", str(self.seed)]
        if self.epochs is not None:
            words += ["--epochs", str(self.epochs)]
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
    graph: Any, recipe: Recipe, data: TrainingData, started: float, made_with: str
) -> TrainingResult:
    """Return the model written to `recipe.output`, calibrated on the held-back digits.

    graph: an ONNX ModelProto. started: time.monotonic() when the training began. The held-back
    digits are read as they are, undistorted, by the very file that ships.
    """
    card = ModelCard(
        name=recipe.output.stem,
        family=recipe.family,
        data=data.sources,
        split=data.split,
        seed=recipe.seed,
        seconds=0.0,
        temperature=UNCALIBRATED,
        held_back_error=0.0,
        held_back_ece=0.0,
        weights_sha256=weights_sha256(graph),
        made_with=made_with,
    )
    _write(graph, card, recipe.output)
    logits = log_scores(recipe.output, ink_levels(data.held_back.images))
    measured = calibrated(card, logits, data.held_back.labels)
    card = dataclasses.replace(measured, seconds=round(time.monotonic() - started, 1))
    _write(graph, card, recipe.output)
    page = recipe.output.with_suffix(".md")
    sha256 = find_model(str(recipe.output)).sha256
    page.write_text(card_page(card, recipe.command, sha256), encoding="utf-8")
    return TrainingResult(card, recipe.output, page)


def log_scores(model: Path, images: Floats) -> Floats:
    """Return (count, 10) logits, up to a constant per image, that the file `model` gives."""
    scores = OnnxClassifier(find_model(str(model))).scores(images)
    return np.log(np.maximum(scores, np.finfo(np.float32).tiny))


def calibrated(card: ModelCard, logits: Floats, labels: Pixels) -> ModelCard:
    """Return `card` with the temperature, error and calibration error of these digits."""
    temperature = fit_temperature(logits, labels)
    scores = softmax(logits / np.float32(temperature))
    right = scores.argmax(axis=1) == labels
    return dataclasses.replace(
        card,
        temperature=round(temperature, 5),
        held_back_error=round(float(1 - right.mean()), 6),
        held_back_ece=round(calibration_error(scores.max(axis=1), right), 6),
    )


def _write(graph: Any, card: ModelCard, output: Path) -> None:
    (onnx,) = load("onnx")
    onnx.helper.set_model_props(graph, {CARD_KEY: json.dumps(dataclasses.asdict(card))})
    with whole_file(output) as part:
        part.write_bytes(graph.SerializeToString())

"""What a long training goes on from after an interruption: a file beside the model to be.

Keras' own zip format (weights, their moving average, the optimiser's state), and in it
`digitize.json`: what the training was asked for, how far it came, and the state of the dropout's
random numbers. Only numbers are read from it; the network is built anew, so nothing in the file
is ever run.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import warnings
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from digitize.errors import UnreadableInput, UsageError, first_line
from digitize.export.atomic import writing
from digitize.train.datasets import TrainingData
from digitize.train.descent import KerasModel

LearningCurve: TypeAlias = tuple[tuple[int, float], ...]

NOTES = "digitize.json"
START_AGAIN = "or start again with --overwrite"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a training came: epochs done, seconds they took, the learning curve before them."""

    epoch: int
    seconds: float
    learning_curve: LearningCurve


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The file at `path`; it belongs to the training with these settings, by name.

    started: time.monotonic() when the training began, earlier by what it took before it was
    interrupted. learning_curve: of smaller trainings before this one.
    """

    path: Path
    settings: Mapping[str, str]
    started: float = 0.0
    learning_curve: LearningCurve = ()

    def progress(self) -> Progress | None:
        """Return how far the training came; None where there is no file.

        UsageError where the file belongs to another training, and in what they differ.
        """
        if not self.path.exists():
            return None
        try:
            notes = self._notes()
            settings = dict(notes["settings"])
            curve = tuple((int(count), float(error)) for count, error in notes["learning_curve"])
            progress = Progress(int(notes["epoch"]), float(notes["seconds"]), curve)
        except (OSError, KeyError, ValueError, TypeError, zipfile.BadZipFile) as error:
            raise self._unusable(error) from error
        self._check(settings)
        return progress

    def save(self, model: KerasModel, epoch: int) -> None:
        """Write the state of `model` after `epoch`; the file is whole or is the one before."""
        notes = {
            "epoch": epoch,
            "seconds": time.monotonic() - self.started,
            "randomness": [state.numpy().tolist() for state in random_states(model)],
            "settings": dict(self.settings),
            "learning_curve": self.learning_curve,
        }
        part = self.path.with_suffix(f".part{self.path.suffix}")  # Keras minds the suffix
        with writing(self.path), warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # Keras 3.15 with numpy 2
            model.save(part)
            with zipfile.ZipFile(part, "a") as archive:
                archive.writestr(NOTES, json.dumps(notes))
            with part.open("rb+") as file:
                os.fsync(file.fileno())
            part.replace(self.path)

    def restore(self, model: KerasModel) -> int:
        """Return the epoch reached, with `model` as it was after it; 0 where there is no file."""
        progress = self.progress()
        if progress is None:
            return 0
        model.optimizer.build(model.trainable_variables)
        try:
            model.load_weights(self.path)
            kept = self._notes()["randomness"]
            for state, values in zip(random_states(model), kept, strict=True):
                state.assign(values)
        except (OSError, KeyError, ValueError, TypeError) as error:
            raise self._unusable(error) from error
        return progress.epoch

    def _notes(self) -> dict[str, Any]:
        with zipfile.ZipFile(self.path) as archive:
            return dict(json.loads(archive.read(NOTES)))

    def _check(self, found: Mapping[str, str]) -> None:
        for name, wanted in self.settings.items():
            if (was := found.get(name, "unknown")) != wanted:
                raise UsageError(
                    f"{self.path}: belongs to another training: its {name} is {was}, not {wanted}",
                    f"Ask for the same again to go on, {START_AGAIN}",
                )

    def _unusable(self, error: Exception) -> UnreadableInput:
        return UnreadableInput(
            f"{self.path}: cannot be read as a checkpoint ({first_line(error)})",
            "Start again with --overwrite",
        )


def random_states(model: KerasModel) -> list[Any]:
    """Return the states of the dropouts' random numbers, which Keras does not save itself."""
    found = (getattr(layer, "seed_generator", None) for layer in model.layers)
    return [generator.state for generator in found if generator is not None]


def checkpoint_path(output: Path) -> Path:
    """Return where the checkpoint of the model at `output` lies: beside it."""
    return output.with_suffix(".checkpoint.keras")


def fingerprint(data: TrainingData) -> str:
    """Return the start of the SHA-256 over all images and labels, those held back too."""
    digest = hashlib.sha256()
    for part in (data.training, data.held_back):
        digest.update(part.images.tobytes())
        digest.update(part.labels.tobytes())
    return digest.hexdigest()[:16]

"""Images to scores: one runtime (ONNX) for every model, and a card that says what each model is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from digitize.errors import ModelUnusable, first_line
from digitize.records import Floats

CLASSES = 10
BATCH = 512  # images a call: large enough to be fast, small enough to stay within 100 MB
CARD_KEY = "digitize_card"
INSTALLED = Path(__file__).parent / "models"
CHECKOUT = Path(__file__).parent.parent / "models"


class Classifier(Protocol):
    """Tells digits apart."""

    def scores(self, images: Floats) -> Floats:
        """Return (count, 10) calibrated probabilities for (count, 28, 28) images, 0 to 1 ink."""
        ...


@dataclass(frozen=True, slots=True)
class AlwaysDigit:
    """A fake classifier that sees the same digit everywhere; for tests and dry runs."""

    digit: int
    confidence: float = 0.99

    def scores(self, images: Floats) -> Floats:
        """Return `confidence` for `digit` and an even share of the rest for the others."""
        others = (1 - self.confidence) / (CLASSES - 1)
        scores = np.full((len(images), CLASSES), others, dtype=np.float32)
        scores[:, self.digit] = self.confidence
        return scores


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a model is and how it was made; stands in the ONNX metadata as JSON."""

    name: str
    family: str
    data: str
    split: str
    seed: int
    seconds: float
    temperature: float
    held_back_error: float
    held_back_ece: float
    weights_sha256: str
    made_with: str

    @staticmethod
    def from_json(text: str) -> ModelCard:
        """Return the card written as `text`; TypeError or ValueError if it is not one."""
        return ModelCard(**json.loads(text))


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model on disk: its name on the command line, its path and its SHA-256."""

    name: str
    path: Path
    sha256: str


def models_folder() -> Path:
    """Return the folder of the models that ship: inside the wheel, or the checkout's."""
    return INSTALLED if INSTALLED.is_dir() else CHECKOUT


def list_models() -> list[ModelFile]:
    """Return the models that ship, by name."""
    return [_describe(path) for path in sorted(models_folder().glob("*.onnx"))]


def find_model(name: str) -> ModelFile:
    """Return the model called `name`, or the file at that path; ModelUnusable if there is none."""
    path = Path(name) if name.endswith(".onnx") else models_folder() / f"{name}.onnx"
    if not path.is_file():
        shipped = ", ".join(model.name for model in list_models()) or "none"
        raise ModelUnusable(
            f"there is no model {name!r}",
            f"Choose one of those that ship ({shipped}) or give the path of an .onnx file",
        )
    return _describe(path)


def _describe(path: Path) -> ModelFile:
    return ModelFile(path.stem, path, hashlib.sha256(path.read_bytes()).hexdigest())


class OnnxClassifier:
    """A classifier that runs one of our ONNX files.

    The file takes `images` (count, 28, 28) float32 and gives `logits` (count, 10); its card holds
    the temperature that turns logits into probabilities (Guo et al. 2017, arXiv:1706.04599).
    """

    def __init__(self, model: ModelFile, threads: int = 1) -> None:
        import onnxruntime as ort

        settings = ort.SessionOptions()
        settings.intra_op_num_threads = threads
        settings.inter_op_num_threads = 1
        settings.log_severity_level = 3
        try:
            self._session = ort.InferenceSession(
                str(model.path), settings, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime has no public base class for its errors
            raise ModelUnusable(
                f"{model.path}: this is not a readable ONNX file ({first_line(error)})",
                "Train it again with `digitize train`, or use one that ships (`digitize models`)",
            ) from error
        self.card = self._read_card(model.path)

    def scores(self, images: Floats) -> Floats:
        """Return (count, 10) probabilities for (count, 28, 28) float32 images, 0 to 1 ink."""
        if not len(images):
            return np.zeros((0, CLASSES), dtype=np.float32)
        parts = [
            self._session.run(["logits"], {"images": images[start : start + BATCH]})[0]
            for start in range(0, len(images), BATCH)
        ]
        logits = np.concatenate(parts) / np.float32(self.card.temperature)
        return softmax(np.asarray(logits, dtype=np.float32))

    def _read_card(self, path: Path) -> ModelCard:
        metadata = self._session.get_modelmeta().custom_metadata_map
        names = {value.name for value in self._session.get_inputs() + self._session.get_outputs()}
        try:
            card = ModelCard.from_json(metadata[CARD_KEY])
            if names != {"images", "logits"}:
                raise ValueError(f"its inputs and outputs are {sorted(names)}")
        except (KeyError, TypeError, ValueError) as error:
            raise ModelUnusable(
                f"{path}: this ONNX file is not one of digitize's models ({error})",
                "Make models with `digitize train`, which writes the card that digitize needs",
            ) from error
        return card


def softmax(logits: Floats) -> Floats:
    """Return probabilities along the last axis."""
    exponents = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(exponents / exponents.sum(axis=-1, keepdims=True), dtype=np.float32)

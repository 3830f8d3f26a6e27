"""Images to scores: one runtime (ONNX) for every model, and a card that says what each model is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from digitize.errors import ModelUnusable
from digitize.onnx_models import CARD_KEY, ModelFile, open_session
from digitize.records import Floats

DIGITS = 10
NOT_A_DIGIT = 10  # the eleventh answer: a letter, a line, dirt, part of a digit or two at once
CLASSES = DIGITS + 1
BATCH = 32  # images a call: larger calls are no faster, and take more memory


class Classifier(Protocol):
    """Tells digits apart, and from what is no digit."""

    def scores(self, images: Floats) -> Floats:
        """Return (count, 11) calibrated probabilities for (count, 28, 28) images, 0 to 1 ink.

        Columns 0 to 9 are the digits, column 10 is *not a digit*.
        """
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
    """What a model is and how it was made; stands in the ONNX metadata as JSON.

    not_digits: what it learnt *not a digit* from. calibration: the method that gave `scale` and
    `bias`, 11 values each: probabilities are softmax(logits · scale + bias). held_back_error,
    held_back_ece: on digits held back from training, 0 to 1. learning_curve: held-back error by
    number of training digits, as (digits, error), smallest first; empty where not measured.
    """

    name: str
    family: str
    data: str
    split: str
    not_digits: str
    seed: int
    seconds: float
    calibration: str
    scale: tuple[float, ...]
    bias: tuple[float, ...]
    held_back_error: float
    held_back_ece: float
    weights_sha256: str
    made_with: str
    learning_curve: tuple[tuple[int, float], ...] = ()

    @staticmethod
    def from_json(text: str) -> ModelCard:
        """Return the card written as `text`; TypeError or ValueError if it is not one."""
        card = ModelCard(**json.loads(text))
        for values in (card.scale, card.bias):
            if len(values) != CLASSES:
                raise ValueError(f"its calibration is for {len(values)} answers, not {CLASSES}")
        curve = tuple((int(digits), float(error)) for digits, error in card.learning_curve)
        return replace(card, scale=tuple(card.scale), bias=tuple(card.bias), learning_curve=curve)


class OnnxClassifier:
    """A classifier that runs one of our ONNX files.

    The file takes `images` (count, 28, 28) float32 and gives `logits` (count, 11); its card holds
    the scale and bias that make them probabilities (Guo et al. 2017, arXiv:1706.04599).
    """

    def __init__(self, model: ModelFile, threads: int = 1) -> None:
        self._session = open_session(model, threads)
        self.metadata: dict[str, str] = self._session.get_modelmeta().custom_metadata_map
        self.card = self._read_card(model.path)

    def scores(self, images: Floats) -> Floats:
        """Return (count, 11) probabilities for (count, 28, 28) float32 images, 0 to 1 ink."""
        return calibrated(self.logits(images), self.card.scale, self.card.bias)

    def logits(self, images: Floats) -> Floats:
        """Return what the file itself gives for (count, 28, 28) images: (count, 11) float32."""
        if not len(images):
            return np.zeros((0, CLASSES), dtype=np.float32)
        parts = [
            self._session.run(["logits"], {"images": images[start : start + BATCH]})[0]
            for start in range(0, len(images), BATCH)
        ]
        return np.asarray(np.concatenate(parts), dtype=np.float32)

    def _read_card(self, path: Path) -> ModelCard:
        names = {value.name for value in self._session.get_inputs() + self._session.get_outputs()}
        try:
            card = ModelCard.from_json(self.metadata[CARD_KEY])
            if names != {"images", "logits"}:
                raise ValueError(f"its inputs and outputs are {sorted(names)}")
        except (KeyError, TypeError, ValueError) as error:
            raise ModelUnusable(
                f"{path}: this ONNX file is not one of digitize's models ({error})",
                "Make models with `digitize train`, which writes the card that digitize needs",
            ) from error
        return card


def calibrated(
    logits: Floats, scale: Sequence[float] | Floats, bias: Sequence[float] | Floats
) -> Floats:
    """Return the probabilities softmax(logits · scale + bias) of (count, 11) logits."""
    return softmax(logits * np.asarray(scale, np.float32) + np.asarray(bias, np.float32))


def softmax(logits: Floats) -> Floats:
    """Return probabilities along the last axis."""
    exponents = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(exponents / exponents.sum(axis=-1, keepdims=True), dtype=np.float32)

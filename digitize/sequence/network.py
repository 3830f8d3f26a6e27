"""The network that reads strips, on onnxruntime."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from digitize.errors import ModelUnusable
from digitize.onnx_models import CARD_KEY, ModelFile, open_session
from digitize.records import Floats
from digitize.sequence.strips import HEIGHT, STRIDE

AT_ONCE = 16  # strips of one width: more are no faster
WIDTH_STEP = 32  # columns: strips are filled up with paper to a multiple, and read with their like


class SequenceReader(Protocol):
    """Reads whole numbers."""

    def posteriors(self, strips: Sequence[Floats]) -> list[Floats]:
        """Return for each (32, width) strip its (frames, 11) log-probabilities, blank last.

        Frame f stands for columns 4 f to 4 f + 4.
        """
        ...


@dataclass(frozen=True, slots=True)
class SequenceCard:
    """What a reader of numbers is and how it was made; stands in the ONNX metadata as JSON.

    temperature: that the logits are divided by. held_back_exact: share of numbers held back that
    are read wholly right, composed and real, 0 to 1; held_back_ece: calibration error of their
    confidences, likewise.
    """

    name: str
    family: str
    data: str
    split: str
    seed: int
    seconds: float
    temperature: float
    held_back_exact: dict[str, float]
    held_back_ece: dict[str, float]
    weights_sha256: str
    made_with: str


class OnnxSequenceReader:
    """A reader of numbers that runs one of our ONNX files."""

    def __init__(self, model: ModelFile, threads: int = 1) -> None:
        self._session = open_session(model, threads)
        metadata = self._session.get_modelmeta().custom_metadata_map
        try:
            self.card = SequenceCard(**json.loads(metadata[CARD_KEY]))
            if self.card.family != "sequence":
                raise ValueError(f"its family is {self.card.family}")
        except (KeyError, TypeError, ValueError) as error:
            raise ModelUnusable(
                f"{model.path}: this ONNX file is not one of digitize's number readers ({error})",
                "Make one with `digitize train sequence`",
            ) from error

    def posteriors(self, strips: Sequence[Floats]) -> list[Floats]:
        """Return for each (32, width) strip its (frames, 11) log-probabilities, blank last."""
        temperature = np.float32(self.card.temperature)
        return [log_softmax(logits / temperature) for logits in self.logits(strips)]

    def logits(self, strips: Sequence[Floats]) -> list[Floats]:
        """Return what the file itself gives for each strip, (frames, 11) float32.

        It depends on the strip alone, never on those read with it.
        """
        widths: dict[int, list[int]] = {}
        for at, strip in enumerate(strips):
            widths.setdefault(-(-strip.shape[1] // WIDTH_STEP) * WIDTH_STEP, []).append(at)
        found: dict[int, Floats] = {}
        for width, places in widths.items():
            for start in range(0, len(places), AT_ONCE):
                part = places[start : start + AT_ONCE]
                logits = self._run([strips[at] for at in part], width)
                found.update(zip(part, logits, strict=True))
        return [found[at][: -(-strip.shape[1] // STRIDE)] for at, strip in enumerate(strips)]

    def _run(self, strips: Sequence[Floats], width: int) -> Floats:
        batch = np.zeros((len(strips), HEIGHT, width), dtype=np.float32)
        for place, strip in zip(batch, strips, strict=True):
            place[:, : strip.shape[1]] = strip
        (logits,) = self._session.run(["logits"], {"strips": batch})
        return np.asarray(logits, dtype=np.float32)


def log_softmax(logits: Floats) -> Floats:
    """Return log-probabilities along the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)), np.float32)

"""The trained models that read a page together, and their files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from digitize.classify import Classifier, OnnxClassifier
from digitize.onnx_models import ModelFile, find_model, ships
from digitize.separate import InkNetwork, OnnxInkNetwork

INK = "ink"


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads a page: a classifier of digits, and what tells their ink from other ink.

    Without an ink network all ink of a digit's size may be digits.
    """

    classifier: Classifier
    ink: InkNetwork | None = None


@dataclass(frozen=True, slots=True)
class ReaderFiles:
    """The files of a run's models: small, so that they travel to workers."""

    classifier: ModelFile
    ink: ModelFile | None = None

    @property
    def page_readers(self) -> tuple[ModelFile, ...]:
        """The models that read more than a digit at a time."""
        return (self.ink,) if self.ink else ()


def find_readers(model: str) -> ReaderFiles:
    """Return the classifier called `model` and what ships to read pages with it.

    ModelUnusable where there is no such classifier.
    """
    return ReaderFiles(find_model(model), find_model(INK) if ships(INK) else None)


def open_readers(files: ReaderFiles) -> Readers:
    """Return the models, open; ModelUnusable where one cannot be used."""
    ink = OnnxInkNetwork(files.ink) if files.ink else None
    return Readers(OnnxClassifier(files.classifier), ink)


def usual_readers(classifier: Classifier) -> Readers:
    """Return `classifier` with the page readers that ship, as every run uses them."""
    return Readers(classifier, shipped_ink_network())


@cache
def shipped_ink_network() -> InkNetwork | None:
    """Return the ink network that ships, None where none does."""
    return OnnxInkNetwork(find_model(INK)) if ships(INK) else None

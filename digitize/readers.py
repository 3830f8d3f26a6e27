"""The trained models that read a page together, and their files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from digitize.classify import Classifier, OnnxClassifier
from digitize.onnx_models import ModelFile, find_model, ships
from digitize.separate import InkNetwork, OnnxInkNetwork
from digitize.sequence import OnnxSequenceReader, SequenceReader

INK, SEQUENCE = "ink", "sequence"


@dataclass(frozen=True, slots=True)
class Readers:
    """What reads a page: a classifier of digits, an ink network, a second reader of whole numbers.

    Without an ink network all ink of a digit's size may be digits; without a second reader nothing
    confirms where touching digits were cut.
    """

    classifier: Classifier
    ink: InkNetwork | None = None
    sequence: SequenceReader | None = None


@dataclass(frozen=True, slots=True)
class ReaderFiles:
    """The files of a run's models: small, so that they travel to workers."""

    classifier: ModelFile
    ink: ModelFile | None = None
    sequence: ModelFile | None = None

    @property
    def page_readers(self) -> tuple[ModelFile, ...]:
        """The models that read more than a digit at a time."""
        return tuple(file for file in (self.ink, self.sequence) if file)


def find_readers(model: str, second_reader: bool = True) -> ReaderFiles:
    """Return the classifier called `model` and what ships to read pages with it.

    ModelUnusable where there is no such classifier.
    """
    return ReaderFiles(
        find_model(model),
        find_model(INK) if ships(INK) else None,
        find_model(SEQUENCE) if second_reader and ships(SEQUENCE) else None,
    )


def open_readers(files: ReaderFiles) -> Readers:
    """Return the models, open; ModelUnusable where one cannot be used."""
    ink = OnnxInkNetwork(files.ink) if files.ink else None
    sequence = OnnxSequenceReader(files.sequence) if files.sequence else None
    return Readers(OnnxClassifier(files.classifier), ink, sequence)


def usual_readers(classifier: Classifier) -> Readers:
    """Return `classifier` with the page readers that ship, as every run uses them."""
    return Readers(classifier, shipped_ink_network(), shipped_sequence_reader())


@cache
def shipped_ink_network() -> InkNetwork | None:
    """Return the ink network that ships, None where none does."""
    return OnnxInkNetwork(find_model(INK)) if ships(INK) else None


@cache
def shipped_sequence_reader() -> SequenceReader | None:
    """Return the reader of whole numbers that ships, None where none does."""
    return OnnxSequenceReader(find_model(SEQUENCE)) if ships(SEQUENCE) else None

"""The models that a comparison is about, each under a name of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digitize.classify import Classifier, ModelCard, OnnxClassifier
from digitize.errors import UsageError
from digitize.onnx_models import ModelFile, find_model, list_classifiers

EVERY_MODEL = "all"


@dataclass(frozen=True, slots=True)
class Contender:
    """A model ready to read, with what is known about its file."""

    name: str
    classifier: Classifier
    card: ModelCard
    sha256: str
    size_bytes: int


def contender(model: ModelFile, name: str | None = None) -> Contender:
    """Return the model loaded, on one thread; `name` where it is to be called otherwise."""
    classifier = OnnxClassifier(model)
    size = model.path.stat().st_size
    return Contender(name or model.name, classifier, classifier.card, model.sha256, size)


def chosen_models(names: Sequence[str]) -> list[ModelFile]:
    """Return the models called `names`, each once; `all` are those that ship.

    A name may be a list with commas between. UsageError where nothing is named.
    """
    wanted = [part.strip() for name in names for part in name.split(",") if part.strip()]
    found = [
        model
        for name in wanted
        for model in (list_classifiers() if name == EVERY_MODEL else [find_model(name)])
    ]
    if not found:
        raise UsageError("no model is named", "Name models with --model, or all of them by `all`")
    return list({model.path.resolve(): model for model in found}.values())


def contenders(models: Sequence[ModelFile]) -> list[Contender]:
    """Return the models loaded; those that share a name are numbered: "cnn", "cnn (2)"."""
    loaded: list[Contender] = []
    for model in models:
        taken, name, number = {other.name for other in loaded}, model.name, 2
        while name in taken:
            name, number = f"{model.name} ({number})", number + 1
        loaded.append(contender(model, name))
    return loaded

"""Trained models as ONNX files: where they lie, and how one is opened."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitize.errors import ModelUnusable, first_line

CARD_KEY = "digitize_card"  # of the metadata: what the model is and how it was made, as JSON
INSTALLED = Path(__file__).parent / "models"
CHECKOUT = Path(__file__).parent.parent / "models"
PAGE_READERS = ("ink", "sequence")  # models that read more than one digit at a time


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A model on disk: its name on the command line, its path and its SHA-256."""

    name: str
    path: Path
    sha256: str


def models_folder() -> Path:
    """Return the folder of the models that ship: inside the wheel, or the checkout's."""
    return INSTALLED if INSTALLED.is_dir() else CHECKOUT


def list_classifiers() -> list[ModelFile]:
    """Return the classifiers of single digits that ship, by name."""
    paths = sorted(models_folder().glob("*.onnx"))
    return [_describe(path) for path in paths if path.stem not in PAGE_READERS]


def ships(name: str) -> bool:
    """Tell whether a model of this name ships."""
    return (models_folder() / f"{name}.onnx").is_file()


def find_model(name: str) -> ModelFile:
    """Return the model called `name`, or the file at that path; ModelUnusable if there is none."""
    path = Path(name) if name.endswith(".onnx") else models_folder() / f"{name}.onnx"
    if not path.is_file():
        shipped = ", ".join(model.name for model in list_classifiers()) or "none"
        raise ModelUnusable(
            f"there is no model {name!r}",
            f"Choose one of those that ship ({shipped}) or give the path of an .onnx file",
        )
    return _describe(path)


def _describe(path: Path) -> ModelFile:
    return ModelFile(path.stem, path, hashlib.sha256(path.read_bytes()).hexdigest())


def open_session(model: ModelFile, threads: int = 1) -> Any:
    """Return the onnxruntime session of a model; ModelUnusable where the file is none."""
    # else it writes an id of the machine into the user's folders, and tells its makers of every run
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    import onnxruntime as ort

    settings = ort.SessionOptions()
    settings.intra_op_num_threads = threads
    settings.inter_op_num_threads = 1
    settings.log_severity_level = 3
    # it would lay out memory anew for each shape, and keep it: pages come in many
    settings.enable_mem_pattern = False
    try:
        return ort.InferenceSession(str(model.path), settings, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has no public base class for its errors
        raise ModelUnusable(
            f"{model.path}: this is not a readable ONNX file ({first_line(error)})",
            "Train it again with `digitize train`, or use one that ships (`digitize models`)",
        ) from error

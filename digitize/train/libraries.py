"""Training libraries, imported when a training starts and not before."""

from __future__ import annotations

import importlib
import os
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

from digitize.errors import UsageError

KERAS = ("keras", os.environ.get("KERAS_BACKEND", "tensorflow"))
"""Keras and what computes for it: KERAS_BACKEND=jax trains on a GPU where JAX has one."""
PROCESSOR = Path("/proc/cpuinfo")  # Linux' word on what its processors can do
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}


def load(*names: str) -> tuple[ModuleType, ...]:
    """Return the modules called `names`; UsageError, with the remedy, where one is missing."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    try:
        return tuple(importlib.import_module(name) for name in names)
    except ImportError as error:
        raise UsageError(
            f"this needs a library that is not installed ({error})",
            "Install what training and reports need in digitize's checkout: pip install '.[train]'",
        ) from error


def load_keras(seed: int) -> Any:
    """Return Keras, seeded; TensorFlow, where it computes, is made to repeat itself."""
    keras, computing = load(*KERAS)
    keras.utils.set_random_seed(seed)
    if computing.__name__ == "tensorflow":
        computing.config.experimental.enable_op_determinism()
    return keras


def number_type(processor: Path = PROCESSOR) -> str:
    """Return Keras' name of the numbers that are quickest to compute with here.

    The processor is asked, for it is what trainings here compute with. bfloat16 halves the time
    where it multiplies matrices of them (AMX); without, float32 is quicker: on two cores 0.12 s a
    step of the cnn against 0.19 s.
    """
    known = processor.read_text(errors="replace") if processor.is_file() else ""
    return "mixed_bfloat16" if "amx_bf16" in known else "float32"


def versions(*distributions: str) -> str:
    """Return installed distributions with their versions, as in "keras 3.15.0, onnx 1.17.0"."""
    return ", ".join(f"{name} {metadata.version(name)}" for name in distributions)

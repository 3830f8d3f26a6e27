"""A trained graph as a file, with its card in the metadata."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digitize.export.atomic import whole_file
from digitize.onnx_models import CARD_KEY
from digitize.train.libraries import load

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def write_model(
    graph: Any, card: DataclassInstance, output: Path, more: dict[str, str] | None = None
) -> None:
    """Write an ONNX ModelProto with its card, and `more` metadata, whole or not at all."""
    (onnx,) = load("onnx")
    onnx.helper.set_model_props(graph, {CARD_KEY: json.dumps(asdict(card)), **(more or {})})
    with whole_file(output) as part:
        part.write_bytes(graph.SerializeToString())

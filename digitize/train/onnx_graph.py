"""ONNX graphs written node by node; classifiers turn `images` into `logits`.

Writing them out leaves no training framework's traces in the file and keeps every constant in
view; each model here is a short chain of standard operators.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.classify import CLASSES
from digitize.normalise import FIELD
from digitize.train.libraries import load

OPSET = 17  # of 2022: onnxruntime 1.12 and later run it
IR_VERSION = 8  # the file format that goes with opset 17

Port: TypeAlias = tuple[Literal["float", "uint8"], tuple[str | int, ...]]
"""What one input or output holds: the type of its elements and its sides; names vary."""
Ports: TypeAlias = Mapping[str, Port]
IMAGES: Ports = {"images": ("float", ("count", FIELD, FIELD))}
LOGITS: Ports = {"logits": ("float", ("count", CLASSES))}


class GraphWriter:
    """Collects nodes and constants; each `add` returns the name of the node's output."""

    def __init__(self) -> None:
        (self._onnx,) = load("onnx")
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def constant(self, values: NDArray[Any]) -> str:
        """Return the name of a constant holding `values`; float64 is stored as float32."""
        stored = values.astype(np.float32) if values.dtype == np.float64 else values
        name = f"constant_{len(self._constants)}"
        self._constants.append(self._onnx.numpy_helper.from_array(stored, name))
        return name

    def add(self, operator: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        """Return the name of what the ONNX `operator` makes of `inputs`."""
        name = output or f"{operator.lower()}_{len(self._nodes)}"
        node = self._onnx.helper.make_node(operator, list(inputs), [name], **attributes)
        self._nodes.append(node)
        return name

    def model(self, inputs: Ports = IMAGES, outputs: Ports = LOGITS) -> Any:
        """Return the checked ModelProto of everything added, from `inputs` up to `outputs`."""
        helper = self._onnx.helper
        graph = helper.make_graph(
            self._nodes,
            "digitize",
            [self._port(name, port) for name, port in inputs.items()],
            [self._port(name, port) for name, port in outputs.items()],
            self._constants,
        )
        opset = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=IR_VERSION)
        self._onnx.checker.check_model(model, full_check=True)
        return model

    def _port(self, name: str, port: Port) -> Any:
        kind, dimensions = port
        element = getattr(self._onnx.TensorProto, kind.upper())
        return self._onnx.helper.make_tensor_value_info(name, element, list(dimensions))


def weights_sha256(model: Any) -> str:
    """Return the SHA-256 over all constants of a ModelProto, by name; metadata does not count."""
    digest = hashlib.sha256()
    for tensor in sorted(model.graph.initializer, key=lambda tensor: str(tensor.name)):
        digest.update(tensor.name.encode() + tensor.raw_data)
    return digest.hexdigest()

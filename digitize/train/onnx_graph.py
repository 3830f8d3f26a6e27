"""ONNX graphs written node by node: `images` (count, 28, 28) in, `logits` (count, 11) out.

Writing them out leaves no training framework's traces in the file and keeps every constant in
view; each model here is a short chain of standard operators.
"""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitize.classify import CLASSES
from digitize.normalise import FIELD
from digitize.train.libraries import load

OPSET = 17  # of 2022: onnxruntime 1.12 and later run it
IR_VERSION = 8  # the file format that goes with opset 17


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

    def model(self, output: str = "logits", width: int = CLASSES) -> Any:
        """Return the checked ModelProto of everything added, up to `output`, (count, width)."""
        helper, floats = self._onnx.helper, self._onnx.TensorProto.FLOAT
        graph = helper.make_graph(
            self._nodes,
            "digitize",
            [helper.make_tensor_value_info("images", floats, ["count", FIELD, FIELD])],
            [helper.make_tensor_value_info(output, floats, ["count", width])],
            self._constants,
        )
        opset = [helper.make_opsetid("", OPSET)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=IR_VERSION)
        self._onnx.checker.check_model(model, full_check=True)
        return model


def weights_sha256(model: Any) -> str:
    """Return the SHA-256 over all constants of a ModelProto, by name; metadata does not count."""
    digest = hashlib.sha256()
    for tensor in sorted(model.graph.initializer, key=lambda tensor: str(tensor.name)):
        digest.update(tensor.name.encode() + tensor.raw_data)
    return digest.hexdigest()

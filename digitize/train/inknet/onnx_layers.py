"""The ink network as an ONNX graph, from a trained Keras model: pixels in, logits out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digitize.separate.ink_network import INK_CLASSES
from digitize.train.descent import KerasModel
from digitize.train.inknet.layout import BLOCK, Widths, lay_out
from digitize.train.onnx_graph import GraphWriter

PAPER = 255.0  # white


@dataclass(frozen=True, slots=True)
class OnnxLayers:
    """Writes the layers of a trained Keras model, normalisation folded into the convolutions."""

    graph: GraphWriter
    model: KerasModel

    def convolution(self, name: str, flow: str, channels: int, side: int) -> str:  # noqa: ARG002 -- the model knows
        """Return a convolution over `side` x `side` places."""
        kernel = np.asarray(self.model.get_layer(name).kernel, np.float64).transpose(3, 2, 0, 1)
        scale, shift = self._normalisation(name)
        folded = self.graph.constant(kernel * scale[:, None, None, None])
        margin = side // 2
        convolved = self.graph.add(
            "Conv", flow, folded, self.graph.constant(shift), pads=[margin] * 4
        )
        return self.graph.add("Relu", convolved)

    def separable(self, name: str, flow: str, channels: int, stride: int) -> str:
        """Return a convolution of each channel over 3 x 3 places, then one over all channels."""
        kernel = np.asarray(self.model.get_layer(f"{name}_own").kernel, np.float64)
        kernel = kernel.transpose(2, 3, 0, 1)
        # Keras pads an even side at the end alone where it goes by two
        pads = [1, 1, 1, 1] if stride == 1 else [0, 0, 1, 1]
        own = self.graph.add(
            "Conv", flow, self.graph.constant(kernel), group=len(kernel),
            strides=[stride] * 2, pads=pads,
        )  # fmt: skip
        return self.convolution(name, own, channels, 1)

    def doubled(self, flow: str) -> str:
        """Return the flow with each place repeated twice each way."""
        scales = self.graph.constant(np.array([1, 1, 2, 2], dtype=np.float32))
        return self.graph.add(
            "Resize", flow, "", scales, mode="nearest",
            coordinate_transformation_mode="asymmetric", nearest_mode="floor",
        )  # fmt: skip

    def added(self, one: str, other: str) -> str:
        """Return the sum of two flows."""
        return self.graph.add("Add", one, other)

    def answers(self, name: str, flow: str, channels: int) -> str:  # noqa: ARG002 -- likewise
        """Return a convolution over single places, with a bias and nothing else."""
        layer = self.model.get_layer(name)
        kernel = np.asarray(layer.kernel, np.float64).transpose(3, 2, 0, 1)
        bias = np.asarray(layer.bias, np.float64)
        return self.graph.add("Conv", flow, self.graph.constant(kernel), self.graph.constant(bias))

    def _normalisation(self, name: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the scale and the shift of a layer's normalisation, (channels,) each."""
        layer = self.model.get_layer(f"{name}_norm")
        gamma, beta, mean, variance = (np.asarray(w, np.float64) for w in layer.get_weights())
        scale = gamma / np.sqrt(variance + layer.epsilon)
        return scale, beta - mean * scale


def ink_graph(model: KerasModel, widths: Widths) -> Any:
    """Return the ONNX ModelProto of a trained network.

    `pixels` (1, height, width, 3) uint8 RGB, sides multiples of 16, to `logits`
    (1, 5, height, width) float32: what becomes probabilities is left to those who need them, for
    softmax over channels costs as much as the network.
    """
    graph = GraphWriter()
    levels = graph.add("Cast", "pixels", to=1)  # to float32
    paper = graph.constant(np.array(PAPER))
    ink = graph.add("Div", graph.add("Sub", paper, levels), paper)
    blocks = graph.add("SpaceToDepth", graph.add("Transpose", ink, perm=[0, 3, 1, 2]),
                       blocksize=BLOCK)  # fmt: skip
    answers = lay_out(OnnxLayers(graph, model), blocks, widths)
    graph.add("DepthToSpace", answers, blocksize=BLOCK, output="logits")
    return graph.model(
        {"pixels": ("uint8", (1, "height", "width", 3))},
        {"logits": ("float", (1, INK_CLASSES, "height", "width"))},
    )

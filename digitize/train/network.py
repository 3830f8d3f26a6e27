"""The convolutional network: small enough for one laptop core.

Six convolutions of 3 x 3, one of 4 x 4 over all that is left of the field and one of 1 x 1, each
but the last with batch normalisation (Ioffe, Szegedy 2015, arXiv:1502.03167) and ReLU; two
poolings; 0.59 million parameters. The ONNX file first brings each image to full contrast, and has
the normalisation folded into the convolutions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.classify import CLASSES
from digitize.normalise import FIELD
from digitize.train.descent import Descent, KerasModel, compile_network
from digitize.train.libraries import number_type
from digitize.train.onnx_graph import GraphWriter

Weights: TypeAlias = NDArray[np.float64]

USUAL_DESCENT = Descent()
FAINTEST_INK = 0.1  # of full ink: what is fainter is paper grain, and is not raised to full ink


@dataclass(frozen=True, slots=True)
class CnnOptions:
    """The network's size and how it is trained."""

    channels: tuple[int, int, int] = (24, 80, 160)  # at 28, 12 and 6 pixels
    head_channels: int = 64
    dropout: float = 0.3
    statistics_momentum: float = 0.97  # of the normalisation's: about 33 steps
    descent: Descent = USUAL_DESCENT


def build_network(keras: Any, options: CnnOptions, steps: int) -> KerasModel:
    """Return the untrained network, compiled for a training of so many steps.

    It computes in the quickest numbers where that is enough; weights and logits are float32.
    """
    keras.mixed_precision.set_global_policy(number_type())
    layers = keras.layers
    fine, middle, coarse = options.channels

    def block(channels: int, side: int, padding: str) -> list[Any]:
        convolution = layers.Conv2D(channels, side, padding=padding, use_bias=False)
        normalisation = layers.BatchNormalization(momentum=options.statistics_momentum)
        return [convolution, normalisation, layers.ReLU()]

    model = keras.Sequential(
        [
            keras.Input((FIELD, FIELD, 1)),
            *block(fine, 3, "valid"),
            *block(fine, 3, "valid"),
            layers.MaxPooling2D(),
            *block(middle, 3, "same"),
            *block(middle, 3, "same"),
            layers.MaxPooling2D(),
            *block(coarse, 3, "same"),
            *block(coarse, 3, "valid"),
            layers.Dropout(options.dropout),
            *block(options.head_channels, 4, "valid"),
            layers.Dropout(options.dropout),
            layers.Conv2D(CLASSES, 1, dtype="float32"),
            layers.Flatten(dtype="float32"),
        ]
    )
    return compile_network(keras, model, options.descent, steps)


def network_graph(model: KerasModel) -> Any:
    """Return the ONNX ModelProto that computes what `model` does with images of full contrast."""
    graph = GraphWriter()
    graph.add("Flatten", add_network(graph, add_field(graph), model), output="logits")
    return graph.model()


def ensemble_graph(models: Sequence[KerasModel]) -> Any:
    """Return the ONNX ModelProto of the mean of the logits of several such networks."""
    graph = GraphWriter()
    field = add_field(graph)
    logits = [graph.add("Flatten", add_network(graph, field, model)) for model in models]
    graph.add("Mean", *logits, output="logits")
    return graph.model()


def add_field(graph: GraphWriter) -> str:
    """Return the name of the images at full contrast, (count, 1, 28, 28)."""
    axis = graph.constant(np.array([1], dtype=np.int64))
    return graph.add("Unsqueeze", add_full_contrast(graph), axis)


def add_network(graph: GraphWriter, field: str, model: KerasModel) -> str:
    """Return the name of the (count, 11, 1, 1) logits of `model`, added to `graph`."""
    flow, layers = field, list(model.layers)
    for layer, following in zip(layers, [*layers[1:], None], strict=True):
        kind = type(layer).__name__
        if kind == "Conv2D":
            kernel, bias = folded_convolution(layer, following)
            constants = graph.constant(kernel), graph.constant(bias)
            strides = list(layer.strides)
            flow = graph.add("Conv", flow, *constants, strides=strides, pads=margins(layer))
        elif kind == "ReLU":
            flow = graph.add("Relu", flow)
        elif kind == "MaxPooling2D":
            sides = list(layer.pool_size)
            flow = graph.add("MaxPool", flow, kernel_shape=sides, strides=sides)
    return flow


def margins(layer: Any) -> list[int]:
    """Return how far a convolution looks past the edges: top, left, bottom, right.

    Keras puts an odd one at the end, for sides that are multiples of the stride.
    """
    if layer.padding != "same":
        return [0, 0, 0, 0]
    sides = zip(layer.kernel_size, layer.strides, strict=True)
    totals = [max(0, side - stride) for side, stride in sides]
    return [total // 2 for total in totals] + [total - total // 2 for total in totals]


def add_full_contrast(graph: GraphWriter) -> str:
    """Return the name of `images` scaled so that the strongest ink of each is 1.

    MNIST's digits all reach full ink; thin strokes scaled down to 20 pixels do not, and how dark a
    digit is says nothing of which it is. Blank images stay blank.
    """
    peak = graph.add("ReduceMax", "images", axes=[1, 2], keepdims=1)
    floor = graph.constant(np.array(FAINTEST_INK))
    return graph.add("Div", "images", graph.add("Max", peak, floor))


def folded_convolution(layer: Any, following: Any) -> tuple[Weights, Weights]:
    """Return the kernel (out, in, height, width) and bias (out,) of a convolution.

    A batch normalisation that follows is folded in: y = (x·k − mean) · scale + shift.
    """
    kernel = np.asarray(layer.kernel, dtype=np.float64).transpose(3, 2, 0, 1)
    if type(following).__name__ != "BatchNormalization":
        return kernel, np.asarray(layer.bias, dtype=np.float64)
    gamma, beta, mean, variance = (np.asarray(w, dtype=np.float64) for w in following.get_weights())
    scale = gamma / np.sqrt(variance + following.epsilon)
    return kernel * scale[:, None, None, None], beta - mean * scale

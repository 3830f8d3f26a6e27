"""The convolutional network: small enough for one laptop core.

Six convolutions of 3 x 3, one of 4 x 4 over all that is left of the field and one of 1 x 1, each
but the last with batch normalisation (Ioffe, Szegedy 2015, arXiv:1502.03167) and ReLU; two
poolings; 0.18 million parameters. The ONNX file first brings each image to full contrast, and has
the normalisation folded into the convolutions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.classify import CLASSES
from digitize.normalise import FIELD
from digitize.train.onnx_graph import GraphWriter

KerasModel: TypeAlias = Any
Weights: TypeAlias = NDArray[np.float64]

FAINTEST_INK = 0.1  # of full ink: what is fainter is paper grain, and is not raised to full ink


@dataclass(frozen=True, slots=True)
class CnnOptions:
    """The network's size and how it is trained."""

    channels: tuple[int, int, int] = (16, 32, 80)  # at 28, 12 and 6 pixels
    head_channels: int = 64
    dropout: float = 0.3
    batch: int = 128
    learning_rate: float = 2e-3  # at its highest; it falls to 0 along a cosine
    warmup_share: float = 0.05  # of all steps
    weight_decay: float = 0.02
    average_momentum: float = 0.998  # of the weights' moving average: about 500 steps
    statistics_momentum: float = 0.97  # of the normalisation's: about 33 steps


def build_network(keras: Any, options: CnnOptions, steps: int) -> KerasModel:
    """Return the untrained network, compiled for a training of so many steps."""
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
            layers.Conv2D(CLASSES, 1),
            layers.Flatten(),
        ]
    )
    model.compile(
        optimizer=_optimizer(keras, options, steps),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        jit_compile=False,  # XLA's convolutions are slower than oneDNN's on a CPU
    )
    return model


def _optimizer(keras: Any, options: CnnOptions, steps: int) -> Any:
    """Return AdamW (Loshchilov, Hutter 2019, arXiv:1711.05101) on a cosine, averaging weights."""
    warmup = int(steps * options.warmup_share)
    schedule = keras.optimizers.schedules.CosineDecay(
        options.learning_rate / 100,
        max(1, steps - warmup),
        warmup_target=options.learning_rate,
        warmup_steps=warmup,
    )
    return keras.optimizers.AdamW(
        schedule,
        weight_decay=options.weight_decay,
        use_ema=True,
        ema_momentum=options.average_momentum,
        ema_overwrite_frequency=None,
    )


def network_graph(model: KerasModel) -> Any:
    """Return the ONNX ModelProto that computes what `model` does with images of full contrast."""
    graph = GraphWriter()
    axis = graph.constant(np.array([1], dtype=np.int64))
    flow = graph.add("Unsqueeze", add_full_contrast(graph), axis)
    layers = list(model.layers)
    for layer, following in zip(layers, [*layers[1:], None], strict=True):
        kind = type(layer).__name__
        if kind == "Conv2D":
            kernel, bias = folded_convolution(layer, following)
            margin = kernel.shape[2] // 2 if layer.padding == "same" else 0
            constants = graph.constant(kernel), graph.constant(bias)
            flow = graph.add("Conv", flow, *constants, pads=[margin] * 4)
        elif kind == "ReLU":
            flow = graph.add("Relu", flow)
        elif kind == "MaxPooling2D":
            flow = graph.add("MaxPool", flow, kernel_shape=[2, 2], strides=[2, 2])
    graph.add("Flatten", flow, output="logits")
    return graph.model()


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

"""The multi-layer perceptron, with Keras: gradient features, two hidden layers, distorted digits.

Its input are the gradient-orientation features of `gradients`, computed inside the ONNX graph, so
that it need not learn from single pixels what a stroke is. Each hidden layer has batch
normalisation (Ioffe, Szegedy 2015, arXiv:1502.03167), ReLU and dropout (Srivastava et al. 2014,
jmlr.org/papers/v15/srivastava14a); the ONNX file has the normalisation folded into the layers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.classify import CLASSES
from digitize.train.descent import Descent, KerasModel, compile_network
from digitize.train.gradients import FEATURES, add_gradient_features, gradient_features
from digitize.train.lesson import Lesson
from digitize.train.libraries import load_keras, number_type
from digitize.train.loop import count_steps, fit
from digitize.train.onnx_graph import GraphWriter

Affine: TypeAlias = tuple[NDArray[np.float64], NDArray[np.float64]]

UNCHANGED: Affine = np.ones(1), np.zeros(1)
LARGE_BATCHES = Descent(batch=256)
EPOCHS = 40  # about 10 minutes of one core; each sees every digit once, newly distorted


@dataclass(frozen=True, slots=True)
class MlpOptions:
    """The network's size and how it is trained."""

    hidden: tuple[int, ...] = (768, 768)
    dropout: float = 0.2
    statistics_momentum: float = 0.97  # of the normalisation's: about 33 steps
    descent: Descent = LARGE_BATCHES


def learn_mlp(lesson: Lesson, options: MlpOptions) -> Any:
    """Return the ONNX ModelProto of a perceptron trained on distorted digits."""
    keras = load_keras(lesson.seed)
    batch = options.descent.batch
    model = build_mlp(keras, options, count_steps(lesson.data, lesson.epochs or EPOCHS, batch))
    fit(model, lesson, batch, gradient_features)
    return mlp_graph(model)


def build_mlp(keras: Any, options: MlpOptions, steps: int) -> KerasModel:
    """Return the untrained network, (count, 392) features in, compiled for so many steps.

    It computes in the quickest numbers where that is enough; features, weights and logits are
    float32.
    """
    keras.mixed_precision.set_global_policy(number_type())
    layers = keras.layers
    momentum = options.statistics_momentum

    def block(width: int) -> list[Any]:
        dense = layers.Dense(width, use_bias=False)
        normalisation = layers.BatchNormalization(momentum=momentum)
        return [dense, normalisation, layers.ReLU(), layers.Dropout(options.dropout)]

    model = keras.Sequential(
        [
            keras.Input((FEATURES,)),
            layers.BatchNormalization(momentum=momentum, dtype="float32"),
            *(layer for width in options.hidden for layer in block(width)),
            layers.Dense(CLASSES, dtype="float32"),
        ]
    )
    return compile_network(keras, model, options.descent, steps)


def mlp_graph(model: KerasModel) -> Any:
    """Return the ONNX ModelProto that computes the features of `images`, and then `model`."""
    graph = GraphWriter()
    flow = add_gradient_features(graph)
    before = as_affine(model.layers[0])
    for place, layer in enumerate(model.layers):
        kind = type(layer).__name__
        if kind == "ReLU":
            flow = graph.add("Relu", flow)
        elif kind == "Dense":
            last = layer is model.layers[-1]
            after = UNCHANGED if last else as_affine(model.layers[place + 1])
            matrix, offsets = folded_dense(layer, before, after)
            name = "logits" if last else ""
            constants = graph.constant(matrix), graph.constant(offsets)
            flow, before = graph.add("Gemm", flow, *constants, output=name), UNCHANGED
    return graph.model()


def as_affine(normalisation: Any) -> Affine:
    """Return the scale and shift that a batch normalisation comes to: (x − mean) · scale + beta."""
    weights = normalisation.get_weights()
    gamma, beta, mean, variance = (np.asarray(w, dtype=np.float64) for w in weights)
    scale = gamma / np.sqrt(variance + normalisation.epsilon)
    return scale, beta - mean * scale


def folded_dense(layer: Any, before: Affine, after: Affine) -> Affine:
    """Return the matrix (in, out) and offsets (out,) of a layer between two affine maps."""
    kernel = np.asarray(layer.kernel, dtype=np.float64)
    bias = np.asarray(layer.bias, dtype=np.float64) if layer.use_bias else np.zeros(1)
    (scale_before, shift_before), (scale, shift) = before, after
    matrix = np.broadcast_to(scale_before, kernel.shape[:1])[:, None] * kernel * scale
    inner = np.broadcast_to(shift_before, kernel.shape[:1]) @ kernel + bias
    return matrix, inner * scale + shift

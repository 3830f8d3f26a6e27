"""The convolutional network: small enough for one laptop core, trained with Keras.

Seven convolutions of 3 x 3 (the last but one 4 x 4, over all that is left of the field), each with
batch normalisation (Ioffe, Szegedy 2015, arXiv:1502.03167) and ReLU, two poolings; 0.18 million
parameters. In the ONNX file the normalisation is folded into the convolutions.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from digitize.classify import CLASSES
from digitize.normalise import FIELD
from digitize.records import Floats, Pixels
from digitize.train.augment import augment
from digitize.train.card import Recipe, TrainingResult, check_output, save_model
from digitize.train.datasets import DigitSet, TrainingData, ink_levels, read_training_data
from digitize.train.libraries import load, versions
from digitize.train.onnx_graph import GraphWriter
from digitize.train.progress import TrainingProgress

KerasModel: TypeAlias = Any
Weights: TypeAlias = NDArray[np.float64]

EPOCHS = 28  # about 25 minutes on two shared cores


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


def train_cnn(
    data: Sequence[Path],
    output: Path,
    seed: int = 1,
    epochs: int = EPOCHS,
    options: CnnOptions = CnnOptions(),
) -> TrainingResult:
    """Return a network trained on the IDX folders `data` and written to `output` (.onnx).

    The last weights are kept, averaged; the held-back digits choose nothing but the temperature.
    """
    started = time.monotonic()
    check_output(output)
    keras, tensorflow = load("keras", "tensorflow")
    digits = read_training_data(data, seed)
    keras.utils.set_random_seed(seed)
    tensorflow.config.experimental.enable_op_determinism()
    steps = epochs * -(-len(digits.training) // options.batch)
    model = build_network(keras, options, steps)
    fit(model, digits, epochs, options, np.random.default_rng(seed))
    graph = network_graph(model)
    recipe = Recipe("cnn", tuple(data), output, seed, epochs)
    return save_model(graph, recipe, digits, started, versions([keras, tensorflow]))


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


def fit(
    model: KerasModel, data: TrainingData, epochs: int, options: CnnOptions, rng: Generator
) -> None:
    """Train `model` in place on distorted digits and leave it with its averaged weights."""
    held_back = ink_levels(data.held_back.images)[..., None]
    steps = epochs * -(-len(data.training) // options.batch)
    error = 1.0
    with TrainingProgress("cnn", steps) as progress:
        for epoch in range(1, epochs + 1):
            losses: list[float] = []
            for images, labels in distorted_batches(data.training, options.batch, rng):
                losses.append(float(model.train_on_batch(images[..., None], labels)))
                progress.advance(f"loss {losses[-1]:.3f} held-back error {error:.2%}")
            if epoch == epochs:
                model.optimizer.finalize_variable_values(model.trainable_variables)
            read = model.predict(held_back, batch_size=512, verbose=0).argmax(axis=1)
            error = float((read != data.held_back.labels).mean())
            loss = np.mean(losses)
            progress.say(f"epoch {epoch}/{epochs}: loss {loss:.4f}, held-back error {error:.2%}")


def distorted_batches(
    digits: DigitSet, batch: int, rng: Generator
) -> Iterator[tuple[Floats, Pixels]]:
    """Yield all `digits` once, in random order, as batches of distorted images and labels."""
    order = rng.permutation(len(digits))
    for start in range(0, len(order), batch):
        part = digits.subset(order[start : start + batch])
        yield augment(ink_levels(part.images), rng), part.labels


def network_graph(model: KerasModel) -> Any:
    """Return the ONNX ModelProto that computes what the trained Keras `model` does."""
    graph = GraphWriter()
    flow = graph.add("Unsqueeze", "images", graph.constant(np.array([1], dtype=np.int64)))
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

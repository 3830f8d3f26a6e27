"""Training the convolutional network, with Keras: distorted digits, a cosine, averaged weights."""

from __future__ import annotations

from typing import Any

from digitize.records import Floats
from digitize.train.datasets import ink_levels
from digitize.train.descent import KerasModel
from digitize.train.lesson import Lesson
from digitize.train.libraries import load_keras
from digitize.train.loop import count_steps, fit
from digitize.train.network import CnnOptions, build_network, network_graph
from digitize.train.quantise import quantised

EPOCHS = 30  # about an hour on two cores without AMX; each sees every digit, newly distorted


def learn_cnn(lesson: Lesson, options: CnnOptions) -> Any:
    """Return the ONNX ModelProto of a network trained on distorted digits, in whole numbers.

    The last weights are kept, averaged; the held-back digits choose nothing but the calibration.
    """
    graph = network_graph(train_network(lesson, options))
    return quantised(graph, ink_levels(lesson.data.training.images))


def train_network(lesson: Lesson, options: CnnOptions) -> KerasModel:
    """Return a Keras network trained on the lesson's digits."""
    keras = load_keras(lesson.seed)
    batch = options.descent.batch
    steps = count_steps(lesson.data, lesson.epochs or EPOCHS, batch)
    model = build_network(keras, options, steps)
    fit(model, lesson, batch, as_field)
    return model


def as_field(images: Floats) -> Floats:
    """Return the images as the network takes them, (count, 28, 28, 1)."""
    return images[..., None]

"""Training the convolutional network, with Keras: distorted digits, a cosine, averaged weights."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.random import Generator

from digitize.records import Floats, Pixels
from digitize.train.allographs import vary_allographs
from digitize.train.augment import augment
from digitize.train.card import Recipe, TrainingResult, check_output, save_model
from digitize.train.datasets import DigitSet, TrainingData, ink_levels, read_training_data
from digitize.train.libraries import load, versions
from digitize.train.network import CnnOptions, KerasModel, build_network, network_graph
from digitize.train.progress import TrainingProgress

EPOCHS = 28  # about 20 minutes on two cores; each sees every digit once, newly distorted
USUAL = CnnOptions()


def train_cnn(
    data: Sequence[Path],
    output: Path,
    seed: int = 1,
    epochs: int = EPOCHS,
    options: CnnOptions = USUAL,
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
    steps = count_steps(digits, epochs, options)
    model = build_network(keras, options, steps)
    fit(model, digits, epochs, options, np.random.default_rng(seed))
    graph = network_graph(model)
    recipe = Recipe("cnn", tuple(data), output, seed, epochs)
    return save_model(graph, recipe, digits, started, versions("keras", "tensorflow"))


def count_steps(data: TrainingData, epochs: int, options: CnnOptions) -> int:
    """Return how many batches `epochs` passes over the training digits take, short ones too."""
    return epochs * -(-len(data.training) // options.batch)


def fit(
    model: KerasModel, data: TrainingData, epochs: int, options: CnnOptions, rng: Generator
) -> None:
    """Train `model` in place on distorted digits and leave it with its averaged weights."""
    held_back = ink_levels(data.held_back.images)[..., None]
    error = 1.0
    with TrainingProgress("cnn", count_steps(data, epochs, options)) as progress:
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
        images = vary_allographs(ink_levels(part.images), part.labels, rng)
        yield augment(images, rng), part.labels

"""Teaching the ink network: composed crops, weighted pixels, a cosine, averaged weights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from digitize.records import Pixels
from digitize.separate.ink_network import INK_CLASSES, Ink
from digitize.train.checkpoint import Checkpoint
from digitize.train.descent import Descent, KerasModel, compile_network
from digitize.train.inknet.from_onnx import go_on_from, settle
from digitize.train.inknet.keras_layers import build
from digitize.train.inknet.layout import Widths
from digitize.train.inknet.pool import Pool
from digitize.train.libraries import load_keras
from digitize.train.loop import Watch, keep_average
from digitize.train.progress import TrainingProgress

Array: TypeAlias = NDArray[Any]

PIXEL_WEIGHTS = {Ink.PAPER: 0.25, Ink.DIGITS: 1.5}  # 1 for others; nine pixels in ten are paper
CONTRAST = (0.7, 1.15)  # of the ink, drawn for each crop anew
GOING_ON = 0.4  # of the usual rate: what was learnt is not to be undone
SETTLED_ON = 96  # crops that say what each layer sees, before a training goes on
DESCENT = Descent(batch=16, learning_rate=4e-3, weight_decay=0.005, average_momentum=0.998)


@dataclass(frozen=True, slots=True)
class InkOptions:
    """How large the network is and how it is trained."""

    widths: Widths = field(default_factory=Widths)
    descent: Descent = DESCENT
    crops: int = 15_000

    def descent_of(self, lesson: InkLesson) -> Descent:
        """Return how the weights are found: by smaller steps where they are good already."""
        rate = self.descent.learning_rate * (GOING_ON if lesson.start_from else 1)
        return replace(self.descent, learning_rate=rate)


@dataclass(frozen=True, slots=True)
class InkLesson:
    """How a network is taught. epochs: passes over the crops. start_from: an earlier network."""

    seed: int
    epochs: int
    start_from: Path | None = None


def learn(
    pool: Pool, held_back: Pool, lesson: InkLesson, options: InkOptions, checkpoint: Checkpoint
) -> KerasModel:
    """Return a network trained on so many passes over the pool; it goes on from the checkpoint."""
    seed, epochs = lesson.seed, lesson.epochs
    keras = load_keras(seed)
    descent = options.descent_of(lesson)
    batch = descent.batch
    steps = epochs * (len(pool.pixels) // batch)
    model = build(keras, options.widths)
    if lesson.start_from:
        go_on_from(lesson.start_from, model, options.widths)
        settle(keras, model, pool.pixels[:SETTLED_ON])
    compile_network(keras, model, descent, steps, pixel_loss(keras))
    done = checkpoint.restore(model)
    left = (epochs - done) * (len(pool.pixels) // batch)
    plan = f"ink: {epochs - done} epochs of {len(pool.pixels):,} crops, {left:,} steps"
    with TrainingProgress("ink", left) as progress:
        watch = Watch(progress, left, plan)
        for epoch in range(done + 1, epochs + 1):
            rng = np.random.default_rng([seed, epoch])
            losses: list[float] = []
            for crops, classes in batches(pool, batch, rng):
                losses.append(float(model.train_on_batch(crops, classes)))
                watch.step(losses[-1])
            checkpoint.save(model, epoch)
            if epoch == epochs:
                keep_average(model)
            watch.epoch(f"{epoch}/{epochs}", losses, digit_error(model, held_back))
    if done == epochs:
        keep_average(model)
    return model


def batches(pool: Pool, batch: int, rng: Generator) -> Iterator[tuple[list[Array], Pixels]]:
    """Yield all whole batches of the pool in random order, each crop's contrast drawn anew."""
    order = rng.permutation(len(pool.pixels))
    for start in range(0, len(order) - batch + 1, batch):
        chosen = np.sort(order[start : start + batch])  # in the order they lie on disk
        contrast = rng.uniform(*CONTRAST, (batch, 1)).astype(np.float32)
        yield [pool.pixels[chosen], contrast], pool.classes[chosen]


def pixel_loss(keras: Any) -> Any:
    """Return the cross-entropy over all pixels, ink counting more than paper."""
    weights = np.ones(INK_CLASSES, dtype=np.float32)
    for kind, weight in PIXEL_WEIGHTS.items():
        weights[kind] = weight

    def loss(true: Any, logits: Any) -> Any:
        ops = keras.ops
        wanted = ops.cast(ops.reshape(true, (-1,)), "int32")
        given = ops.reshape(logits, (-1, INK_CLASSES))
        surprise = keras.losses.sparse_categorical_crossentropy(wanted, given, from_logits=True)
        counts = ops.take(ops.convert_to_tensor(weights), wanted)
        return ops.sum(surprise * counts) / ops.sum(counts)

    return loss


def read(model: KerasModel, pixels: Pixels) -> Pixels:
    """Return the likeliest class of each pixel of (count, height, width, 3) crops."""
    as_it_is = np.ones((len(pixels), 1), dtype=np.float32)
    logits = model.predict([pixels, as_it_is], batch_size=DESCENT.batch, verbose=0)
    return np.asarray(logits.argmax(axis=-1), dtype=np.uint8)


def digit_error(model: KerasModel, crops: Pool) -> float:
    """Return the share of wrong pixels among those that are digits or are read as digits."""
    return 1 - confusion_overlap(confusion(read(model, crops.pixels), crops.classes), Ink.DIGITS)


def confusion(read_as: Pixels, true: Pixels) -> NDArray[np.int64]:
    """Return how many pixels of each true class (rows) were read as each (columns), (5, 5)."""
    pairs = true.astype(np.int64) * INK_CLASSES + read_as
    return np.bincount(pairs.ravel(), minlength=INK_CLASSES**2).reshape(INK_CLASSES, INK_CLASSES)


def confusion_overlap(counts: NDArray[np.int64], kind: Ink) -> float:
    """Return the pixels rightly read as `kind` over those that are it or are read as it, 0 to 1."""
    both = counts[kind, kind]
    either = counts[kind].sum() + counts[:, kind].sum() - both
    return float(both / either) if either else 1.0

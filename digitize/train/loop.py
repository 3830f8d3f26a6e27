"""The training loop that all networks share: distorted digits, epoch by epoch, and a checkpoint."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from numpy.random import Generator

from digitize.records import Floats, Pixels
from digitize.train.allographs import vary_allographs
from digitize.train.augment import AugmentOptions, augment
from digitize.train.datasets import DigitSet, TrainingData, ink_levels
from digitize.train.descent import KerasModel
from digitize.train.lesson import Lesson
from digitize.train.progress import TrainingProgress, duration

Prepare: TypeAlias = Callable[[Floats], Floats]

WARMING_STEPS = 3  # the first steps compile the network and say nothing of the others' time
TIMED_STEPS = 20  # enough for an estimate, and done within seconds
READ_AT_ONCE = 512  # held-back images
EASED_SHARE = 0.2  # of the epochs, the last: digits are warped less and less
EASED_TO = 0.4  # of the warp, in the very last: nearly as digits are written


def count_steps(data: TrainingData, epochs: int, batch: int) -> int:
    """Return how many batches `epochs` passes over the training digits take, short ones too."""
    return epochs * -(-len(data.training) // batch)


def fit(model: KerasModel, lesson: Lesson, batch: int, prepare: Prepare) -> None:
    """Train `model` in place on distorted digits and leave it with its averaged weights.

    prepare: makes the network's input of (count, 28, 28) images, 0 paper to 1 ink.
    """
    checkpoint, epochs = lesson.checkpoint, lesson.epochs or 1
    done = checkpoint.restore(model) if checkpoint else 0
    steps = count_steps(lesson.data, epochs - done, batch)
    held_back = lesson.data.held_back.digits()
    exam = prepare(ink_levels(held_back.images))
    with TrainingProgress(lesson.title, steps) as progress:
        watch = Watch(progress, steps, plan(lesson, done, steps))
        for epoch in range(done + 1, epochs + 1):
            rng = np.random.default_rng([lesson.seed, epoch])
            options = AugmentOptions().eased(warp_share(epoch, epochs))
            losses: list[float] = []
            for images, labels in distorted_batches(lesson.data.training, batch, rng, options):
                losses.append(float(model.train_on_batch(prepare(images), labels)))
                watch.step(losses[-1])
            if checkpoint:
                checkpoint.save(model, epoch)
            if epoch == epochs:
                keep_average(model)
            read = model.predict(exam, batch_size=READ_AT_ONCE, verbose=0).argmax(axis=1)
            watch.epoch(f"{epoch}/{epochs}", losses, float((read != held_back.labels).mean()))
    if done == epochs:
        keep_average(model)


def keep_average(model: KerasModel) -> None:
    """Put the moving average of the weights in their place."""
    model.optimizer.finalize_variable_values(model.trainable_variables)


def warp_share(epoch: int, epochs: int) -> float:
    """Return how much of the warp an epoch, from 1, gets: all, until the last fifth falls off.

    Networks end better on what they will read than on what was only to make them robust (He et al.
    2019, arXiv:1909.09148).
    """
    left = (epochs - epoch) / max(1.0, EASED_SHARE * epochs)
    return EASED_TO + (1 - EASED_TO) * min(1.0, left)


def distorted_batches(
    digits: DigitSet, batch: int, rng: Generator, options: AugmentOptions
) -> Iterator[tuple[Floats, Pixels]]:
    """Yield all `digits` once, in random order, as batches of distorted images and labels."""
    order = rng.permutation(len(digits))
    for start in range(0, len(order), batch):
        part = digits.subset(order[start : start + batch])
        images = vary_allographs(ink_levels(part.images), part.labels, rng)
        yield augment(images, rng, options), part.labels


def plan(lesson: Lesson, done: int, steps: int) -> str:
    """Return what will happen, in words."""
    count = f"{lesson.epochs} epochs" if not done else f"epochs {done + 1} to {lesson.epochs}"
    return f"{lesson.title}: {count} of {len(lesson.data.training):,} images, {steps:,} steps"


class Watch:
    """Shows how a training of so many steps goes; after the first few, how long all will take."""

    def __init__(self, progress: TrainingProgress, steps: int, plan: str) -> None:
        self._progress, self._steps, self._plan = progress, steps, plan
        self._done, self._started, self._error = 0, time.monotonic(), ""

    def step(self, loss: float) -> None:
        """Count a step that ended with `loss`."""
        self._done += 1
        self._progress.advance(f"loss {loss:.3f}{self._error}")
        if self._done == WARMING_STEPS:
            self._started = time.monotonic()
        if self._done == min(WARMING_STEPS + TIMED_STEPS, self._steps):
            timed = max(1, self._done - WARMING_STEPS)
            seconds = (time.monotonic() - self._started) / timed * self._steps
            self._progress.say(f"{self._plan}, about {duration(seconds)}")

    def epoch(self, number: str, losses: Sequence[float], error: float) -> None:
        """Say what an epoch ended with; error: share of the held-back digits, 0 to 1."""
        self._error = f" held-back error {error:.2%}"
        line = f"epoch {number}: loss {np.mean(losses):.4f}, held-back error {error:.2%}"
        self._progress.say(line)

"""Teaching the reader of numbers: composed and real strips, batch by batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from digitize.records import Floats
from digitize.sequence.ctc import best_path, text_of
from digitize.sequence.network import log_softmax
from digitize.sequence.strips import HEIGHT, STRIDE
from digitize.train.checkpoint import Checkpoint
from digitize.train.datasets import DigitSet
from digitize.train.descent import KerasModel
from digitize.train.libraries import load_keras
from digitize.train.loop import Watch, keep_average
from digitize.train.numbers.compose import compose_strips
from digitize.train.numbers.network import NOTHING, NumberOptions, build
from digitize.train.numbers.real import RealNumber
from digitize.train.numbers.vary import splice, vary
from digitize.train.numbers.wear import USUAL_WEAR, wear
from digitize.train.progress import TrainingProgress

LENGTHS = ((1, 3), (2, 5), (4, 8), (7, 12))
"""How many digits the numbers of one batch have: alike, for strips of one batch are padded."""
READ_AT_ONCE = 32
SPLICED = 0.5  # of the real strips: parts of several numbers in a row
REAL_WEAR = USUAL_WEAR.eased(0.4)  # real ink has its own share of everything already


@dataclass(frozen=True, slots=True)
class Material:
    """What is learnt from: digits to compose numbers of, and real numbers, maybe none."""

    digits: DigitSet
    real: Sequence[RealNumber]


def learn(
    material: Material,
    exam: Sequence[RealNumber],
    seed: int,
    epochs: int,
    options: NumberOptions,
    checkpoint: Checkpoint,
) -> KerasModel:
    """Return a network trained for so many epochs of steps; it goes on from the checkpoint."""
    keras = load_keras(seed)
    model = build(keras, options, epochs * options.epoch)
    done = checkpoint.restore(model)
    left = (epochs - done) * options.epoch
    plan = f"sequence: {epochs - done} epochs, {left:,} steps of {options.descent.batch} numbers"
    with TrainingProgress("sequence", left) as progress:
        watch = Watch(progress, left, plan)
        for epoch in range(done + 1, epochs + 1):
            rng = np.random.default_rng([seed, epoch])
            losses: list[float] = []
            for _ in range(options.epoch):
                strips, texts = draw(material, rng, options)
                losses.append(float(model.train_on_batch(stack(strips), labels_of(texts))))
                watch.step(losses[-1])
            checkpoint.save(model, epoch)
            if epoch == epochs:
                keep_average(model)
            watch.epoch(f"{epoch}/{epochs}", losses, 1 - exact_share(model, exam))
    if done == epochs:
        keep_average(model)
    return model


def draw(
    material: Material, rng: Generator, options: NumberOptions
) -> tuple[list[Floats], list[str]]:
    """Return a batch of strips and their texts: real ones, where there are, among composed ones."""
    low, high = LENGTHS[int(rng.integers(len(LENGTHS)))]
    fitting = [number for number in material.real if low <= len(number.text) <= high]
    strips: list[Floats] = []
    texts: list[str] = []
    for _ in range(round(options.descent.batch * options.real) if material.real else 0):
        number = splice(material.real, low, high, rng) if rng.random() < SPLICED else None
        if number is None and fitting:
            number = fitting[int(rng.integers(len(fitting)))]
        if number is not None:
            strips.append(wear(vary(number.strip, rng), rng, REAL_WEAR))
            texts.append(number.text)
    count = options.descent.batch - len(strips)
    lengths = [int(length) for length in rng.integers(low, high + 1, count)]
    composed, said = compose_strips(material.digits, lengths, rng)
    return strips + composed, texts + said


def stack(strips: Sequence[Floats]) -> Floats:
    """Return strips as one array, (count, 32, widest, 1), paper after each end."""
    widest = max(strip.shape[1] for strip in strips)
    widest = -(-widest // STRIDE) * STRIDE
    stacked = np.zeros((len(strips), HEIGHT, widest, 1), dtype=np.float32)
    for place, strip in zip(stacked, strips, strict=True):
        place[:, : strip.shape[1], 0] = strip
    return stacked


def labels_of(texts: Sequence[str]) -> NDArray[np.int32]:
    """Return texts as (count, longest), -1 after each end."""
    labels = np.full((len(texts), max(map(len, texts))), NOTHING, dtype=np.int32)
    for row, text in zip(labels, texts, strict=True):
        row[: len(text)] = [int(digit) for digit in text]
    return labels


def read(model: KerasModel, strips: Sequence[Floats]) -> list[Floats]:
    """Return the logits of each strip, (frames, 11)."""
    order = sorted(range(len(strips)), key=lambda at: strips[at].shape[1])
    found: list[Floats] = [np.zeros((0, 0), dtype=np.float32)] * len(strips)
    for start in range(0, len(order), READ_AT_ONCE):
        part = order[start : start + READ_AT_ONCE]
        logits = np.asarray(model.predict_on_batch(stack([strips[at] for at in part])))
        for at, each in zip(part, logits[:, 0], strict=True):
            found[at] = each[: -(-strips[at].shape[1] // STRIDE)]
    return found


def exact_share(model: KerasModel, numbers: Sequence[RealNumber]) -> float:
    """Return the share of numbers that are read wholly right, 0 to 1; 0 of none."""
    read_logits = read(model, [number.strip for number in numbers])
    right = [
        text_of(best_path(log_softmax(logits))) == number.text
        for logits, number in zip(read_logits, numbers, strict=True)
    ]
    return float(np.mean(right)) if right else 0.0

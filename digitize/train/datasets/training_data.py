"""What a training gets: the digits of all its folders and drawn clutter, in two parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path

import numpy as np
from numpy.random import Generator

from digitize.classify import DIGITS, NOT_A_DIGIT
from digitize.errors import UsageError
from digitize.train.clutter import FontFace, draw_clutter, find_fonts
from digitize.train.datasets.digit_set import DigitSet, joined
from digitize.train.datasets.folders import kind_of
from digitize.train.datasets.form import is_in_mnist_form, to_mnist_form
from digitize.train.datasets.held_back import split_held_back
from digitize.train.datasets.mnist import fetch_mnist
from digitize.train.progress import announce

HELD_BACK_SHARE = 1 / 12  # 5,000 of MNIST's 60,000: an error of 0.3 % is still 15 digits
CLUTTER_SHARE = 0.3  # drawn images of no digit, for each digit
NO_FONTS = (
    "No fonts to train with are installed: the model will not learn that letters are not digits. "
    "Stop and install some if it is to (apt install fonts-dejavu-core fonts-liberation)."
)


@dataclass(frozen=True, slots=True)
class TrainingData:
    """What to train on, what is held back from it, and where both came from.

    not_digits: how many images of no digit there are, and of which kinds.
    """

    training: DigitSet
    held_back: DigitSet
    sources: str
    split: str
    not_digits: str


def read_training_data(folders: Sequence[Path], seed: int) -> TrainingData:
    """Return the training digits of all `folders` and drawn clutter, a twelfth of each held back.

    Without folders it is MNIST, fetched where it is not in the cache yet. Each label is held back
    by its share. Halves and pairs of digits are drawn from digits of the same part, so that
    nothing held back is seen in training. A folder that is given several times is trained on as
    often, and held back once. UsageError where one of the ten digits is missing.
    """
    times = Counter(folder.resolve() for folder in folders or (fetch_mnist(),))
    sets, sources = zip(*starmap(read_source, times.items()), strict=True)
    digits = joined(sets)
    check_all_digits(digits)
    kept, held = split_held_back(digits.labels, round(len(digits) * HELD_BACK_SHARE), seed)
    seen = np.repeat(list(times.values()), list(map(len, sets)))
    kept = np.repeat(kept, seen[kept])
    faces = find_fonts("train")
    if not faces:
        announce(NO_FONTS)
    training, held_back = (
        with_clutter(digits.subset(part), faces, np.random.default_rng([seed, index]))
        for index, part in enumerate((kept, held))
    )
    families = len({face.family for face in faces})
    given = _count_others(digits)
    parts = digits.subset(kept), training, digits.subset(held), held_back
    of_kept, of_training, of_held, of_held_back = map(_count_others, parts)
    drawn = of_training - of_kept + of_held_back - of_held
    return TrainingData(
        training,
        held_back,
        sources=", ".join(sources),
        split=f"{len(kept)} trained on, {len(held)} held back, stratified by digit",
        not_digits=f"{given} given, {drawn} drawn with {families} families of fonts",
    )


def check_all_digits(digits: DigitSet) -> None:
    """Raise UsageError unless each of the ten digits is among the training digits."""
    missing = sorted(set(range(DIGITS)) - set(digits.labels.tolist()))
    if missing:
        cause = f"the training data holds no digit {', '.join(map(str, missing))}"
        raise UsageError(
            cause, "Give a folder that has all ten, MNIST for one, with another --data"
        )


def read_source(folder: Path, times: int = 1) -> tuple[DigitSet, str]:
    """Return the training images of a folder in MNIST's form, and a line about them for the card.

    IDX files that hold another form, filling the field or off its middle, are brought to it.
    times: how often the card is to say that they are trained on; the images come once.
    """
    kind = kind_of(folder)
    digits = kind.read(folder, "train")
    name = f"{folder.resolve().name} {kind.noun}" + (f", {times} times" if times > 1 else "")
    if kind.formed or is_in_mnist_form(digits.images):
        return digits, f"{name} ({len(digits)})"
    formed = DigitSet(to_mnist_form(digits.images), digits.labels)
    return formed, f"{name} ({len(digits)}, brought to MNIST's form)"


def with_clutter(digits: DigitSet, faces: Sequence[FontFace], rng: Generator) -> DigitSet:
    """Return the digits and, after them, drawn images of no digit, labelled 10."""
    real = digits.digits()
    count = round(len(real) * CLUTTER_SHARE)
    clutter = draw_clutter(count, real.images, real.labels, faces, rng)
    images = np.rint(clutter * 255).astype(np.uint8)
    return joined([digits, DigitSet(images, np.full(len(images), NOT_A_DIGIT, dtype=np.uint8))])


def _count_others(digits: DigitSet) -> int:
    return int((digits.labels == NOT_A_DIGIT).sum())

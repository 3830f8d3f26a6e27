"""Labelled digits: folders of IDX files, and the part of the training digits that is held back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.classify import CLASSES
from digitize.errors import UnreadableInput, UsageError
from digitize.normalise import FIELD
from digitize.records import Floats, Pixels
from digitize.train.idx import read_idx

Split: TypeAlias = Literal["train", "test"]
Indices: TypeAlias = NDArray[np.int64]

PREFIXES: dict[Split, tuple[str, ...]] = {"train": ("train",), "test": ("t10k", "test")}
HELD_BACK_SHARE = 1 / 12  # 5,000 of MNIST's 60,000: an error of 0.3 % is still 15 digits


@dataclass(frozen=True, slots=True)
class DigitSet:
    """Labelled digits; images: (count, 28, 28) uint8, 0 paper to 255 ink, labels: (count,) 0-9."""

    images: Pixels
    labels: Pixels

    def __len__(self) -> int:
        return len(self.labels)

    def subset(self, indices: Indices) -> DigitSet:
        """Return the digits at `indices`, in that order."""
        return DigitSet(self.images[indices], self.labels[indices])


@dataclass(frozen=True, slots=True)
class TrainingData:
    """The digits to train on, those held back from it, and where they came from."""

    training: DigitSet
    held_back: DigitSet
    sources: str
    split: str


def ink_levels(images: Pixels) -> Floats:
    """Return uint8 images, 0 paper to 255 ink, as float32, 0 paper to 1 ink."""
    return images.astype(np.float32) / np.float32(255)


def has_split(folder: Path, split: Split) -> bool:
    """Tell whether `folder` holds the images of `split`."""
    return _find(folder, split, "images") is not None


def read_idx_folder(folder: Path, split: Split) -> DigitSet:
    """Return the digits of `split` in `folder`: `train-*`, or `t10k-*` or `test-*`.

    UnreadableInput, naming the file, where one is missing or damaged, images are not 28 x 28,
    labels are not 0 to 9, or there are not as many labels as images.
    """
    images_path, labels_path = (
        _required(folder, split, "images"),
        _required(folder, split, "labels"),
    )
    images, labels = read_idx(images_path), read_idx(labels_path)
    if images.ndim != 3 or images.shape[1:] != (FIELD, FIELD):
        size = " x ".join(str(side) for side in images.shape[1:])
        raise UnreadableInput(
            f"{images_path}: images of {size} pixels, not {FIELD} x {FIELD}",
            "Bring them to MNIST's form first: 28 x 28, ink 255 on paper 0, centred",
        )
    if labels.shape != images.shape[:1]:
        cause = (
            f"{labels_path}: {labels.size} labels for {len(images)} images in {images_path.name}"
        )
        raise UnreadableInput(cause, "Images and labels must come from the same set")
    if labels.size and labels.max() >= CLASSES:
        cause = f"{labels_path}: label {labels.max()} is not a digit"
        raise UnreadableInput(cause, "Labels must be 0 to 9")
    return DigitSet(images, labels)


def read_training_data(folders: Sequence[Path], seed: int) -> TrainingData:
    """Return the training digits of all `folders`, a stratified twelfth of them held back."""
    if not folders:
        raise UsageError("there is no data to train on", "Name a folder of IDX files with --data")
    sets = [read_idx_folder(folder, "train") for folder in folders]
    digits = DigitSet(
        np.concatenate([part.images for part in sets]),
        np.concatenate([part.labels for part in sets]),
    )
    kept, held = split_held_back(digits.labels, round(len(digits) * HELD_BACK_SHARE), seed)
    names = zip(folders, sets, strict=True)
    return TrainingData(
        digits.subset(kept),
        digits.subset(held),
        sources=", ".join(f"{folder.resolve().name} train ({len(part)})" for folder, part in names),
        split=f"{len(kept)} trained on, {len(held)} held back, stratified by digit",
    )


def split_held_back(labels: Pixels, count: int, seed: int) -> tuple[Indices, Indices]:
    """Return the indices (kept, held back): `count` of them held back, each digit by its share.

    The shares are rounded by largest remainder, so that they add up to `count`. Both sorted.
    UsageError where `count` is not below the number of labels.
    """
    if not 0 <= count < len(labels):
        cause = f"{count} digits cannot be held back from {len(labels)}"
        raise UsageError(cause, "Give more training digits")
    shares = np.bincount(labels, minlength=CLASSES) * count / len(labels)
    quotas = np.floor(shares).astype(int)
    for digit in np.argsort(quotas - shares, kind="stable")[: count - quotas.sum()]:
        quotas[digit] += 1
    rng = np.random.default_rng(seed)
    chosen = [
        rng.permutation(np.flatnonzero(labels == digit))[:quota]
        for digit, quota in enumerate(quotas)
    ]
    held = np.sort(np.concatenate(chosen))
    return np.setdiff1d(np.arange(len(labels)), held), held


def _required(folder: Path, split: Split, content: str) -> Path:
    path = _find(folder, split, content)
    if path is None:
        names = " or ".join(f"{prefix}-{content}-*" for prefix in PREFIXES[split])
        raise UnreadableInput(
            f"{folder}: there is no file {names}",
            "Give a folder of IDX files as MNIST has them, such as train-images-idx3-ubyte.gz",
        )
    return path


def _find(folder: Path, split: Split, content: str) -> Path | None:
    for prefix in PREFIXES[split]:
        for path in sorted(folder.glob(f"{prefix}-{content}[-.]*")):
            return path
    return None

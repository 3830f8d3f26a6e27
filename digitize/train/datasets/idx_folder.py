"""A folder of IDX files, as MNIST comes: `train-*`, `t10k-*` or `test-*`, and `other-*`."""

from __future__ import annotations

from pathlib import Path

from digitize.classify import CLASSES, NOT_A_DIGIT
from digitize.errors import UnreadableInput
from digitize.normalise import FIELD
from digitize.train.datasets.digit_set import DigitSet, Split, joined
from digitize.train.idx import read_idx

PREFIXES: dict[Split, tuple[str, ...]] = {"train": ("train",), "test": ("t10k", "test")}
OTHERS = ("other",)  # what is no digit, beside the digits to train on


def holds_idx(folder: Path) -> bool:
    """Tell whether `folder` holds IDX images under any of the known names."""
    return any(
        _find(folder, prefixes, "images") is not None for prefixes in (*PREFIXES.values(), OTHERS)
    )


def has_idx_split(folder: Path, split: Split) -> bool:
    """Tell whether `folder` holds the images of `split`."""
    return _find(folder, PREFIXES[split], "images") is not None


def read_idx_folder(folder: Path, split: Split) -> DigitSet:
    """Return the images of `split` in `folder`: `train-*` and `other-*`, or `t10k-*` or `test-*`.

    UnreadableInput, naming the file, where one is missing or damaged, images are not 28 x 28,
    labels are not 0 to 10 (of `other-*`: 10), or there are not as many labels as images.
    """
    digits = _read_pair(folder, PREFIXES[split])
    if split == "test" or _find(folder, OTHERS, "images") is None:
        return digits
    others = _read_pair(folder, OTHERS)
    if len(others.digits()):
        raise UnreadableInput(
            f"{_find(folder, OTHERS, 'labels')}: label {others.digits().labels[0]} among what is "
            "no digit",
            f"Files other-* hold images with the label {NOT_A_DIGIT} only; put digits in train-*",
        )
    return joined([digits, others])


def _read_pair(folder: Path, prefixes: tuple[str, ...]) -> DigitSet:
    """Return the images and labels of the first of `prefixes` that `folder` has."""
    images_path = _required(folder, prefixes, "images")
    labels_path = _required(folder, prefixes, "labels")
    images, labels = read_idx(images_path), read_idx(labels_path)
    if images.ndim != 3 or images.shape[1:] != (FIELD, FIELD):
        size = " x ".join(str(side) for side in images.shape[1:])
        raise UnreadableInput(
            f"{images_path}: images of {size} pixels, not {FIELD} x {FIELD}",
            "Bring them to 28 x 28 first, ink 255 on paper 0, or give them as pictures",
        )
    if labels.shape != images.shape[:1]:
        cause = (
            f"{labels_path}: {labels.size} labels for {len(images)} images in {images_path.name}"
        )
        raise UnreadableInput(cause, "Images and labels must come from the same set")
    if labels.size and labels.max() >= CLASSES:
        cause = f"{labels_path}: label {labels.max()} is not a digit"
        raise UnreadableInput(cause, "Labels must be 0 to 9, or 10 for what is no digit")
    return DigitSet(images, labels)


def _required(folder: Path, prefixes: tuple[str, ...], content: str) -> Path:
    path = _find(folder, prefixes, content)
    if path is None:
        names = " or ".join(f"{prefix}-{content}-*" for prefix in prefixes)
        raise UnreadableInput(
            f"{folder}: there is no file {names}",
            "Give a folder of IDX files as MNIST has them, such as train-images-idx3-ubyte.gz",
        )
    return path


def _find(folder: Path, prefixes: tuple[str, ...], content: str) -> Path | None:
    for prefix in prefixes:
        for path in sorted(folder.glob(f"{prefix}-{content}[-.]*")):
            return path
    return None

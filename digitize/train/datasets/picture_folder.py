"""A folder of pictures in sub-folders 0 to 9, and x for what is no digit: one glyph each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from digitize.errors import UnreadableInput
from digitize.load.folders import PICTURE_SUFFIXES
from digitize.train.datasets.digit_set import LABELS, DigitSet
from digitize.train.datasets.glyph_picture import read_glyph_picture


def holds_pictures(folder: Path) -> bool:
    """Tell whether `folder` has a sub-folder named after a digit, or x."""
    return any((folder / name).is_dir() for name in LABELS)


def read_picture_folder(folder: Path) -> DigitSet:
    """Return the pictures in the sub-folders of `folder`, in MNIST's form, by label and name.

    UnreadableInput, naming the file, where one cannot be read or is blank, where a sub-folder is
    called otherwise, or where there is no picture at all.
    """
    images, labels = [], []
    for path, label in _find_pictures(folder):
        images.append(read_glyph_picture(path))
        labels.append(label)
    if not images:
        raise UnreadableInput(
            f"{folder}: there are no pictures in its sub-folders",
            f"Put pictures there ({' '.join(PICTURE_SUFFIXES)}), one digit each",
        )
    return DigitSet(np.stack(images), np.array(labels, dtype=np.uint8))


def _find_pictures(folder: Path) -> Iterator[tuple[Path, int]]:
    """Yield the pictures at any depth of each sub-folder; what is hidden is passed over."""
    for inner in sorted(path for path in folder.iterdir() if path.is_dir()):
        if inner.name.startswith("."):
            continue
        if inner.name not in LABELS:
            raise UnreadableInput(
                f"{inner}: the sub-folder is not called 0 to 9, or x for what is no digit",
                "Rename it, or move it elsewhere",
            )
        for path in sorted(inner.rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if path.suffix.lower() in PICTURE_SUFFIXES and not hidden and path.is_file():
                yield path, LABELS[inner.name]

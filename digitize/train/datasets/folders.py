"""What kinds of folders hold labelled images: a new kind is a file and a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from digitize.errors import UnreadableInput
from digitize.train.datasets.corrections import FILE, holds_corrections, read_corrections
from digitize.train.datasets.digit_set import DigitSet, Split
from digitize.train.datasets.idx_folder import has_idx_split, holds_idx, read_idx_folder
from digitize.train.datasets.picture_folder import holds_pictures, read_picture_folder

FORMS = (
    "Give a folder with IDX files (train-images-*, train-labels-*), with pictures in sub-folders "
    f"0 to 9 (and x for what is no digit), or with corrections ({FILE} and its pictures)"
)


@dataclass(frozen=True, slots=True)
class FolderKind:
    """One kind of folder.

    noun: what its training images are called. formed: whether they come in MNIST's form, whatever
    the folder holds. holds: whether a folder is of this kind. has: whether it has a split. read:
    the images of a split.
    """

    noun: str
    formed: bool
    holds: Callable[[Path], bool]
    has: Callable[[Path, Split], bool]
    read: Callable[[Path, Split], DigitSet]


def _whole(read: Callable[[Path], DigitSet]) -> Callable[[Path, Split], DigitSet]:
    """Return a reader for folders that are not split: all of it is for training or for testing."""
    return lambda folder, _split: read(folder)


def _always(_folder: Path, _split: Split) -> bool:
    return True


KINDS = (
    FolderKind("train", False, holds_idx, has_idx_split, read_idx_folder),
    FolderKind("corrections", True, holds_corrections, _always, _whole(read_corrections)),
    FolderKind("pictures", True, holds_pictures, _always, _whole(read_picture_folder)),
)
"""The first kind that a folder is of counts."""


def has_split(folder: Path, split: Split) -> bool:
    """Tell whether `folder` holds labelled images of `split`; only IDX folders are split."""
    kind = _find_kind(folder)
    return kind is not None and kind.has(folder, split)


def read_labelled_folder(folder: Path, split: Split) -> DigitSet:
    """Return the labelled images of `split` in a folder of any kind; pictures in MNIST's form.

    UnreadableInput where the folder is of no kind, or a file in it cannot be used.
    """
    return kind_of(folder).read(folder, split)


def kind_of(folder: Path) -> FolderKind:
    """Return which kind of folder this is; UnreadableInput where it is none of them."""
    kind = _find_kind(folder)
    if kind is None:
        what = (
            "there are no labelled images in it" if folder.is_dir() else "there is no such folder"
        )
        raise UnreadableInput(f"{folder}: {what}", FORMS)
    return kind


def _find_kind(folder: Path) -> FolderKind | None:
    return next((kind for kind in KINDS if kind.holds(folder)), None)

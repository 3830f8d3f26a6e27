"""Real handwriting beside the project, parted once into what is trained on and what is kept back.

    python benchmarks/handwriting.py OUT

writes folders of IDX files in MNIST's form, with the label 10 for what is no digit:

    OUT/bhmsds-train, OUT/strings-train    to train on, besides MNIST's training digits
    OUT/bhmsds-test, OUT/strings-test      kept back; nothing is fitted to them
    OUT/symbols-test/NAME                  the kept-back symbols one by one; / and z look like
                                           digits and are not trained on

The parts are written down here: of bhmsds a seeded fifth of each digit and each symbol is kept
back; of the cheque strings every file for which the SHA-256 of its name begins with a byte that is
divisible by 4 (198 of 756).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from digitize.classify import NOT_A_DIGIT
from digitize.clean import clean
from digitize.load import LoadOptions, load_pages
from digitize.normalise import normalise_ink
from digitize.options import page_options
from digitize.records import Failure, Pixels
from digitize.train.idx import read_idx

DATA = Path(os.environ.get("DIGITIZE_DATA", Path(__file__).parent.parent.parent / "shared/data"))
SYMBOLS = ("star", "minus", "plus", "slash", "w", "x", "y", "z")  # 1,500 each, in this order
DIGIT_LIKE = ("slash", "z")  # they are 1 and 2 to anyone: neither trained on nor counted
SEED = 20261121
KEPT_BACK_OF_BHMSDS = 5  # one of so many
KEPT_BACK_OF_STRINGS = 4
CRUMB = 0.15  # of the largest ink: smaller ink at the side of a box belongs to the next digit


def main(out: Path) -> None:
    """Write all parts into the folder `out`."""
    write_bhmsds(out)
    write_strings(out)


def write_bhmsds(out: Path) -> None:
    """Write bhmsds's digits and symbols, each brought to MNIST's form."""
    folder = DATA / "bhmsds"
    digits = read_idx(folder / "train-images-idx3-ubyte.gz")
    labels = read_idx(folder / "train-labels-idx1-ubyte.gz")
    others = read_idx(folder / "other-images-idx3-ubyte.gz")
    symbols = np.arange(len(others)) * len(SYMBOLS) // len(others)
    images = as_mnist([*digits, *others])
    kinds = np.concatenate([labels, NOT_A_DIGIT + symbols])
    answers = np.minimum(kinds, NOT_A_DIGIT).astype(np.uint8)
    kept = kept_back(kinds)
    like = np.isin(kinds, [NOT_A_DIGIT + SYMBOLS.index(name) for name in DIGIT_LIKE])
    write_idx(out / "bhmsds-train", "train", images[~kept & ~like], answers[~kept & ~like])
    write_idx(out / "bhmsds-test", "test", images[kept & (kinds < NOT_A_DIGIT)],
              answers[kept & (kinds < NOT_A_DIGIT)])  # fmt: skip
    for index, name in enumerate(SYMBOLS):
        chosen = kept & (kinds == NOT_A_DIGIT + index)
        write_idx(out / "symbols-test" / name, "test", images[chosen], answers[chosen])


def kept_back(kinds: Pixels) -> np.ndarray:
    """Return which images are kept back: a seeded fifth of each kind."""
    rng = np.random.default_rng(SEED)
    kept = np.zeros(len(kinds), dtype=bool)
    for kind in np.unique(kinds):
        indices = rng.permutation(np.flatnonzero(kinds == kind))
        kept[indices[: len(indices) // KEPT_BACK_OF_BHMSDS]] = True
    return kept


def write_strings(out: Path) -> None:
    """Write the digits of the cheque strings, cut by their true boxes."""
    parts: dict[str, list[tuple[Pixels, int]]] = {"train": [], "test": []}
    for truth_file in sorted((DATA / "strings").glob("*.json")):
        parts["test" if is_kept_back(truth_file.stem) else "train"] += cut_digits(truth_file)
    for part, found in parts.items():
        images = as_mnist([ink for ink, _ in found])
        write_idx(out / f"strings-{part}", part, images, np.array([d for _, d in found], np.uint8))


def is_kept_back(name: str) -> bool:
    """Tell whether the cheque string in the file of this stem is kept back."""
    return hashlib.sha256(name.encode()).digest()[0] % KEPT_BACK_OF_STRINGS == 0


def cut_digits(truth_file: Path) -> Iterator[tuple[Pixels, int]]:
    """Yield the ink in each true box of a string, as the page's ink is found, and its digit.

    Rules are left in: a box says already where the digit is, and at so small a size strokes are
    easily taken for rules.
    """
    truth = json.loads(truth_file.read_text())
    page = next(load_pages(truth_file.with_name(truth["image"]), LoadOptions()))
    assert not isinstance(page, Failure), page
    options = page_options("number", 0.95)
    flat = clean(page, options.clean)
    for number in truth["numbers"]:
        for digit in number["digits"]:
            x, y, width, height = (round(value) for value in digit["box"])
            place = slice(max(y, 0), y + height), slice(max(x, 0), x + width)
            if flat.ink[place].any():
                yield without_crumbs(flat.ink[place]), digit["digit"]


def without_crumbs(ink: Pixels) -> Pixels:
    """Return ink without the small pieces of a neighbour that reach in from the side."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    largest = stats[1:, cv2.CC_STAT_AREA].max()
    cleaned = ink.copy()
    for index in range(1, count):
        left, _, width, _, area = stats[index]
        at_side = left == 0 or left + width == ink.shape[1]
        if at_side and area < CRUMB * largest:
            cleaned[labels == index] = 0
    return cleaned


def as_mnist(crops: list[Pixels]) -> Pixels:
    """Return crops of ink as (count, 28, 28) uint8 in MNIST's form."""
    images = np.zeros((len(crops), 28, 28), dtype=np.uint8)
    for image, crop in zip(images, crops, strict=True):
        image[:] = np.rint(normalise_ink(crop) * 255)
    return images


def write_idx(folder: Path, prefix: str, images: Pixels, labels: Pixels) -> None:
    """Write gzipped IDX files as MNIST has them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, values in (("images-idx3", images), ("labels-idx1", labels)):
        head = bytes([0, 0, 8, values.ndim]) + b"".join(
            length.to_bytes(4, "big") for length in values.shape
        )
        with gzip.GzipFile(folder / f"{prefix}-{name}-ubyte.gz", "wb", mtime=0) as file:
            file.write(head + values.tobytes())
    print(f"{folder}: {len(images)} images")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""What passes as a digit that is none: symbols, letters of unseen fonts, lines, boxes, texture.

    python benchmarks/refusal.py HANDWRITING [--model NAME]...

HANDWRITING is what benchmarks/handwriting.py wrote. The threshold is the confidence that 99 % of
MNIST's test digits reach; what is no digit passes where its best digit is as sure. Fonts are the
families that training leaves alone (digitize.train.clutter.fonts).
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from string import ascii_letters

import numpy as np
from handwriting import DIGIT_LIKE as DIGIT_LIKE_SYMBOLS
from handwriting import SYMBOLS
from numpy.random import Generator

from digitize.classify import DIGITS, Classifier, OnnxClassifier
from digitize.normalise import normalise_ink
from digitize.onnx_models import find_model, list_classifiers
from digitize.records import Floats, Pixels
from digitize.train.clutter import shapes
from digitize.train.clutter.fonts import find_fonts
from digitize.train.clutter.letters import DIGIT_LIKE, draw_text
from digitize.train.datasets import ink_levels, read_idx_folder

DATA = Path(os.environ.get("DIGITIZE_DATA", Path(__file__).parent.parent.parent / "shared/data"))
KEPT = 0.99  # of MNIST's test digits
LETTER_SIZE = 56  # pixels
SHAPES = {
    "lines": shapes.draw_flat_line,
    "corners and crossings": shapes.draw_junction,
    "boxes": shapes.draw_box,
    "texture": shapes.draw_texture,
}
SHAPES_EACH = 1000
SEED = 20261121


def main() -> None:
    """Print a row for each kind of thing that is no digit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("handwriting", type=Path)
    parser.add_argument("--model", action="append", default=[])
    given = parser.parse_args()
    names = given.model or [model.name for model in list_classifiers()]
    classifiers = [OnnxClassifier(find_model(name)) for name in names]
    digits = ink_levels(read_idx_folder(DATA / "mnist", "test").images)
    thresholds = [np.quantile(confidence(c, digits), 1 - KEPT) for c in classifiers]
    print(f"| what is no digit | images | {' | '.join(f'`{name}`' for name in names)} |")
    print("|---|---|" + "---|" * len(names))
    print(f"| threshold | | {' | '.join(f'{t:.3f}' for t in thresholds)} |")
    for name, images in everything(given.handwriting):
        pairs = zip(classifiers, thresholds, strict=True)
        shares = [float((confidence(c, images) >= t).mean()) for c, t in pairs]
        print(f"| {name} | {len(images):,} | {' | '.join(f'{s:.1%}' for s in shares)} |")


def confidence(classifier: Classifier, images: Floats) -> Floats:
    """Return how sure the best digit of each image is, (count,)."""
    return classifier.scores(images)[:, :DIGITS].max(axis=1)


def everything(handwriting: Path) -> Iterator[tuple[str, Floats]]:
    """Yield what is no digit by name, totals before their parts, digit-like things last."""
    symbols = {name: read(handwriting / "symbols-test" / name) for name in SYMBOLS}
    counted = [name for name in SYMBOLS if name not in DIGIT_LIKE_SYMBOLS]
    yield "**written symbols** (bhmsds, kept back)", np.concatenate([symbols[n] for n in counted])
    for name in counted:
        yield f"symbol {name}", symbols[name]
    letters = {letter: draw(letter) for letter in ascii_letters}
    plain = [letter for letter in ascii_letters if letter not in DIGIT_LIKE]
    yield "**letters**, fonts not trained on", np.concatenate([letters[n] for n in plain])
    drawn = {name: draw_kind(kind) for name, kind in SHAPES.items()}
    yield "**lines, boxes, texture**", np.concatenate(list(drawn.values()))
    yield from drawn.items()
    for name in DIGIT_LIKE_SYMBOLS:
        yield f"apart, like a digit: symbol {name}", symbols[name]
    for letter in sorted(DIGIT_LIKE):
        yield f"apart, like a digit: letter {letter}", letters[letter]


def read(folder: Path) -> Floats:
    """Return the images of a folder that benchmarks/handwriting.py wrote."""
    return ink_levels(read_idx_folder(folder, "test").images)


def draw(letter: str) -> Floats:
    """Return a letter in every face kept for tests, (count, 28, 28)."""
    inks = (draw_text(letter, face, LETTER_SIZE) for face in find_fonts("test"))
    return np.stack([normalise_ink(ink) for ink in inks if ink is not None])


def draw_kind(kind: Callable[[Generator], Pixels]) -> Floats:
    """Return a thousand drawings of one kind, other than those trained on."""
    rng = np.random.default_rng(SEED)
    return np.stack([normalise_ink(kind(rng)) for _ in range(SHAPES_EACH)])


if __name__ == "__main__":
    main()

"""Real numbers to learn from: pictures of one number each, with the truth beside them.

A quarter of the pictures of every folder is kept back for measuring, and is never read here: those
for which the SHA-256 of the truth file's stem begins with a byte divisible by 4, the very part that
benchmarks/handwriting.py measures with.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from digitize.clean import clean
from digitize.errors import UnreadableInput
from digitize.geometry import map_box
from digitize.load import LoadOptions, load_pages
from digitize.options import page_options
from digitize.readers import shipped_ink_network
from digitize.records import Box, Failure, FlatPage, Floats, Page
from digitize.separate import separate
from digitize.sequence.strips import make_strip

LONGEST = 20  # digits: what is longer is no number
KEPT_BACK = 4  # one picture of so many
BARE = 0.1  # of full ink: a column without more is paper
NO_CUT = -1


@dataclass(frozen=True, slots=True)
class RealNumber:
    """A picture's strip, (32, width) float32 0 paper to 1 ink, and its text.

    cuts: for each digit but the last the column of bare paper between it and the next, -1 where
    strokes cross or nobody knows.
    """

    strip: Floats
    text: str
    cuts: tuple[int, ...] = ()


def has_numbers(folder: Path) -> bool:
    """Tell whether a folder holds pictures of numbers: truth files, JSON, beside them."""
    return any(folder.glob("*.json"))


def is_kept_back(name: str) -> bool:
    """Tell whether the picture whose truth file has this stem is never trained on."""
    return hashlib.sha256(name.encode()).digest()[0] % KEPT_BACK == 0


def read_real_numbers(folder: Path) -> list[list[RealNumber]]:
    """Return the numbers of a folder that may be trained on, each as one or two strips.

    The strips are made as `digitize run --layout number` finds ink: of what is taken for digits,
    and of all ink.
    """
    files = [file for file in sorted(folder.glob("*.json")) if not is_kept_back(file.stem)]
    found = [list(_read(file)) for file in files]
    return [strips for strips in found if strips]


def _read(truth_file: Path) -> Iterator[RealNumber]:
    try:
        truth = json.loads(truth_file.read_text(encoding="utf-8"))
        picture = truth_file.with_name(str(truth["image"]))
        texts = ["".join(filter(str.isdigit, str(each["text"]))) for each in truth["numbers"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableInput(
            f"{truth_file}: this is not the truth about a picture of a number ({error})",
            'Give {"image": ..., "numbers": [{"text": ...}]}',
        ) from error
    page = next(iter(load_pages(picture, LoadOptions())))
    if isinstance(page, Failure) or len(texts) != 1 or not 0 < len(texts[0]) <= LONGEST:
        return
    yield from strips_of(page, texts[0], truth["numbers"][0].get("digits", ()))


def strips_of(page: Page, text: str, digits: Sequence[Any]) -> Iterator[RealNumber]:
    """Yield the strip of the ink taken for digits, and that of all ink, where there is some.

    digits: the truth of each, {"box": [x, y, width, height]}, in pixels of the page, or nothing.
    """
    options = page_options("number", 0.95)
    flat = clean(page, options.clean)
    layers = separate(flat, options.separate, shipped_ink_network())
    gaps = _gaps(digits, flat) if len(digits) == len(text) else []
    for ink in (layers.digits, flat.ink):
        rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
        if not len(rows):
            continue
        cropped = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        strip, scale, offset = make_strip(cropped, layers.digit_height)
        places = [tuple((x - columns[0]) * scale + offset for x in gap) for gap in gaps]
        yield RealNumber(strip, text, tuple(_cut(strip, *place) for place in places))


def _gaps(digits: Sequence[Any], flat: FlatPage) -> list[tuple[float, float]]:
    """Return where each digit ends and where the next begins, in columns of the flat page."""
    to_flat = np.asarray(np.linalg.inv(flat.to_page), dtype=np.float64)
    boxes = [map_box(Box(*map(float, digit["box"])), to_flat) for digit in digits]
    return [(one.right, other.x) for one, other in pairwise(boxes)]


def _cut(strip: Floats, end: float, start: float) -> int:
    """Return the bare column nearest the middle of a gap, -1 where there is none."""
    first, last = max(0, int(min(end, start)) - 1), int(max(end, start)) + 2
    bare = first + np.flatnonzero(strip[:, first:last].max(axis=0) < BARE)
    middle = (end + start) / 2
    return int(bare[np.abs(bare - middle).argmin()]) if len(bare) else NO_CUT

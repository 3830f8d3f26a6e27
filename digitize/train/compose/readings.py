"""What the whole pipeline reads on composed pages, and which of the numbers it reads are right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from digitize.geometry import intersection_over_union
from digitize.options import PageOptions
from digitize.pipeline import read_page
from digitize.promise import Values, looks_of
from digitize.readers import Readers
from digitize.records import Floats, Number
from digitize.train.clutter import FontFace
from digitize.train.compose.pages import ALL_PAGES, ComposedPage, ComposeOptions, compose_round
from digitize.train.compose.sheet import TrueNumber
from digitize.train.compose.supply import DigitSupply
from digitize.train.datasets import DigitSet

CALIBRATION_NUMBERS = 16000  # three rounds of pages: with two, a few errors refuse 0.5 %
LEAST_OVERLAP = 0.3  # intersection over union: less, and it is another number that was read


@dataclass(frozen=True, slots=True)
class NumberReadings:
    """Every number that was read on some pages.

    confidence: (count,) float32, 0 to 1. right: (count,) bool, whether the number that stands
    there has the same text. forced: (count,) bool, for review whatever its confidence: a digit of
    it was cut from touching ink, or it has a mark. written: how many numbers stand on the pages.
    missed: how many of those nothing was read of. looks: by name, (digits,) values of all digits
    read, as `digitize.promise.looks_of` gives them.
    """

    confidence: Floats
    right: NDArray[np.bool_]
    forced: NDArray[np.bool_]
    written: int = 0
    missed: int = 0
    looks: Mapping[str, Values] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.confidence)


def read_numbers(
    readers: Readers, pages: Iterable[ComposedPage], options: PageOptions
) -> NumberReadings:
    """Return all numbers read on `pages`, one page in memory at a time."""
    return join_readings([read_composed(readers, page, options) for page in pages])


def read_composed(readers: Readers, composed: ComposedPage, options: PageOptions) -> NumberReadings:
    """Return the numbers read on one page, in reading order.

    A number is right where the true number it overlaps best has the same text; one that overlaps
    none is wrong.
    """
    numbers = read_page(composed.page, readers, options).numbers
    homes = [find_true(number, composed.numbers) for number in numbers]
    right = [
        home is not None and composed.numbers[home].text == number.text
        for home, number in zip(homes, numbers, strict=True)
    ]
    return NumberReadings(
        confidence=np.array([number.confidence for number in numbers], dtype=np.float32),
        right=np.array(right, dtype=np.bool_),
        forced=np.array([number.doubted for number in numbers], dtype=np.bool_),
        written=len(composed.numbers),
        missed=len(composed.numbers) - len(set(homes) - {None}),
        looks=looks_of(digit for number in numbers for digit in number.digits),
    )


def find_true(number: Number, true: Sequence[TrueNumber]) -> int | None:
    """Return which true number a reading overlaps best, or None."""
    overlaps = [intersection_over_union(number.box, other.box) for other in true]
    if not overlaps or max(overlaps) <= LEAST_OVERLAP:
        return None
    return int(np.argmax(overlaps))


def join_readings(parts: Sequence[NumberReadings]) -> NumberReadings:
    """Return the readings of several pages as one."""
    empty = np.zeros(0, dtype=np.bool_)
    return NumberReadings(
        confidence=np.concatenate([np.zeros(0, np.float32), *(p.confidence for p in parts)]),
        right=np.concatenate([empty, *(part.right for part in parts)]),
        forced=np.concatenate([empty, *(part.forced for part in parts)]),
        written=sum(part.written for part in parts),
        missed=sum(part.missed for part in parts),
        looks={
            name: np.concatenate([part.looks[name] for part in parts if part.looks])
            for name in next((part.looks for part in parts if part.looks), {})
        },
    )


def read_composed_pages(
    readers: Readers,
    digits: DigitSet,
    rng: Generator,
    options: PageOptions,
    count: int = CALIBRATION_NUMBERS,
    faces: Sequence[FontFace] = (),
    compose: ComposeOptions = ALL_PAGES,
) -> NumberReadings:
    """Return at least `count` numbers read on pages composed of `digits`.

    Whole rounds of all styles and wears, so that each has its share; no digit is used again before
    all were used. Fewer where a whole round yields no number. UsageError where there is no digit.
    """
    supply = DigitSupply(digits, rng)
    found = join_readings([])
    while len(found) < count:
        pages = compose_round(supply, rng, compose, faces)
        read = read_numbers(readers, pages, options)
        found = join_readings([found, read])
        if not len(read):
            break
    return found

"""Digits that look exactly alike: nobody writes a digit twice so, and print does.

Print passes for handwriting where its font looks written, as on worksheets. No two digits of the
same hand on real pages were found as much alike as those of a font nearly always are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.geometry import window
from digitize.records import Box, Number, Pixels

Patches: TypeAlias = NDArray[np.float32]

BAR = 1  # strokes are all alike, whoever makes them
ALIKE = 0.975  # correlation of two digits' grey levels; of real hands below 0.96, but for 2 of 600
SAME_HEIGHT = 0.05  # of the other's: print of one size
PATCH = 36, 24  # pixels that a digit is compared at, with some paper about it
BODY = 32  # pixels of the patch's height that the digit takes
SHIFTS = [(down, across) for down in (-1, 0, 1) for across in (-1, 0, 1)]  # of a patch's pixels
DARKEST = 0.1  # of the pixels in digits' boxes: ink, whatever the pen
AT_ONCE = 256  # digits compared with all others: a few megabytes, however full the page
COLOURED = 40  # levels of 255 between an ink's strongest and weakest channel: a pen's, not print's


@dataclass(frozen=True, slots=True)
class _Seen:
    """A digit on the page: which it is said to be, its box, and its patch as a unit vector."""

    digit: int
    height: float
    patch: Patches


def twin_shares(
    numbers: Sequence[Number], grey: Pixels, colour: Pixels | None = None
) -> NDArray[np.float64]:
    """Return the share of each number's digits that have a twin on the page, (count,) float64.

    Bars are not counted; 0 where there is nothing else, and where the ink is in colour: a pen's.
    grey: (height, width) uint8, 255 paper. colour: (height, width, 3) uint8 RGB, None where the
    page has none.
    """
    seen = [
        _Seen(digit.digit, digit.box.height, patch_of(grey, digit.box))
        for number in numbers
        for digit in number.digits
    ]
    twins = iter(_have_twins(seen))
    shares = [_share(number, [next(twins) for _ in number.digits]) for number in numbers]
    return np.array(
        [
            0.0 if share and _is_coloured(number, grey, colour) else share
            for number, share in zip(numbers, shares, strict=True)
        ]
    )


def patch_of(grey: Pixels, box: Box) -> Patches:
    """Return a digit at a size of its own, (pixels,) float32, of mean 0 and length 1."""
    rows, columns = PATCH
    scale = box.height / BODY
    left, top = box.centre[0] - scale * columns / 2, box.centre[1] - scale * rows / 2
    onto = np.array([[scale, 0, left], [0, scale, top]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    patch = cv2.warpAffine(
        grey, onto, (columns, rows), flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    return _as_unit(np.asarray(patch, dtype=np.float32).ravel())


def _as_unit(values: Patches) -> Patches:
    even = values - values.mean()
    return np.asarray(even / max(float(np.linalg.norm(even)), 1e-6), dtype=np.float32)


def _have_twins(seen: Sequence[_Seen]) -> list[bool]:
    """Tell of each digit whether another of the page is so much alike."""
    found = np.zeros(len(seen), dtype=np.bool_)
    kinds = np.array([each.digit for each in seen], dtype=np.int64)
    for kind in np.unique(kinds[kinds != BAR]):
        here = np.flatnonzero(kinds == kind)
        heights = np.array([seen[at].height for at in here.tolist()])
        patches = np.stack([seen[at].patch for at in here.tolist()])
        moved = [_shifted(patches, *shift) for shift in SHIFTS]
        for start in range(0, len(here), AT_ONCE):
            part = np.s_[start : start + AT_ONCE]
            same = np.abs(heights / heights[part, None] - 1) <= SAME_HEIGHT
            same[np.arange(len(same)), start + np.arange(len(same))] = False
            for each in moved:
                found[here[part]] |= (same & (patches[part] @ each.T >= ALIKE)).any(axis=1)
    return [bool(each) for each in found]


def _shifted(patches: Patches, down: int, across: int) -> Patches:
    moved = np.roll(patches.reshape(-1, *PATCH), (down, across), axis=(1, 2))
    return np.asarray(moved.reshape(len(patches), -1), dtype=np.float32)


def _share(number: Number, has_twin: Sequence[bool]) -> float:
    told = [twin for digit, twin in zip(number.digits, has_twin, strict=True) if digit.digit != BAR]
    return sum(told) / len(told) if told else 0.0


def _is_coloured(number: Number, grey: Pixels, colour: Pixels | None) -> bool:
    """Tell whether the darkest of a number's digits is in colour."""
    if colour is None:
        return False
    places = [window(digit.box) for digit in number.digits]
    levels = np.concatenate([grey[place].ravel() for place in places])
    colours = np.concatenate([colour[place].reshape(-1, 3) for place in places])
    if not len(levels):
        return False
    ink = colours[levels <= np.quantile(levels, DARKEST)].mean(axis=0)
    return bool(np.ptp(ink) >= COLOURED)

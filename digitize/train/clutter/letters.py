"""Letters, signs and bits of words, printed and written, as glyphs cut from a page would be."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from string import ascii_lowercase, ascii_uppercase

import cv2
import numpy as np
from numpy.random import Generator

from digitize.normalise import normalise_ink
from digitize.records import Floats, Pixels
from digitize.train.clutter.fonts import FontFace

DIGIT_LIKE = frozenset("lIoOQDzZsSbgqB")  # written alone they are 1, 0, 2, 5, 6, 9 or 8
LETTERS = "".join(sorted(set(ascii_lowercase + ascii_uppercase) - DIGIT_LIKE))
SIGNS = "&@#%?+=*<>~^_€£$§{}[]()äöüßéñ\"':;-–…"
SIZES = (28, 44, 64)  # pixels a letter is drawn at: a page at 150 to 300 dpi
SHARE_OF_SIGNS = 0.2
SHARE_OF_WORDS = 0.25  # pieces of two to four letters, as cursive hangs together
LONGEST_PIECE = 4
WIDEST = 2.2  # widths over heights: wider ink is no glyph candidate
BLACK = 255


def draw_letters(count: int, faces: Sequence[FontFace], rng: Generator) -> Floats:
    """Return (count, 28, 28) letters, signs and pieces of words, 0 paper to 1 ink.

    Families get equal shares, however many faces they have. Letters shaped like digits are left
    out, alone; within pieces of words they stand.
    """
    families = _by_family(faces)
    images = np.zeros((count, 28, 28), dtype=np.float32)
    done = 0
    while done < count:
        family = families[int(rng.integers(len(families)))]
        face = family[int(rng.integers(len(family)))]
        ink = draw_text(pick_text(rng), face, SIZES[int(rng.integers(len(SIZES)))])
        if ink is not None:
            images[done] = normalise_ink(_worn(ink, rng))
            done += 1
    return images


def pick_text(rng: Generator) -> str:
    """Return a letter, a sign, or two to four letters."""
    kind = rng.random()
    if kind < SHARE_OF_SIGNS:
        return SIGNS[int(rng.integers(len(SIGNS)))]
    if kind < SHARE_OF_SIGNS + SHARE_OF_WORDS:
        length = int(rng.integers(2, LONGEST_PIECE + 1))
        return "".join(ascii_lowercase[int(i)] for i in rng.integers(0, 26, length))
    return LETTERS[int(rng.integers(len(LETTERS)))]


def draw_text(text: str, face: FontFace, size: int) -> Pixels | None:
    """Return `text` as ink, 0 paper to 255, cropped; None where the face lacks it or it is wide.

    Pieces of words are drawn close, so that their letters touch.
    """
    parts = [_glyph(face, letter, size) for letter in text]
    present = [part for part in parts if part is not None]
    if not present or len(present) < len(parts):
        return None
    ink = present[0] if len(present) == 1 else _beside(present)
    height, width = ink.shape
    return ink if width <= WIDEST * height else None


@cache
def _glyph(face: FontFace, letter: str, size: int) -> Pixels | None:
    """Return one letter on a strip as high as the line, None where the face has no sign for it."""
    font = face.open(size)
    mask, (_, top) = font.getmask2(letter, mode="L")
    width, height = mask.size
    if not width or not height or bytes(mask) == bytes(font.getmask("\U0010fffd")):
        return None
    ink = np.asarray(mask, dtype=np.uint8).reshape(height, width)
    strip = np.zeros((max(top + height, 2 * size), width), dtype=np.uint8)
    strip[max(top, 0) : max(top, 0) + height] = ink
    return strip if strip.max() == BLACK else None


def _beside(parts: Sequence[Pixels]) -> Pixels:
    """Return strips side by side without their empty margins, each over the last by a pixel."""
    height = max(len(part) for part in parts)
    width = sum(part.shape[1] for part in parts)
    line = np.zeros((height, width), dtype=np.uint8)
    at = 0
    for part in parts:
        columns = np.flatnonzero(part.any(axis=0))
        inked = part[:, columns[0] : columns[-1] + 1]
        start = max(0, at - 1)
        place = line[: len(inked), start : start + inked.shape[1]]
        np.maximum(place, inked, out=place)
        at = start + inked.shape[1]
    return line


def _worn(ink: Pixels, rng: Generator) -> Pixels:
    """Return ink with strokes at times thicker or thinner, as another pen or scan would leave."""
    kind = int(rng.integers(4))
    cross = cv2.getStructuringElement(cv2.MORPH_CROSS, (3, 3))
    padded = np.pad(ink, 2)
    if kind == 0:
        padded = np.asarray(cv2.dilate(padded, cross), dtype=np.uint8)
    elif kind == 1:
        thinner = np.asarray(cv2.erode(padded, cross), dtype=np.uint8)
        padded = thinner if thinner.max() > BLACK // 2 else padded
    return padded


def _by_family(faces: Sequence[FontFace]) -> list[list[FontFace]]:
    families: dict[str, list[FontFace]] = {}
    for face in faces:
        families.setdefault(face.family, []).append(face)
    return list(families.values())

"""A sheet of paper being printed and written on, which remembers where each digit went."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias

import cv2
import numpy as np
from hands import FAINTEST_INK, Hand
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Colour: TypeAlias = tuple[int, int, int]

DPI = 200
GAP_HEIGHTS = (0.12, 0.38)  # between the ink of two digits of a number, in digit heights
PRINT_COLOUR: Colour = (70, 70, 74)


@dataclass(frozen=True)
class Word:
    """A number as written, not yet on paper: glyphs with their left and top edges."""

    text: str
    glyphs: list[tuple[NDArray[np.uint8], int, int]]

    @property
    def width(self) -> int:
        """From the first digit's left to the last digit's right edge."""
        return max(left + glyph.shape[1] for glyph, left, _ in self.glyphs)


@dataclass
class Sheet:
    """Paper in RGB, (height, width, 3) uint8, and what was written on it.

    marks: per number its text and, per digit, the (x, y) pixels of its ink, (count, 2) int.
    """

    paper: NDArray[np.uint8]
    marks: list[tuple[str, list[NDArray[np.int64]]]] = field(default_factory=list)

    def write(self, word: Word, x: float, baseline: float, colour: Colour) -> None:
        """Put a number on the paper, its left edge at x, standing on the baseline."""
        inks = []
        for glyph, left, top in word.glyphs:
            x0, y0 = round(x) + left, round(baseline) + top
            height, width = glyph.shape
            patch = self.paper[y0 : y0 + height, x0 : x0 + width]
            cover = glyph[:, :, None].astype(np.float32) / 255
            patch[:] = np.round(patch * (1 - cover) + np.minimum(patch, np.float32(colour)) * cover)
            rows, columns = np.nonzero(glyph >= FAINTEST_INK)
            inks.append(np.stack([columns + x0, rows + y0], axis=1))
        self.marks.append((word.text, inks))

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], colour: Colour, width: int = 2
    ) -> None:
        """Print a straight line."""
        ends = [(round(x), round(y)) for x, y in (start, end)]
        cv2.line(self.paper, ends[0], ends[1], colour, width, cv2.LINE_AA)

    def frame(
        self, x: float, y: float, width: float, height: float, colour: Colour, line: int = 2
    ) -> None:
        """Print a rectangle."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            self.rule(start, end, colour, line)

    def label(self, text: str, x: float, y: float, size: int = 24) -> None:
        """Print small words, their left edge at x and their middle at y."""
        image = Image.fromarray(self.paper)
        font = ImageFont.load_default(size)
        ImageDraw.Draw(image).text((x, y), text, PRINT_COLOUR, font, anchor="lm")
        self.paper = np.array(image)


def blank_sheet(width: int, height: int, colour: Colour) -> Sheet:
    """Take unprinted paper of one colour."""
    return Sheet(np.full((height, width, 3), colour, np.uint8))


def written_word(text: str, hand: Hand, height: float, rng: Random) -> Word:
    """Write a number in someone's hand, its digits apart and each a little off the baseline."""
    glyphs, x = [], 0
    for digit in text:
        glyph = hand.draw(int(digit), height, rng)
        rise = rng.gauss(0, hand.climb * height)
        rise = max(-2 * hand.climb * height, min(2 * hand.climb * height, rise))
        glyphs.append((glyph, x, round(rise) - glyph.shape[0]))
        x += glyph.shape[1] + round(height * rng.uniform(*GAP_HEIGHTS))
    return Word(text, glyphs)

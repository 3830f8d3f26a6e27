"""Someone who fills a crop: writes digits, words and signs, with one pen, in one hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.random import Generator

from digitize.normalise import normalise_ink
from digitize.records import Pixels
from digitize.train.augment import AugmentOptions, warp
from digitize.train.clutter import FontFace
from digitize.train.compose.ink import Pen, Stance, draw_ink
from digitize.train.compose.spacing import Placed, place_beside
from digitize.train.compose.tracing import trace
from digitize.train.inkpages.canvas import Canvas, Ink
from digitize.train.inkpages.classes import DIGITS, WRITING
from digitize.train.inkpages.digit_pool import DigitPool
from digitize.train.inkpages.lettering import draw_line, draw_loose_line, pick_letter, pick_word
from digitize.train.inkpages.strokes import Path, draw_strokes, scrawl, smooth, zigzag

STROKE_WIDTHS = (0.045, 0.22)  # digit heights: a hard pencil to a felt pen
JITTER = (0.07, 0.06, 0.07)  # deviations of a digit's size, slant and stretch
DROP = 0.06  # digit heights, deviation of a digit from its baseline
HANGING = 1.15  # of the digits' height: what is taller hangs below the baseline
SHRUNK = (0.05, (0.5, 0.8))  # of digits: so many times smaller than their neighbours
FOREIGN = 0.3  # of lone letters and signs: written by people, where the data has such
PENNED = 0.6  # of other lone letters: in the font's shape, by the pen that draws the digits
UNSTEADY = AugmentOptions(elastic_pixels=1.5)
LETTER_PIXELS = 64.0  # a letter's font, before it is brought to MNIST's form
FONT_OF_HEIGHT = 1.25  # a written font's size over the height of the digits beside it


@dataclass(frozen=True, slots=True)
class Hand:
    """height: of the digits, in pixels. gaps: between digits, in digit heights.

    stroke: width of the pen's, in digit heights; spread: the deviation of the logarithm of a
    digit's own about it. jitter: how uneven its digits are, 1 as usual; joins: share of neighbours
    it joins by a stroke. face: the font of its letters; a scrawl without. loose: whether they stand
    apart; traced: whether they are drawn by the digits' pen.
    """

    canvas: Canvas
    pool: DigitPool
    rng: Generator
    height: float
    ink: Ink
    stroke: float
    spread: float
    slant: float
    gaps: tuple[float, float]
    jitter: float
    joins: float
    face: FontFace | None
    loose: bool
    traced: bool

    def sized(self, factor: float) -> Hand:
        """Return the same hand writing so many times larger, its pen as wide as it was."""
        stroke = float(np.clip(self.stroke / factor, *STROKE_WIDTHS))
        return replace(self, height=self.height * factor, stroke=stroke)

    @property
    def pen_width(self) -> float:
        """Pixels."""
        return max(1.0, self.stroke * self.height)

    def write_number(self, x: float, baseline: float, length: int) -> float:
        """Write so many digits from `x` on; return the x at which the ink ends."""
        tilt = float(self.rng.normal(0, 0.03))
        placed: list[Placed] = []
        for image in self.pool.draw(length, self.rng):
            foot = baseline + (tilt * (placed[-1].left - x) if placed else 0)
            ink = self._ink_of(image)
            drop = self.rng.normal(0, DROP * self.jitter * self.height)
            top = round(foot + drop - min(len(ink), HANGING * self.height))
            digit = Placed(ink, round(x), top)
            if placed:
                gap = float(self.rng.uniform(*self.gaps)) * self.height
                digit = place_beside(placed[-1], digit, gap)
            placed.append(digit)
            if digit.right > self.canvas.side:
                break
        for digit in placed:
            self.canvas.lay(digit.ink, digit.left, digit.top, self.ink, DIGITS)
        for one, next_one in pairwise(placed):
            if self.rng.random() < self.joins:
                self._join(one, next_one)
        return float(placed[-1].right) if placed else x

    def write_digit_at(self, x: float, y: float) -> None:
        """Write one digit about (x, y)."""
        ink = self._ink_of(self.pool.draw(1, self.rng)[0])
        left, top = round(x - ink.shape[1] / 2), round(y - len(ink) / 2)
        self.canvas.lay(ink, left, top, self.ink, DIGITS)

    def write_text(self, text: str, x: float, baseline: float, factor: float = 1.0) -> float:
        """Write letters from `x` on, in a font or as a scrawl; return the x at which they end."""
        height = self.height * factor
        ink = self._letters(text, height * FONT_OF_HEIGHT)
        if ink is None:
            letters = max(2, len(text))
            return self.stroke_paths(scrawl(x, baseline, height * 0.6, letters, self.rng))
        ink = self._weighted(ink)
        self.canvas.lay(ink, round(x), round(baseline - 0.8 * len(ink)), self.ink, WRITING)
        return x + float(ink.shape[1])

    def write_words(self, x: float, baseline: float, end: float, factor: float = 1.0) -> float:
        """Write words from `x` until `end`, some struck out; return the x at which they end."""
        while x < end:
            start = x
            x = self.write_text(pick_word(self.rng), x, baseline, factor)
            if self.rng.random() < 0.05:
                self.strike_out(start, baseline - self.height, x - start, self.height)
            x += self.height * float(self.rng.uniform(0.3, 0.8))
        return x

    def write_letter(self, x: float, baseline: float) -> float:
        """Write one letter, or a sign; return the x at which it ends."""
        image = self._lone_letter()
        if image is None:
            return self.write_text(pick_letter(self.rng), x, baseline)
        ink = self._ink_of(image)
        self.canvas.lay(ink, round(x), round(baseline) - len(ink), self.ink, WRITING)
        return x + float(ink.shape[1])

    def _lone_letter(self) -> Pixels | None:
        """Return a letter in MNIST's form, for it to be drawn as digits are; at times None.

        Else a letter would be known by its font's even strokes, and people's letters be digits.
        """
        others = self.pool.others
        if len(others) and self.rng.random() < FOREIGN:
            return np.asarray(others[int(self.rng.integers(len(others)))], dtype=np.uint8)
        if self.face is None or self.rng.random() >= PENNED:
            return None
        ink = draw_line(pick_letter(self.rng), self.face, LETTER_PIXELS)
        if ink is None:
            return None
        written = warp(normalise_ink(ink)[None], self.rng, UNSTEADY)[0]
        return np.asarray(np.rint(written * 255), dtype=np.uint8)

    def stroke_paths(self, paths: list[Path]) -> float:
        """Draw strokes as writing; return the x at which they end."""
        ink, left, top = draw_strokes(paths, self.pen_width)
        self.canvas.lay(ink, left, top, self.ink, WRITING)
        return float(left + ink.shape[1])

    def strike_out(self, x: float, y: float, width: float, height: float) -> None:
        """Strike out a box by lines, or by a scribble under which no digit is one any more."""
        if self.rng.random() < 0.4:
            self.stroke_paths([zigzag(x, y, width, height, self.rng)])
            self.canvas.demote(DIGITS, WRITING, (x, y, x + width, y + height))
            return
        count = int(self.rng.integers(1, 4))
        down = y + height * self.rng.uniform(0.25, 0.75, (count, 2))
        self.stroke_paths([np.array([[x, a], [x + width, b]]) for a, b in down])

    def _join(self, one: Placed, next_one: Placed) -> None:
        """Draw the stroke by which a pen goes on from one digit to the next without being lifted.

        It leaves the right end of the lower half, and comes to the left end of all or upper ink.
        """
        lower = len(one.ink) // 2
        leaving, coming = one.ink[lower:], next_one.ink
        if self.rng.random() >= 0.5:
            coming = coming[: len(coming) // 2]
        if not leaving.max(initial=0) or not coming.max(initial=0):
            return
        end_y, end_x = max(np.argwhere(leaving > leaving.max() // 2), key=lambda at: at[1])
        start_y, start_x = min(np.argwhere(coming > coming.max() // 2), key=lambda at: at[1])
        start = np.array([one.left + end_x, one.top + lower + end_y], dtype=np.float64)
        end = np.array([next_one.left + start_x, next_one.top + start_y], dtype=np.float64)
        sag = np.array([0, float(self.rng.uniform(-0.1, 0.2)) * self.height])
        path = smooth(np.stack([start, (start + end) / 2 + sag, end]))
        ink, left, top = draw_strokes([path], self.pen_width)
        self.canvas.lay(ink, left, top, self.ink, DIGITS)

    def _ink_of(self, image: Pixels) -> Pixels:
        size, lean, stretch = self.rng.normal((1, 0, 1), self.jitter * np.array(JITTER))
        share, (least, most) = SHRUNK
        if self.rng.random() < share:
            size *= self.rng.uniform(least, most)
        stance = Stance(max(8.0, self.height * size), self.slant + lean, max(stretch, 0.6))
        width = self.stroke * float(np.exp(self.rng.normal(0, self.spread)))
        return draw_ink(image, stance, Pen(self.ink.colour, width=width), self.rng)

    def _letters(self, text: str, size: float) -> Pixels | None:
        """Return text in the hand's font; None where it has none or it lacks a letter."""
        if self.face is None:
            return None
        if self.loose:
            return draw_loose_line(text, self.face, size, self.rng)
        return draw_line(text, self.face, size)

    def _weighted(self, ink: Pixels) -> Pixels:
        """Return letters slanted, by the digits' pen or with strokes a little thicker or not."""
        lean = float(self.rng.normal(0, 0.12))
        height, width = ink.shape
        reach = abs(lean) * height
        matrix = np.array([[1, -lean, max(lean, 0) * height], [0, 1, 0]])
        size = (int(width + reach) + 1, height)
        turned = np.asarray(cv2.warpAffine(ink, matrix, size), dtype=np.uint8)
        if self.traced:
            return trace(turned, self.pen_width)
        if self.rng.random() < 0.3 and height > 14:
            turned = np.asarray(cv2.dilate(turned, np.ones((2, 2), np.uint8)), dtype=np.uint8)
        return turned

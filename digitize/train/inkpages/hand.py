"""Someone who fills a crop: writes digits, words and signs, with one pen, in one hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.random import Generator

from digitize.records import Pixels
from digitize.train.allographs import AllographOptions, vary_allographs
from digitize.train.broken_strokes import BrokenStrokeOptions, break_strokes
from digitize.train.clutter import FontFace
from digitize.train.compose.ink import Pen, Stance, draw_ink
from digitize.train.compose.spacing import Placed, place_beside
from digitize.train.inkpages.canvas import Canvas, Ink
from digitize.train.inkpages.classes import DIGITS, WRITING
from digitize.train.inkpages.lettering import draw_line, pick_letter, pick_word
from digitize.train.inkpages.strokes import Path, draw_strokes, scrawl, smooth, zigzag

INKS = (
    Ink((28, 28, 32), 0.93), Ink((28, 28, 32), 0.93), Ink((30, 45, 140), 0.9),
    Ink((40, 60, 190), 0.85), Ink((165, 25, 35), 0.9), Ink((215, 60, 60), 0.75),
    Ink((235, 120, 125), 0.7), Ink((15, 95, 55), 0.88), Ink((85, 30, 120), 0.88),
)  # fmt: skip
PENCIL = 0.25  # of hands
PENCIL_DARKNESS = (0.3, 0.75)  # of full black: the palest is a quarter of the paper's contrast
STROKE_WIDTHS = (0.06, 0.22)  # digit heights: a hard pencil to a felt pen
GAPS = ((-0.12, 0.03), (0.03, 0.16), (0.1, 0.3), (0.3, 1.2))  # digit heights between digits
GAP_SHARES = (0.25, 0.35, 0.25, 0.15)
JITTER = (0.07, 0.06, 0.07)  # deviations of a digit's size, slant and stretch
DROP = 0.06  # digit heights, deviation of a digit from its baseline
NEATNESS = (0.0, 0.5)  # mean and deviation of the logarithm by which a hand's jitter differs
REPEATING = 0.4  # of hands: each digit has one to three shapes, as of one person
SHRUNK = (0.05, (0.5, 0.8))  # of digits: so many times smaller than their neighbours
JOINING = (0.15, 0.6)  # of hands: joins neighbours by a stroke; of their pairs
SPREADS = ((0.06, 0.65), (0.2, 0.15), (0.4, 0.2))  # of a digit's stroke about the pen's, and shares
FOREIGN = 0.5  # of lone letters and signs: written by people, where the data has such
FONT_OF_HEIGHT = 1.25  # a written font's size over the height of the digits beside it
OTHERS_ONES = AllographOptions(flagged=0.3, barred=0.35)
SKIPPING = BrokenStrokeOptions(patchy=0.08, parted=0.02)


@dataclass(frozen=True, slots=True)
class DigitPool:
    """Digits to write with. images: (n, 28, 28) uint8, 0 paper to 255 ink; labels: (n,), 0-9.

    others: (m, 28, 28) uint8, letters and signs that people wrote; there may be none.
    """

    images: Pixels
    labels: Pixels
    others: Pixels

    def draw(self, count: int, rng: Generator) -> list[Pixels]:
        """Return `count` digits, (28, 28) uint8, as hands vary them."""
        chosen = rng.integers(0, len(self.labels), count)
        drawn = self.images[chosen].astype(np.float32) / np.float32(255)
        drawn = vary_allographs(drawn, self.labels[chosen], rng, OTHERS_ONES)
        broken = break_strokes(drawn, rng, SKIPPING)
        return list(np.rint(broken * 255).astype(np.uint8))

    def of_one_person(self, rng: Generator) -> DigitPool:
        """Return a pool with one to three shapes of each digit, as one person writes them."""
        shapes = int(rng.integers(1, 4))
        kept = [
            rng.choice(of_label, min(shapes, len(of_label)), replace=False)
            for digit in range(10)
            if len(of_label := np.flatnonzero(self.labels == digit))
        ]
        chosen = np.concatenate(kept)
        return replace(self, images=self.images[chosen], labels=self.labels[chosen])


@dataclass(frozen=True, slots=True)
class Hand:
    """height: of the digits, in pixels. gaps: between digits, in digit heights.

    stroke: width of the pen's, in digit heights; spread: the deviation of the logarithm of a
    digit's own about it. jitter: how uneven its digits are, 1 as usual; joins: share of neighbours
    it joins by a stroke. face: the font of its letters; a scrawl without.
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
            top = round(foot + drop) - len(ink)
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
        ink = draw_line(text, self.face, height * FONT_OF_HEIGHT) if self.face else None
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
        others = self.pool.others
        if len(others) and self.rng.random() < FOREIGN:
            ink = self._ink_of(others[int(self.rng.integers(len(others)))])
            self.canvas.lay(ink, round(x), round(baseline) - len(ink), self.ink, WRITING)
            return x + float(ink.shape[1])
        return self.write_text(pick_letter(self.rng), x, baseline)

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

    def _weighted(self, ink: Pixels) -> Pixels:
        """Return letters with strokes thicker or thinner, and slanted."""
        lean = float(self.rng.normal(0, 0.12))
        height, width = ink.shape
        reach = abs(lean) * height
        matrix = np.array([[1, -lean, max(lean, 0) * height], [0, 1, 0]])
        size = (int(width + reach) + 1, height)
        turned = np.asarray(cv2.warpAffine(ink, matrix, size), dtype=np.uint8)
        if self.rng.random() < 0.3 and height > 14:
            turned = np.asarray(cv2.dilate(turned, np.ones((2, 2), np.uint8)), dtype=np.uint8)
        return turned


def pick_hand(
    canvas: Canvas, pool: DigitPool, height: float, face: FontFace | None, rng: Generator
) -> Hand:
    """Return a hand with a pen, a slant and a spacing of its own."""
    ink = INKS[int(rng.integers(len(INKS)))]
    if rng.random() < PENCIL:
        ink = Ink((60, 60, 66), float(rng.uniform(*PENCIL_DARKNESS)))
    spreads, shares = zip(*SPREADS, strict=True)
    return Hand(
        canvas=canvas,
        pool=pool.of_one_person(rng) if rng.random() < REPEATING else pool,
        rng=rng,
        height=height,
        ink=Ink(ink.colour, ink.darkness * float(rng.uniform(0.85, 1.0))),
        stroke=float(rng.uniform(*STROKE_WIDTHS)),
        spread=float(rng.choice(spreads, p=shares)),
        slant=float(rng.normal(0.03, 0.13)),
        gaps=GAPS[int(rng.choice(len(GAPS), p=GAP_SHARES))],
        jitter=float(np.clip(np.exp(rng.normal(*NEATNESS)), 0.2, 1.6)),
        joins=JOINING[1] if rng.random() < JOINING[0] else 0.0,
        face=face,
    )

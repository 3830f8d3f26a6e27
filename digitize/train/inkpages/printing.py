"""Print on a crop: words, paragraphs, headlines, figures, pieces of huge letters, logos."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from digitize.train.clutter import FontFace
from digitize.train.clutter.shapes import draw_blob
from digitize.train.inkpages.canvas import Canvas, Ink
from digitize.train.inkpages.classes import PRINTED, WRITING
from digitize.train.inkpages.lettering import (
    draw_line,
    has_figures,
    pick_figures,
    pick_letter,
    pick_words,
)

COLOURS = (
    (30.0, 30.0, 34.0), (30.0, 30.0, 34.0), (30.0, 30.0, 34.0), (90.0, 90.0, 95.0),
    (150.0, 150.0, 155.0), (30.0, 60.0, 140.0), (190.0, 40.0, 45.0), (235.0, 130.0, 125.0),
    (20.0, 110.0, 70.0),
)  # fmt: skip
FIGURES_AMONG_WORDS = 0.25
LINE_PITCH = (1.15, 1.8)  # font sizes from line to line
SMALLEST = 7.0  # pixels; smaller print is a smear


@dataclass(frozen=True, slots=True)
class Printer:
    """What prints a crop, in one face. kind: words are WRITING, figures PRINTED, always."""

    canvas: Canvas
    rng: Generator
    face: FontFace | None
    ink: Ink

    def words(self, x: float, baseline: float, size: float, count: int) -> float:
        """Print words in a row from `x` on; return the x at which they end."""
        return self._set(pick_words(count, self.rng), x, baseline, size, WRITING)

    def letter(self, x: float, baseline: float, size: float) -> float:
        """Print one letter; return the x at which it ends."""
        return self._set(pick_letter(self.rng), x, baseline, size, WRITING)

    def figures(self, x: float, baseline: float, size: float, text: str = "") -> float:
        """Print a number, a date or the like; return the x at which it ends."""
        if self.face is None or not has_figures(self.face):
            return x
        return self._set(text or pick_figures(self.rng), x, baseline, size, PRINTED)

    def line(self, x: float, baseline: float, size: float, end: float) -> None:
        """Print words with figures among them from `x` until `end`."""
        while x < end and self.face is not None:
            if self.rng.random() < FIGURES_AMONG_WORDS:
                reached = self.figures(x, baseline, size)
            else:
                reached = self.words(x, baseline, size, int(self.rng.integers(1, 4)))
            x = max(reached, x + 2) + 0.3 * size

    def paragraph(self, x: float, top: float, size: float, end: float, lines: int) -> float:
        """Print lines of words; return the y under the last."""
        pitch = size * float(self.rng.uniform(*LINE_PITCH))
        y = top + size
        for _ in range(lines):
            self.line(x, y, size, end)
            y += pitch
            if y > self.canvas.side + size:
                break
        return y

    def huge_piece(self) -> None:
        """Print a letter larger than the crop is, so that only a piece of it is seen."""
        side = self.canvas.side
        size = side * float(self.rng.uniform(0.5, 2.5))
        x, y = self.rng.uniform(-0.6, 0.4, 2) * size
        text = pick_letter(self.rng) if self.rng.random() < 0.7 else pick_words(1, self.rng)
        self._set(text, x, y + size, size, WRITING)

    def logo(self, x: float, y: float, size: float) -> None:
        """Print a blob, at times with a letter left out of it."""
        blob = cv2.resize(draw_blob(self.rng), (max(4, round(size)), max(4, round(size))))
        letter = draw_line(pick_letter(self.rng), self.face, size * 0.6) if self.face else None
        if letter is not None and self.rng.random() < 0.5:
            high, wide = min(len(letter), len(blob)), min(letter.shape[1], blob.shape[1])
            top, left = (len(blob) - high) // 2, (blob.shape[1] - wide) // 2
            place = blob[top : top + high, left : left + wide]
            np.minimum(place, 255 - letter[:high, :wide], out=place)
        self.canvas.lay(np.asarray(blob, dtype=np.uint8), round(x), round(y), self.ink, WRITING)

    def _set(self, text: str, x: float, baseline: float, size: float, kind: int) -> float:
        ink = draw_line(text, self.face, max(size, SMALLEST)) if self.face else None
        if ink is None:
            return x
        self.canvas.lay(ink, round(x), round(baseline) - len(ink), self.ink, kind)
        return x + float(ink.shape[1])


def pick_printer(canvas: Canvas, face: FontFace | None, rng: Generator) -> Printer:
    """Return a printer with a colour and a paleness of its own."""
    colour = COLOURS[int(rng.integers(len(COLOURS)))]
    return Printer(canvas, rng, face, Ink(colour, float(rng.uniform(0.65, 1.0))))

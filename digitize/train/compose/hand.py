"""A hand that writes numbers and letters on a sheet with one pen, and keeps what it wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numpy.random import Generator

from digitize.geometry import union
from digitize.records import Box, Pixels
from digitize.train.clutter import FontFace
from digitize.train.compose.ink import Pen, Stance, draw_ink
from digitize.train.compose.letters import draw_capital, print_words
from digitize.train.compose.sheet import Sheet, TrueNumber, paste
from digitize.train.compose.spacing import Placed, place_beside
from digitize.train.compose.supply import DigitSupply

LENGTH_SHARES = (0.2, 0.25, 0.2, 0.15, 0.1, 0.05, 0.03, 0.02)  # of numbers with 1 to 8 digits
USUAL_PITCH = 0.85  # digit heights from one digit to the next, as wide digits need it
SIZE_JITTER, SLANT_JITTER, STRETCH_JITTER = 0.05, 0.06, 0.05  # deviations, of one digit
NUMBER_TILT = 0.025  # deviation of the baseline's slope within a number
DROP = 0.035  # digit heights, deviation of a digit from its baseline
NEAR = (0.02, 0.08)  # digit heights between the strokes of digits written close
LEAST_PRINT = 8  # pixels: smaller print is a smear


@dataclass(frozen=True, slots=True)
class Hand:
    """Someone who writes on a sheet with one pen.

    height: of the digits, in pixels. slant: sideways over height. spacing: digit heights between
    the strokes of neighbours. close: share of numbers whose digits nearly touch.
    """

    sheet: Sheet
    supply: DigitSupply
    rng: Generator
    pen: Pen
    height: float
    faces: Sequence[FontFace] = ()
    slant: float = 0.0
    close: float = 0.0
    spacing: tuple[float, float] = (0.1, 0.24)

    def between(self, low: float, high: float) -> float:
        """Return an even draw between two lengths."""
        return float(self.rng.uniform(low, high))

    def often(self, share: float) -> bool:
        """Return True in this share of calls."""
        return bool(self.rng.random() < share)

    def pick_length(self, room: float) -> int:
        """Return how many digits the next number has, 1 to 8, to fit `room` pixels."""
        length = 1 + int(self.rng.choice(len(LENGTH_SHARES), p=LENGTH_SHARES))
        return max(1, min(length, int(room / (USUAL_PITCH * self.height))))

    def write_number(self, x: float, baseline: float, room: float) -> float:
        """Write a number from `x` on, within `room` pixels; return the x at which its ink ends.

        Nothing is written where not even one digit fits.
        """
        images, text = self.supply.draw(self.pick_length(room))
        spacing = NEAR if self.often(self.close) else self.spacing
        tilt = float(self.rng.normal(0, NUMBER_TILT))
        placed: list[Placed] = []
        for image in images:
            ink = self.ink_of(image)
            foot = baseline + (tilt * (placed[-1].left - x) if placed else 0)
            top = round(foot + self.rng.normal(0, DROP * self.height)) - len(ink)
            digit = Placed(ink, round(x), top)
            if placed:
                gap = self.between(*spacing) * self.height
                digit = place_beside(placed[-1], digit, gap)
            if digit.right > x + room:
                break
            placed.append(digit)
        self._keep(placed, text[: len(placed)])
        return max((digit.right for digit in placed), default=x)

    def write_in_cells(self, cells: Sequence[Box], drift: float) -> None:
        """Write a number with one digit in each cell, `drift` digit heights off the middle."""
        images, text = self.supply.draw(len(cells))
        placed = []
        for image, cell in zip(images, cells, strict=True):
            ink = self.ink_of(image)
            x, y = (middle + self.rng.normal(0, drift * self.height) for middle in cell.centre)
            placed.append(Placed(ink, round(x - ink.shape[1] / 2), round(y - len(ink) / 2)))
        self._keep(placed, text)

    def write_capital(self, x: float, baseline: float) -> float:
        """Write a letter from `x` on; return the x at which it ends."""
        ink = self.ink_of(draw_capital(self.rng))
        paste(self.sheet.written, ink, round(x), round(baseline) - len(ink))
        return x + float(ink.shape[1])

    def print_label(self, x: float, baseline: float, size: float, words: int = 1) -> float:
        """Print words from `x` on, if there are fonts; return the x at which they end."""
        if not self.faces:
            return x
        ink = print_words(words, self.faces[0], max(LEAST_PRINT, round(size)), self.rng)
        if ink is None or x + ink.shape[1] >= self.sheet.printed.shape[1]:
            return x
        paste(self.sheet.printed, ink, round(x), round(baseline) - len(ink))
        return x + float(ink.shape[1])

    def ink_of(self, image: Pixels) -> Pixels:
        """Return the digit or letter as this hand writes it now, cropped."""
        size, lean, stretch = self.rng.normal(
            (1, 0, 1), (SIZE_JITTER, SLANT_JITTER, STRETCH_JITTER)
        )
        stance = Stance(self.height * size, self.slant + lean, stretch)
        return draw_ink(image, stance, self.pen, self.rng)

    def _keep(self, placed: Sequence[Placed], text: str) -> None:
        if not placed:
            return
        for digit in placed:
            paste(self.sheet.written, digit.ink, digit.left, digit.top)
        self.sheet.numbers.append(TrueNumber(text, union(digit.box for digit in placed)))

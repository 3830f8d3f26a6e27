"""Someone who fills a sheet by hand, with one pen and the digits of one style."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from digitize.normalise import BODY, crop_to_ink
from digitize.records import Box, Pixels
from digitize.train.clutter import FontFace
from digitize.train.compose.ink import Pen, Stance, draw_ink
from digitize.train.compose.spacing import Placed, place_beside
from digitize.train.compose.tracing import trace
from digitize.train.inkpages.canvas import Ink
from digitize.train.inkpages.signs import SIGNS
from digitize.train.inkpages.strokes import Path, draw_strokes, smooth
from drawn_sheets.press import set_text
from drawn_sheets.sheet import Sheet, TrueDigit, TrueNumber, outline_of

JITTER = (0.05, 0.05, 0.05)  # deviations of a digit's size, slant and stretch
DROP, TILT = 0.04, 0.025  # deviations of a digit from its baseline, in heights, and of its slope
LETTERS, CAPITALS = 0.58, 1.25  # heights of an n, and of a B at most, over that of the digits
PROBE = 100  # pixels: size of a font at which its letters are measured
SLOPE = 0.1  # millimetres, deviation of either end of a stroke
MARKS, ROOM_OF_MARK = ".,", 0.28  # digit heights from digit to digit around a mark
WIDEST, MOST_ENLARGED = 0.85, 1.5  # a digit's width over its height; pictures of 20 x 20 hold wider
STEP, PIECE = 3.0, 100  # pixels from point to point of a stroke, and steps that are drawn at once


@dataclass(frozen=True, slots=True)
class Writer:
    """shapes: a few (28, 28) pictures of each digit. height: of digits, in millimetres.

    pen: its width in millimetres. gap: between digits, in their heights. face: of the letters;
    traced: whether the digits' pen draws them.
    """

    sheet: Sheet
    rng: Generator
    shapes: Sequence[Sequence[Pixels]]
    pen: Pen
    height: float
    gap: float
    face: FontFace
    traced: bool

    def number(
        self,
        text: str,
        x: float,
        y: float,
        *,
        room: float = 999.0,
        end: bool = False,
        out: bool = False,
    ) -> float:
        """Write a number from `x` on, or until `x`; return where it ends, in millimetres.

        Its text is digits and at most one decimal mark, a point or a comma. It is written smaller
        where it would be wider than `room`. out: it is struck out afterwards, and so no number.
        """
        s, placed = self.sheet.scale, self._digits(text)
        wide = (placed[-1].right - placed[0].left) / s
        if wide > room:
            return self.sized(0.95 * room / wide).number(text, x, y, end=end, out=out)
        shift = x - wide if end else x
        digits = [
            replace(d, left=round(d.left + shift * s), top=round(d.top + y * s)) for d in placed
        ]
        self._keep([letter for letter in text if letter not in MARKS], digits, text, out)
        for mark in (letter for letter in text if letter in MARKS):
            before = digits[text.index(mark) - 1].right / s
            self.sign(mark, before + 0.08 * self.height + 0.6 * self.pen.width, y)
        if out:
            self.strike(shift, y, wide)
        return shift + wide

    def cells(self, text: str, cells: Sequence[Box]) -> None:
        """Write one number with a digit in the middle of each cell, boxes in millimetres."""
        s, placed = self.sheet.scale, []
        for letter, cell in zip(text, cells, strict=False):
            ink = self._digit(int(letter))
            x, y = np.array(cell.centre) * s + self.rng.normal(0, 0.06 * self.height * s, 2)
            placed.append(Placed(ink, round(x - ink.shape[1] / 2), round(y - len(ink) / 2)))
        self._keep(text, placed, text, False)

    def words(self, text: str, x: float, y: float, *, factor: float = 1.0) -> float:
        """Write letters from `x` on; return where they end."""
        s, high = self.sheet.scale, factor * self.height * self.sheet.scale
        small, tall = (len(set_text(letter, self.face, PROBE)[0]) / PROBE for letter in ("n", "B"))
        size = min(high * LETTERS / small, high * CAPITALS / tall)
        ink, left, top = set_text(text, self.face, size)
        if self.traced:
            edge = round(self.pen.width * s) + 1
            ink, left, top = np.pad(ink, edge), left - edge, top - edge
            ink = trace(ink, max(1.0, self.pen.width * s))
        self._lay(ink, x * s + left, y * s + top)
        return x + float(left + ink.shape[1]) / s

    def sign(self, name: str, x: float, y: float) -> float:
        """Write one of SIGNS from `x` on; return where it ends."""
        paths: list[Path] = []
        for stroke in SIGNS[name]:
            points = np.array(stroke) + self.rng.normal(0, 0.03, (len(stroke), 2))
            path = np.array([x, y]) + points * self.height * np.array([1, -1])
            paths.append(smooth(path) if len(path) > 2 else path)
        return self.strokes(paths)

    def strike(self, x: float, y: float, wide: float) -> None:
        """Draw one or two lines through what stands on the baseline `y`."""
        for _ in range(int(self.rng.integers(1, 3))):
            a, b = y - self.height * self.rng.uniform(0.3, 0.7, 2)
            self.strokes([np.array([[x - 0.8, a], [x + wide + 0.8, b]])])

    def line(self, left: float, right: float, y: float) -> None:
        """Draw a line by hand."""
        a, b = y + self.rng.normal(0, SLOPE, 2)
        self.strokes([np.array([[left, a], [right, b]])])

    def strokes(self, paths: Sequence[Path]) -> float:
        """Draw strokes through points in millimetres; return where they end."""
        for piece in (piece for path in paths for piece in in_pieces(path * self.sheet.scale)):
            ink, left, top = draw_strokes([piece], max(1.0, self.pen.width * self.sheet.scale))
            self._lay(ink, left, top)
        return float(max(path[:, 0].max() for path in paths)) + self.pen.width

    def sized(self, factor: float) -> Writer:
        """Return the same hand writing so many times larger, with the same pen."""
        return replace(self, height=self.height * factor)

    def _digits(self, text: str) -> list[Placed]:
        """Return the digits of a number, the first at the left, on the baseline 0."""
        tall, placed, gap = self.height * self.sheet.scale, list[Placed](), self.gap
        tilt = self.rng.normal(0, TILT)
        for letter in text:
            if letter in MARKS:
                gap = max(self.gap, 0.0) + ROOM_OF_MARK + self.pen.width / self.height
                continue
            ink = self._digit(int(letter))
            foot = self.rng.normal(0, DROP * tall) + (tilt * placed[-1].left if placed else 0)
            digit = Placed(ink, 0, round(foot) - len(ink))
            if placed:
                near = (gap + self.rng.normal(0, 0.04)) * tall
                digit = place_beside(placed[-1], digit, near)
            placed.append(digit)
            gap = self.gap
        return placed

    def _digit(self, digit: int) -> Pixels:
        size, lean, stretch = self.rng.normal((1, 0, 1), JITTER)
        shape = self.shapes[digit][int(self.rng.integers(len(self.shapes[digit])))]
        high, wide = crop_to_ink(shape).shape
        larger, narrower = min(BODY / high, MOST_ENLARGED), min(1.0, WIDEST * high / wide)
        tall = self.height * self.sheet.scale * size * larger
        pen = replace(self.pen, width=self.pen.width / (self.height * larger))
        return draw_ink(shape, Stance(tall, lean, stretch * narrower), pen, self.rng)

    def _keep(self, letters: Sequence[str], placed: Sequence[Placed], text: str, out: bool) -> None:
        for one in placed:
            self._lay(one.ink, one.left, one.top)
        if not out:
            digits = tuple(
                TrueDigit(int(letter), outline_of(one.ink, one.left, one.top))
                for letter, one in zip(letters, placed, strict=True)
            )
            self.sheet.numbers.append(TrueNumber(text.replace(",", "."), digits))

    def _lay(self, ink: Pixels, left: float, top: float) -> None:
        """Draw ink as this pen leaves it: a pencil skips the hollows of the paper."""
        skipped = self.pen.grain * self.rng.random(ink.shape, dtype=np.float32)
        seen = np.asarray(ink * (1 - skipped), dtype=np.uint8)
        self.sheet.lay(seen, left, top, Ink(self.pen.colour, self.pen.darkness))


def in_pieces(path: Path) -> Iterator[Path]:
    """Yield a path of (n, 2) points in pixels piece by piece, each short enough to be drawn."""
    along = np.concatenate([[0.0], np.hypot(*np.diff(path, axis=0).T).cumsum()])
    at = np.linspace(0, along[-1], max(2, round(along[-1] / STEP) + 1))
    fine = np.stack([np.interp(at, along, path[:, 0]), np.interp(at, along, path[:, 1])], 1)
    for start in range(0, len(fine) - 1, PIECE):
        yield fine[start : start + PIECE + 1]

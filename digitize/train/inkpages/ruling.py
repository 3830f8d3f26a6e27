"""Ruled lines of every kind: rules, boxes, combs, tables, squares, dots, bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.random import Generator

from digitize.records import Box, Pixels
from digitize.train.inkpages.canvas import Canvas, Ink
from digitize.train.inkpages.classes import RULES

COLOURS = (
    (30.0, 30.0, 34.0), (30.0, 30.0, 34.0), (95.0, 95.0, 100.0), (60.0, 80.0, 130.0),
    (110.0, 150.0, 205.0), (200.0, 70.0, 70.0), (80.0, 150.0, 110.0), (225.0, 140.0, 60.0),
)  # fmt: skip
DARKNESS = (0.25, 0.95)  # paler is the paper's own pattern
THICKNESSES = (1, 1, 1, 1, 1, 2, 2, 3)  # pixels; digits are 14 to 48 high
THICKEST = 0.1  # digit heights; what is thicker is a bar
DOTS = (3, 7)  # pixels from dot to dot


@dataclass(frozen=True, slots=True)
class Ruler:
    """What rules a crop. thickness: pixels. dotted: pixels from dot to dot, 0 for a whole line."""

    canvas: Canvas
    rng: Generator
    ink: Ink
    thickness: int
    dotted: int = 0

    def rule(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Draw one line between two points (x, y)."""
        self.rules([(start, end)])

    def rules(self, lines: Sequence[tuple[tuple[float, float], tuple[float, float]]]) -> None:
        """Draw lines between points (x, y), crossings no darker than the rest."""
        points = np.rint(np.array(lines)).astype(int)
        edge, side = self.thickness + 1, self.canvas.side
        low = np.clip(points.min(axis=(0, 1)) - edge, 0, side)
        size = np.clip(points.max(axis=(0, 1)) + edge + 1, 0, side) - low
        if not size.all():
            return
        mask = np.zeros((size[1], size[0]), dtype=np.uint8)
        for start, end in points - low:
            ends = [(int(x), int(y)) for x, y in (start, end)]
            if self.dotted:
                self._dot(mask, ends[0], ends[1])
            else:
                self._draw(mask, ends[0], ends[1])
        self.canvas.lay(mask, int(low[0]), int(low[1]), self.ink, RULES)

    def frame(self, box: Box) -> None:
        """Draw the four sides of a box."""
        self.table([box.x, box.right], [box.y, box.bottom])

    def table(self, columns: Sequence[float], rows: Sequence[float]) -> None:
        """Draw upright lines at `columns` and level ones at `rows`, to one another's ends."""
        level = [((columns[0], y), (columns[-1], y)) for y in rows]
        upright = [((x, rows[0]), (x, rows[-1])) for x in columns]
        self.rules(level + upright)

    def bar(self, box: Box) -> None:
        """Fill a box: a thick bar, a heading's ground, a marked field."""
        mask = np.full((max(1, round(box.height)), max(1, round(box.width))), 255, dtype=np.uint8)
        self.canvas.lay(mask, round(box.x), round(box.y), self.ink, RULES)

    def thicker(self, factor: int) -> Ruler:
        """Return a ruler whose lines are so many times thicker."""
        return replace(self, thickness=self.thickness * factor)

    def _draw(self, mask: Pixels, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Draw as many lines side by side as the rule is thick: OpenCV's thick ones are wider."""
        upright = abs(end[0] - start[0]) < abs(end[1] - start[1])
        for step in range(self.thickness):
            x, y = (step, 0) if upright else (0, step)
            cv2.line(mask, (start[0] + x, start[1] + y), (end[0] + x, end[1] + y), 255)

    def _dot(self, mask: Pixels, start: tuple[int, int], end: tuple[int, int]) -> None:
        length = float(np.hypot(end[0] - start[0], end[1] - start[1]))
        count = max(2, int(length / self.dotted))
        for share in np.linspace(0, 1, count):
            x = round(start[0] + share * (end[0] - start[0]))
            y = round(start[1] + share * (end[1] - start[1]))
            cv2.circle(mask, (x, y), max(1, self.thickness - 1), 255, -1)


def pick_ruler(canvas: Canvas, height: float, rng: Generator) -> Ruler:
    """Return a ruler fit for digits of this height: a colour, a paleness and a thickness."""
    colour = COLOURS[int(rng.integers(len(COLOURS)))]
    thickness = THICKNESSES[int(rng.integers(len(THICKNESSES)))]
    thickness = min(thickness, max(1, round(THICKEST * height)))
    dotted = int(rng.integers(*DOTS)) if rng.random() < 0.08 else 0
    return Ruler(canvas, rng, Ink(colour, float(rng.uniform(*DARKNESS))), thickness, dotted)

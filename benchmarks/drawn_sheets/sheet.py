"""A sheet of paper being filled, in millimetres, and the numbers that truly stand on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import Floats, Pixels
from digitize.train.inkpages.canvas import Canvas, Ink
from digitize.train.inkpages.classes import WRITING
from digitize.train.inkpages.ruling import Ruler

INKED = 96  # of 255: fainter is the soft edge of a stroke


@dataclass(frozen=True, slots=True)
class TrueDigit:
    """A digit, 0 to 9, and the (n, 2) outline of its ink, in pixels of the sheet."""

    digit: int
    outline: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TrueNumber:
    """A number as it was written: digits, and a decimal mark (.) where one stands."""

    text: str
    digits: tuple[TrueDigit, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """width, height: millimetres. scale: pixels a millimetre. rules: what rules the sheet."""

    canvas: Canvas
    width: float
    height: float
    scale: float
    rules: Ruler
    numbers: list[TrueNumber] = field(default_factory=list)

    @staticmethod
    def blank(width: float, height: float, scale: float, rules: Ink, thickness: float) -> Sheet:
        """Return an empty sheet; thickness: of its rules, in millimetres."""
        canvas = Canvas.blank(round(scale * max(width, height)))
        ruler = Ruler(canvas, np.random.default_rng(0), rules, max(1, round(thickness * scale)))
        return Sheet(canvas, width, height, scale, ruler)

    def picture(self) -> Floats:
        """Return the sheet alone, (height, width, 3) float32 RGB, 0 to 255."""
        return self.canvas.paint[
            : round(self.height * self.scale), : round(self.width * self.scale)
        ]

    def lay(self, ink: Pixels, left: float, top: float, pen: Ink) -> None:
        """Draw ink whose left top corner stands at these pixels."""
        self.canvas.lay(ink, round(left), round(top), pen, WRITING)

    def rule(self, left: float, top: float, right: float, bottom: float) -> None:
        """Draw a rule between two points."""
        s = self.scale
        self.rules.rule((left * s, top * s), (right * s, bottom * s))

    def table(self, columns: Sequence[float], rows: Sequence[float]) -> None:
        """Draw upright rules at `columns` and level ones at `rows`, to one another's ends."""
        self.rules.table([x * self.scale for x in columns], [y * self.scale for y in rows])


def outline_of(ink: Pixels, left: float, top: float) -> NDArray[np.float64]:
    """Return the (n, 2) hull of ink whose left top corner stands at these pixels."""
    points = np.argwhere(ink >= min(INKED, int(ink.max())))[:, ::-1]
    hull = cv2.convexHull(points.astype(np.int32))[:, 0]
    return np.asarray(hull + np.array([round(left), round(top)]), dtype=np.float64)

"""A sheet being filled: layers of ink, and the numbers that are truly written there."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from digitize.records import Box, Pixels

SUBPIXEL = 4  # bits of the fraction in the coordinates that cv2.line takes


@dataclass(frozen=True, slots=True)
class TrueNumber:
    """A number as it was written: its digits, and the box of its ink in pixels of the page."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Sheet:
    """Ink of each kind on one sheet, (height, width) uint8, 0 paper to 255 ink, and its truth."""

    written: Pixels
    ruled: Pixels
    printed: Pixels
    numbers: list[TrueNumber] = field(default_factory=list)

    @staticmethod
    def blank(width: int, height: int) -> Sheet:
        """Return an empty sheet of so many pixels."""
        written, ruled, printed = (np.zeros((height, width), dtype=np.uint8) for _ in range(3))
        return Sheet(written, ruled, printed)

    def rule(
        self, start: tuple[float, float], end: tuple[float, float], thickness: int, level: int = 255
    ) -> None:
        """Draw a straight rule between two points (x, y)."""
        ends = [(round(x * 2**SUBPIXEL), round(y * 2**SUBPIXEL)) for x, y in (start, end)]
        cv2.line(self.ruled, ends[0], ends[1], level, thickness, cv2.LINE_AA, SUBPIXEL)

    def frame(self, box: Box, thickness: int) -> None:
        """Draw the four sides of a box."""
        corners = [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)]
        for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
            self.rule(start, end, thickness)


def paste(layer: Pixels, ink: Pixels, left: int, top: int) -> None:
    """Draw ink into a layer; what would lie outside is left out."""
    height, width = layer.shape
    x, y = max(left, 0), max(top, 0)
    right, bottom = min(left + ink.shape[1], width), min(top + len(ink), height)
    if x < right and y < bottom:
        place = layer[y:bottom, x:right]
        np.maximum(place, ink[y - top : bottom - top, x - left : right - left], out=place)

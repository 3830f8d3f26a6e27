"""A piece of a page being painted, and what each of its pixels truly is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitize.records import Floats, Pixels
from digitize.train.inkpages.classes import RANK

INKED = 96  # of 255: what an inking covers less is the soft edge of a stroke, and paper


@dataclass(frozen=True, slots=True)
class Ink:
    """What is drawn with. colour: RGB, 0 to 255. darkness: how far it covers the paper, 0 to 1."""

    colour: tuple[float, float, float] = (30.0, 30.0, 34.0)
    darkness: float = 0.9


@dataclass(frozen=True, slots=True)
class Canvas:
    """paint: (side, side, 3) float32 RGB, 0 to 255. rank: (side, side) uint8, of BY_RANK."""

    paint: Floats
    rank: Pixels

    @staticmethod
    def blank(side: int) -> Canvas:
        """Return white paper."""
        paint = np.full((side, side, 3), 255, dtype=np.float32)
        return Canvas(paint, np.zeros((side, side), dtype=np.uint8))

    @property
    def side(self) -> int:
        """Pixels of each side."""
        return len(self.rank)

    def lay(self, mask: Pixels, left: int, top: int, ink: Ink, kind: int) -> None:
        """Draw `mask`, 0 paper to 255 ink, as ink of a class; what would lie outside is left out.

        What was of a higher rank stays what it was, though the ink lies over it.
        """
        x, y = max(left, 0), max(top, 0)
        right, bottom = min(left + mask.shape[1], self.side), min(top + len(mask), self.side)
        if x >= right or y >= bottom:
            return
        part = mask[y - top : bottom - top, x - left : right - left]
        cover = part[:, :, None] * np.float32(ink.darkness / 255)
        place = self.paint[y:bottom, x:right]
        place += cover * (np.array(ink.colour, dtype=np.float32) - place)
        ranks = self.rank[y:bottom, x:right]
        np.maximum(ranks, np.where(part >= INKED, RANK[kind], 0).astype(np.uint8), out=ranks)

    def demote(self, kind: int, to: int, edges: tuple[float, float, float, float]) -> None:
        """Let what is of one class between left, top, right and bottom be of another."""
        left, top, right, bottom = (max(0, round(edge)) for edge in edges)
        place = self.rank[top:bottom, left:right]
        place[place == RANK[kind]] = RANK[to]

    def shade(self, light: Floats) -> None:
        """Multiply the paint by (side, side) light, 1 where nothing changes."""
        self.tone(light[:, :, None])

    def tone(self, factors: Floats) -> None:
        """Multiply the paint by what spreads over (side, side, 3), such as three levels."""
        np.multiply(self.paint, factors, out=self.paint, casting="same_kind")

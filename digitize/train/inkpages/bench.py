"""What a scene has to fill a crop with: pens, print and rulers, picked anew where it asks."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.random import Generator

from digitize.train.inkpages.canvas import Canvas
from digitize.train.inkpages.chance import Chance
from digitize.train.inkpages.digit_pool import DigitPool
from digitize.train.inkpages.hand import Hand
from digitize.train.inkpages.lettering import Families, pick_face
from digitize.train.inkpages.pick_hand import pick_hand
from digitize.train.inkpages.printing import Printer, pick_printer
from digitize.train.inkpages.ruling import Ruler, pick_ruler

SCRAWLED = 0.2  # of hands: letters that no font has
LENGTHS = (0.24, 0.24, 0.17, 0.11, 0.07, 0.05, 0.03, 0.025, 0.02, 0.015, 0.015, 0.015)
"""Of numbers with 1 to 12 digits, as many as a telephone number has."""


@dataclass(frozen=True, slots=True)
class Bench(Chance):
    """height: usual height of the handwritten digits, in pixels. faces print, hands write."""

    canvas: Canvas
    rng: Generator
    pool: DigitPool
    faces: Families
    hands: Families
    height: float

    @property
    def side(self) -> int:
        """Pixels of each side of the canvas."""
        return self.canvas.side

    def length(self) -> int:
        """Return how many digits the next number has."""
        return 1 + int(self.rng.choice(len(LENGTHS), p=LENGTHS))

    def hand(self, factor: float = 1.0) -> Hand:
        """Return someone who writes, so many times larger than is usual here."""
        face = None if self.often(SCRAWLED) else pick_face(self.hands, self.rng)
        return pick_hand(self.canvas, self.pool, self.height * factor, face, self.rng)

    def printer(self) -> Printer:
        """Return a face and an ink to print with."""
        return pick_printer(self.canvas, pick_face(self.faces, self.rng), self.rng)

    def ruler(self) -> Ruler:
        """Return something to rule with."""
        return pick_ruler(self.canvas, self.height, self.rng)

"""What else lies about a number, and its ink as a page gives it: rules, strokes, specks, steps."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator

from digitize.records import Floats
from digitize.sequence.strips import DIGIT_PIXELS, HEIGHT


@dataclass(frozen=True, slots=True)
class WearOptions:
    """Shares of all strips.

    ruled: pieces of a line above, below or through the digits, or a box's wall. repaired: of those
    with a line through, the gap that the line left when it was taken out, not the line itself.
    intruders: strokes of other writing that reach in over an edge. hardened: thresholded, as ink
    cut from a page is.
    """

    ruled: float = 0.25
    through: float = 0.3  # of the ruled
    repaired: float = 0.5
    specks: float = 0.25
    intruders: float = 0.25
    hardened: float = 0.7

    def eased(self, share: float) -> WearOptions:
        """Return the options for ink that is worn already: everything at `share`, 0 to 1."""
        return WearOptions(
            share * self.ruled, self.through, self.repaired, share * self.specks,
            share * self.intruders, share * self.hardened,
        )  # fmt: skip


USUAL_WEAR = WearOptions()


def wear(strip: Floats, rng: Generator, options: WearOptions = USUAL_WEAR) -> Floats:
    """Return the strip, (32, width) 0 paper to 1 ink, with what else lies about."""
    worn = strip.copy()
    if rng.random() < options.ruled:
        _add_rule(worn, rng, options)
    if rng.random() < options.intruders:
        _add_intruders(worn, rng)
    if rng.random() < options.specks:
        for _ in range(int(rng.integers(1, 8))):
            place = tuple(int(v) for v in rng.integers(0, worn.shape[::-1]))
            cv2.circle(worn, place, int(rng.integers(0, 2)), 1.0, -1)
    if rng.random() < options.hardened:
        worn = (worn - np.float32(rng.uniform(0.3, 0.6))) * np.float32(rng.uniform(1.5, 6)) + 0.5
    return np.asarray(np.clip(worn, 0, 1), dtype=np.float32)


def _add_rule(strip: Floats, rng: Generator, options: WearOptions) -> None:
    """Add what is left of a ruled line: pieces along one row, its gap, or the wall of a box."""
    height, width = strip.shape
    thick, level = int(rng.integers(1, 3)), 1.0
    if rng.random() < 0.25:
        x = int(rng.integers(0, width))
        cv2.line(strip, (x, 0), (x + int(rng.integers(-2, 3)), height), level, thick)
        return
    y, x = int(rng.choice([rng.integers(0, 5), rng.integers(24, height)])), 0
    if rng.random() < options.through:
        y, thick = int(rng.integers(8, 25)), 1
        level = 0.0 if rng.random() < options.repaired else 1.0
    while x < width:
        end = x + int(rng.integers(3, 60))
        cv2.line(strip, (x, y), (min(end, width), y), level, thick)
        x = end + int(rng.integers(2, 40))


def _add_intruders(strip: Floats, rng: Generator) -> None:
    """Add strokes that come in over an edge and end soon: of the lines around, or a neighbour."""
    width = strip.shape[1]
    for _ in range(int(rng.integers(1, 4))):
        edge, reach = int(rng.integers(4)), DIGIT_PIXELS * rng.uniform(0.08, 0.3)
        x = float(rng.uniform(0, width)) if edge < 2 else (0.0 if edge == 2 else float(width))
        y = (0.0 if edge == 0 else float(HEIGHT)) if edge < 2 else float(rng.uniform(0, HEIGHT))
        tip = x + rng.uniform(-reach, reach), y + rng.uniform(-reach, reach)
        start, end = (round(x), round(y)), (round(tip[0]), round(tip[1]))
        cv2.line(strip, start, end, 1.0, int(rng.integers(1, 4)), cv2.LINE_AA)

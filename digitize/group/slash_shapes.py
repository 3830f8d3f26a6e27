"""How like a slash a stroke looks that was read as 1.

A slash is a leaning stroke that reaches above and below what stands to both sides of it, as a 1 of
the same hand does not, however slanted; or far below alone, where a hand begins it level with the
digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from statistics import median

from digitize.records import BARE_STROKE, Digit

CLOSE = 0.8  # digit heights: what a slash parts stands no further from it
NEAR = 3  # digits to either side that say how large is written
LOW_ZERO = 0.55  # of the stroke's height: beside so low a 0 every stroke reaches far


@dataclass(frozen=True, slots=True)
class Shape:
    """How like a slash a stroke is.

    above, below: how far it stands out over both neighbours and under them, in the height of the
    digits about it; negative where it does not. height: of the stroke over theirs. lean: how far
    it goes sideways, in its own heights.
    """

    above: float
    below: float
    height: float
    lean: float

    def is_like(self, *others: Shape) -> bool:
        """Tell whether it is as much a slash as one of these in every respect."""
        own = astuple(self)
        return any(all(a >= b for a, b in zip(own, astuple(o), strict=True)) for o in others)


IN_A_DATE = Shape(above=-0.1, below=-0.1, height=1.2, lean=0.15)
IN_A_LIKELY_DATE = Shape(above=-0.15, below=-0.1, height=1.1, lean=0.2)
POSSIBLE = (
    Shape(above=0.06, below=0.06, height=1.2, lean=0.15),
    Shape(above=-0.15, below=0.1, height=1.15, lean=0.2),
    Shape(above=-0.05, below=0.0, height=1.08, lean=0.3),
)
CLEAR = (
    Shape(above=0.15, below=0.15, height=1.3, lean=0.2),
    Shape(above=-0.15, below=0.15, height=1.2, lean=0.25),
)


def find_shapes(line: Sequence[Digit]) -> dict[int, Shape]:
    """Return how the strokes between digits of a line look, by their place."""
    strokes = (at for at in range(1, len(line) - 1) if line[at].digit == BARE_STROKE)
    shapes = {at: shape_of(line, at) for at in strokes}
    return {at: shape for at, shape in shapes.items() if shape}


def shape_of(line: Sequence[Digit], at: int) -> Shape | None:
    """Return how the stroke at a place of a line looks; None where its neighbours do not tell."""
    stroke, sides = line[at], (line[at - 1], line[at + 1])
    about = [
        digit.box.height
        for digit in line[max(0, at - NEAR) : at + NEAR + 1]
        if digit.digit != BARE_STROKE and not is_low_zero(digit, stroke)
    ]
    height = median(about or [d.box.height for d in sides])
    box, beside = stroke.box, [d.box for d in sides if not is_low_zero(d, stroke)]
    space = max(box.x - sides[0].box.right, sides[1].box.x - box.right)
    if not beside or space > CLOSE * height:
        return None
    above = min(other.y for other in beside) - box.y
    below = box.bottom - max(other.bottom for other in beside)
    lean = box.width / box.height - stroke.stroke
    return Shape(above / height, below / height, box.height / height, lean)


def is_low_zero(digit: Digit, stroke: Digit) -> bool:
    """Tell whether a digit is so low a 0 that it says nothing of a stroke beside it."""
    return digit.digit == 0 and digit.box.height < LOW_ZERO * stroke.box.height

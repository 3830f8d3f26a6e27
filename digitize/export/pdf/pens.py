"""What the colours of the visible layer mean.

They stay apart for colour-blind eyes (Okabe & Ito 2008, Color Universal Design); doubtful numbers
have thicker lines too, for black-and-white prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digitize.export.pdf.own_names import OWN_NAME
from digitize.export.pdf.place import pdf_number
from digitize.records import Number, Status

if TYPE_CHECKING:
    from pikepdf import Array


@dataclass(frozen=True, slots=True)
class Pen:
    """How a mark is drawn, sRGB 0 to 255 and the line's width in 1/72 inch; and what it means."""

    colour: tuple[int, int, int]
    width: float
    meaning: str

    @property
    def form(self) -> str:
        """The name of the form that draws what it means."""
        return f"{OWN_NAME}{self.meaning[0].upper()}"

    @property
    def chosen(self) -> str:
        """The PDF operator that chooses its colour for lines: its place in `colour_space`."""
        return f"{PENS.index(self)} SC"

    def drawn(self, step: float) -> str:
        """Return the PDF operators that choose it for lines, where lengths count in steps."""
        return f"{self.chosen} {pdf_number(self.width / step, 1)} w"


SURE = Pen((0, 114, 178), 0.5, "ok")
"""Blue."""
DOUBTFUL = Pen((230, 159, 0), 0.8, "to review")
"""Orange."""
VERY_DOUBTFUL = Pen((213, 94, 0), 1.0, "very doubtful")
"""Vermillion."""


PENS = (SURE, DOUBTFUL, VERY_DOUBTFUL)

COLOURS = f"{OWN_NAME}C"
"""The name of the colour space of pens in the drawings."""


def colour_space() -> Array:
    """Return the colours of PENS as a colour space: chosen by one figure (ISO 32000-1, 8.6.6.3)."""
    from pikepdf import Array, Name, String

    colours = bytes(value for pen in PENS for value in pen.colour)
    return Array([Name.Indexed, Name.DeviceRGB, len(PENS) - 1, String(colours)])


def pen_of(number: Number, review_below: float) -> Pen:
    """Return the pen for a number: doubtful ones go to review, the worst are less than half sure.

    Half of `review_below`, that is: 0.95 asks for 19 right in 20, and 0.475 is a coin's toss.
    """
    if number.status is Status.OK:
        return SURE
    return VERY_DOUBTFUL if number.confidence < review_below / 2 else DOUBTFUL

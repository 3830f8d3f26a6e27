"""What the colours of the visible layer mean.

They stay apart for colour-blind eyes (Okabe & Ito 2008, Color Universal Design); doubtful numbers
have thicker lines too, for black-and-white prints.
"""

from __future__ import annotations

from dataclasses import dataclass

from digitize.export.pdf.place import pdf_number
from digitize.records import Number, Status


@dataclass(frozen=True, slots=True)
class Pen:
    """How a mark is drawn, RGB 0 to 1 and the line's width in 1/72 inch; and what it means."""

    colour: str
    width: float
    meaning: str

    @property
    def word(self) -> str:
        """The name of the form that draws what it means."""
        return f"/{self.meaning.title().replace(' ', '')}"

    def drawn(self, step: float) -> str:
        """Return the PDF operators that choose it for lines, where lengths count in steps."""
        return f"{self.colour} RG {pdf_number(self.width / step)} w"


SURE = Pen("0 .447 .698", 0.5, "ok")
"""Blue, #0072B2."""
DOUBTFUL = Pen(".902 .624 0", 0.8, "to review")
"""Orange, #E69F00."""
VERY_DOUBTFUL = Pen(".835 .369 0", 1.0, "very doubtful")
"""Vermillion, #D55E00."""


PENS = (SURE, DOUBTFUL, VERY_DOUBTFUL)


def pen_of(number: Number, review_below: float) -> Pen:
    """Return the pen for a number: doubtful ones go to review, the worst are less than half sure.

    Half of `review_below`, that is: 0.95 asks for 19 right in 20, and 0.475 is a coin's toss.
    """
    if number.status is Status.OK:
        return SURE
    return VERY_DOUBTFUL if number.confidence < review_below / 2 else DOUBTFUL

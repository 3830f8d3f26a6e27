"""What a kind of sheet is made with: the sheet, its print, who fills it, and chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from numpy.random import Generator

from digitize.train.inkpages.chance import Chance
from digitize.train.inkpages.lettering import pick_words
from drawn_sheets.people import pick_pen
from drawn_sheets.press import Press
from drawn_sheets.sheet import Sheet
from drawn_sheets.writer import Writer

Choice = TypeVar("Choice")

NAME_LIST = (
    "Anna Berger,Tom Weiss,Maria Silva,Ben Okoro,Lena Vogt,Paul Martin,Ines Costa,Jan Novak,"
    "Emma Wilson,Noah Fischer,Sara Lind,Omar Haddad,Mia Rossi,Luca Moretti,Ella Brown,Finn Larsen,"
    "Clara Dubois,Hugo Petit,Nina Kovac,David Stein,Julia Kern,Amir Rahman,Eva Toth,Max Huber"
)
GOODS_LIST = (
    "milk,bread,butter,apples,paper,pens,chairs,lamps,screws,cables,boxes,coffee,sugar,paint,"
    "brushes,soap,rope,nails,tea,flour,eggs,cheese,folders,stamps,candles,gloves,batteries,tape"
)
SUBJECT_LIST = "Mathematics,Physics I,Statistics,Chemistry,Linear Algebra,Biology,Economics"
NAMES, GOODS, SUBJECTS = (text.split(",") for text in (NAME_LIST, GOODS_LIST, SUBJECT_LIST))


@dataclass(frozen=True, slots=True)
class Desk(Chance):
    """All lengths are in millimetres."""

    sheet: Sheet
    press: Press
    writer: Writer
    rng: Generator

    @property
    def left(self) -> float:
        """Where what is on the sheet begins."""
        return 0.09 * self.sheet.width

    @property
    def right(self) -> float:
        """Where what is on the sheet ends."""
        return 0.91 * self.sheet.width

    @property
    def top(self) -> float:
        """The baseline of the first line."""
        return 0.09 * self.sheet.height

    @property
    def bottom(self) -> float:
        """Where the last line ends."""
        return 0.93 * self.sheet.height

    def pick(self, choices: Sequence[Choice]) -> Choice:
        """Return one of several."""
        return choices[int(self.rng.integers(len(choices)))]

    def several(self, count: int, choices: Sequence[Choice]) -> list[Choice]:
        """Return so many of several, none twice while there are others."""
        order = self.rng.permutation(len(choices))
        return [choices[int(order[at % len(order)])] for at in range(count)]

    def figures(self, digits: int) -> str:
        """Return a number of so many digits, the first of many no 0."""
        first = self.count(1 if digits > 1 else 0, 9)
        return f"{first}" + "".join(str(self.count(0, 9)) for _ in range(digits - 1))

    def other_pen(self, name: str) -> Writer:
        """Return the writer with another pen in hand."""
        return replace(self.writer, pen=pick_pen(name, self.rng))

    def heading(self, text: str) -> float:
        """Print a heading and a line of words below it; return the baseline of the next line."""
        size = self.between(4.5, 7)
        self.press.text(text, self.left, self.top, size, bold=True)
        self.press.text(pick_words(5, self.rng), self.left, self.top + 1.4 * size, 0.5 * size + 0.8)
        return self.top + 2.8 * size

    def prose(self, y: float, end: float, size: float) -> float:
        """Print lines of words with figures among them; return the baseline of the next line."""
        while y < end:
            x = self.left
            while x < self.right - 7 * size:
                words = pick_words(1, self.rng)
                text = words if self.often(0.93) else f"{words} {self.count(1, 2026)}"
                x = self.press.text(text, x, y, size) + 0.3 * size
            y += 1.5 * size
        return y

"""Digits, and the letters of a legend, drawn as lines: seen on a page and not found in its text.

Each shape is a PDF path on a box one high, drawn for this program; stroke it, do not fill it.
"""

from __future__ import annotations

from collections.abc import Iterable

from digitize.export.pdf.own_names import OWN_NAME
from digitize.export.pdf.place import pdf_number

FIGURES = {
    **{figure: f"{OWN_NAME}{figure}" for figure in "0123456789"},
    ".": f"{OWN_NAME}P",
    "-": f"{OWN_NAME}M",
}
"""What a number is written with, and the name of the form that draws it, one high."""

_DIGIT_ADVANCE = 0.74
_LETTER_ADVANCE = 0.62
_ADVANCE = {
    **dict.fromkeys("bdekouvy", _LETTER_ADVANCE),
    ".": 0.32,
    "-": 0.62,
    " ": 0.4,
    "i": 0.26,
    "l": 0.26,
    "f": 0.42,
    "r": 0.44,
    "t": 0.42,
    "w": 0.82,
}

_SHAPES = {
    "0": ".28 .02 m .43 .02 .54 .2 .54 .5 c .54 .8 .43 .98 .28 .98 c "
    ".13 .98 .02 .8 .02 .5 c .02 .2 .13 .02 .28 .02 c",
    "1": ".1 .78 m .34 .98 l .34 .02 l",
    "2": ".04 .73 m .04 .88 .14 .98 .28 .98 c .43 .98 .53 .88 .53 .73 c .53 .5 .2 .32 .03 .02 c "
    ".55 .02 l",
    "3": ".05 .86 m .1 .94 .18 .98 .27 .98 c .42 .98 .5 .89 .5 .76 c .5 .62 .4 .54 .2 .54 c "
    ".42 .54 .54 .43 .54 .28 c .54 .12 .43 .02 .27 .02 c .15 .02 .06 .07 .02 .17 c",
    "4": ".42 .02 m .42 .98 l .02 .28 l .56 .28 l",
    "5": ".49 .98 m .12 .98 l .08 .55 l .14 .61 .2 .63 .28 .63 c .44 .63 .54 .51 .54 .33 c "
    ".54 .15 .43 .02 .27 .02 c .15 .02 .06 .07 .02 .16 c",
    "6": ".47 .9 m .42 .95 .36 .98 .3 .98 c .12 .98 .03 .77 .03 .45 c .03 .15 .13 .02 .29 .02 c "
    ".44 .02 .54 .14 .54 .31 c .54 .48 .44 .6 .29 .6 c .16 .6 .05 .5 .03 .36 c",
    "7": ".03 .98 m .55 .98 l .38 .7 .24 .4 .2 .02 c",
    "8": ".28 .55 m .15 .55 .07 .65 .07 .77 c .07 .89 .15 .98 .28 .98 c "
    ".41 .98 .49 .89 .49 .77 c .49 .65 .41 .55 .28 .55 c .12 .55 .03 .43 .03 .28 c "
    ".03 .13 .13 .02 .28 .02 c .43 .02 .53 .13 .53 .28 c .53 .43 .44 .55 .28 .55 c",
    "9": ".1 .1 m .15 .05 .21 .02 .27 .02 c .45 .02 .54 .23 .54 .55 c .54 .85 .44 .98 .28 .98 c "
    ".13 .98 .03 .86 .03 .69 c .03 .52 .13 .4 .28 .4 c .41 .4 .52 .5 .54 .64 c",
    ".": ".12 .02 m .12 .06 l",
    "-": ".08 .45 m .46 .45 l",
    "b": ".06 1 m .06 .02 l .06 .3 m .06 .5 .14 .62 .26 .62 c .4 .62 .46 .5 .46 .32 c "
    ".46 .14 .4 .02 .26 .02 c .14 .02 .06 .14 .06 .34 c",
    "d": ".46 1 m .46 .02 l .46 .3 m .46 .5 .38 .62 .26 .62 c .12 .62 .06 .5 .06 .32 c "
    ".06 .14 .12 .02 .26 .02 c .38 .02 .46 .14 .46 .34 c",
    "e": ".06 .34 m .46 .34 l .46 .5 .4 .62 .26 .62 c .12 .62 .06 .5 .06 .32 c "
    ".06 .14 .12 .02 .28 .02 c .36 .02 .42 .06 .45 .13 c",
    "f": ".1 .02 m .1 .78 l .1 .94 .2 1 .34 .97 c -.02 .62 m .3 .62 l",
    "i": ".1 .02 m .1 .62 l .1 .86 m .1 .9 l",
    "k": ".06 .02 m .06 1 l .44 .62 m .06 .28 l .2 .4 m .46 .02 l",
    "l": ".1 .02 m .1 1 l",
    "o": ".26 .62 m .12 .62 .05 .5 .05 .32 c .05 .14 .12 .02 .26 .02 c "
    ".4 .02 .47 .14 .47 .32 c .47 .5 .4 .62 .26 .62 c",
    "r": ".06 .02 m .06 .62 l .06 .4 m .08 .56 .2 .64 .34 .6 c",
    "t": ".12 .86 m .12 .16 l .12 .04 .2 0 .32 .04 c -.02 .62 m .3 .62 l",
    "u": ".06 .62 m .06 .22 l .06 .08 .14 .02 .24 .02 c .38 .02 .46 .14 .46 .3 c "
    ".46 .62 m .46 .02 l",
    "v": ".04 .62 m .25 .02 l .46 .62 l",
    "w": ".02 .62 m .18 .02 l .35 .56 l .52 .02 l .68 .62 l",
    "y": ".04 .62 m .26 .02 l .46 .62 m .22 -.1 l .16 -.22 .1 -.24 .02 -.22 c",
}


def label_width(text: str) -> float:
    """Return how wide `text` is drawn, in label heights."""
    return sum(_ADVANCE.get(character, _DIGIT_ADVANCE) for character in text)


def label(text: str, size: int, left: int, bottom: int) -> str:
    """Return the PDF operators that draw `text` from there, `size` high, by the forms of FIGURES.

    Lengths are in whole steps, or whatever else the drawing counts in.
    """
    return placed(in_a_row(figures(text)), size, left, bottom)


def figures(text: str) -> list[tuple[str, float]]:
    """Return what draws each character of `text`, empty where nothing does, and how wide it is."""
    return [(f"{FIGURES[one]} Do" if one in FIGURES else "", label_width(one)) for one in text]


def in_a_row(drawings: Iterable[tuple[str, float]]) -> str:
    """Return the PDF operators that draw one after another, each with its width, one high."""
    drawn: list[str] = []
    ahead = 0.0
    for drawing, width in drawings:
        if drawing:
            drawn.append(f" 1 0 0 1 {pdf_number(ahead, 2)} 0 cm" if ahead else "")
            drawn.append(drawing if drawing.startswith("/") else f" {drawing}")
            ahead = 0.0
        ahead += width
    return "".join(drawn)


def placed(drawing: str, size: int, left: int, bottom: int) -> str:
    """Return the PDF operators that draw there, `size` high, what is one high."""
    return f"q {size} 0 0 {size} {left} {bottom} cm{drawing} Q"


def strokes(text: str) -> str:
    """Return the PDF operators that draw `text` in a line one high."""
    shapes = [(f"{_SHAPES[one]} S" if one in _SHAPES else "", label_width(one)) for one in text]
    return f".1 w 1 J 1 j {in_a_row(shapes)}"

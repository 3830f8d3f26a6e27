"""Digits drawn as lines, so that a label can be seen on a page and not be found in its text.

Each shape is a PDF path on a box one high, drawn for this program; stroke it, do not fill it.
"""

from __future__ import annotations

from digitize.export.pdf.place import pdf_number

_ADVANCE = {".": 0.32}
_DIGIT_ADVANCE = 0.74

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
}


def label_width(text: str) -> float:
    """Return how wide `text` is drawn, in label heights."""
    return sum(_ADVANCE.get(character, _DIGIT_ADVANCE) for character in text)


def label(text: str, left: float, bottom: float, height: float) -> str:
    """Return the PDF operators that draw `text` from (left, bottom), `height` high."""
    size = pdf_number(height)
    drawn = [f"q {size} 0 0 {size} {pdf_number(left)} {pdf_number(bottom)} cm .1 w 1 J 1 j\n"]
    for character in text:
        if character in _SHAPES:
            drawn.append(f"{_SHAPES[character]} S\n")
        drawn.append(f"1 0 0 1 {_ADVANCE.get(character, _DIGIT_ADVANCE)} 0 cm\n")
    return "".join([*drawn, "Q\n"])

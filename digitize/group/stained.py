"""Rims of stains, read as a 0: far paler than the page's digits.

Of a stain wider than a digit is high the middle passes for paper, once the page is flat, and the
rim for ink.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitize.group.doubt import doubted
from digitize.records import Number

RIM = "0"  # as what the rim of a stain is read
PALE = 0.6  # of the contrast of the page's digits, as of the stains that are told by their width
FEWEST = 5  # digits on a page: fewer do not say how dark its pens are


def doubt_rims(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers, doubted a 0 alone that is far paler than the page's digits."""
    contrasts = [digit.contrast for number in numbers for digit in number.digits]
    if len(contrasts) < FEWEST:
        return list(numbers)
    pale = PALE * float(np.median(contrasts))
    return [
        doubted(number) if number.text == RIM and number.digits[0].contrast < pale else number
        for number in numbers
    ]

"""Numbers whose ink may say something else than their digits do, whatever is about them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitize.geometry import window
from digitize.group.bowed import has_bracket
from digitize.group.comma_tails import may_have_comma
from digitize.group.dashed import may_have_dash
from digitize.group.doubt import doubted
from digitize.group.ringed import may_have_ring
from digitize.group.ruled import may_be_ruled
from digitize.group.struck import is_struck
from digitize.group.ticks import may_have_tick
from digitize.records import BARE_STROKE, Box, Digit, Layers, Number, Pixels


def doubt_by_ink(numbers: Sequence[Number], layers: Layers) -> list[Number]:
    """Return the numbers, doubted those whose ink may say something else; boxes in the layers'."""
    crossing = bool(layers.cells or layers.combs)
    return [
        number if number.doubted or not may_mislead(number, layers, crossing) else doubted(number)
        for number in numbers
    ]


def may_mislead(number: Number, layers: Layers, crossing: bool) -> bool:
    """Tell whether a number's ink may be struck out, be a mark or hold one, or be other writing.

    crossing: whether the page's rules cross.
    """
    digits, writing = layers.digits, layers.writing
    return (
        is_struck(number, digits, writing, layers.rules)
        or may_have_tick(number, digits, writing)
        or has_bracket(number, digits)
        or may_have_comma(number, digits)
        or may_have_dash(number, digits)
        or may_have_ring(number, digits, layers.digit_height)
        or may_be_ruled(number, layers.rules, crossing=crossing)
        or is_hardly_digits(number, digits, layers.hardly)
    )


def is_hardly_digits(number: Number, digits: Pixels, hardly: Pixels | None) -> bool:
    """Tell whether the ink of one of a number's digits could as well be other writing.

    Any stroke could, and a 1 is doubted for it at the end alone, where the l of a unit stands.
    digits: the page's digits; hardly: what of them is so; (height, width) uint8, in the number's
    frame.
    """
    *others, last = number.digits
    told = [digit for digit in others if digit.digit != BARE_STROKE]
    return any(_is_hardly_one(digit.box, digits, hardly) for digit in (*told, last))


def usual_height(digits: Sequence[Digit], layers: Layers) -> float:
    """Return the median height in pixels of the digits that surely are some; of all, if none is.

    Else the print of a form, where it is read, would make its fills look too large.
    """
    hardly = [_is_hardly_one(digit.box, layers.digits, layers.hardly) for digit in digits]
    sure = [digit for digit, is_hardly in zip(digits, hardly, strict=True) if not is_hardly]
    return float(np.median([digit.box.height for digit in sure or digits])) if digits else 0.0


def _is_hardly_one(box: Box, digits: Pixels, hardly: Pixels | None) -> bool:
    """Tell whether most ink of a digit could as well be other writing."""
    if hardly is None:
        return False
    place = window(box)
    return bool(2 * np.count_nonzero(hardly[place]) > np.count_nonzero(digits[place]))

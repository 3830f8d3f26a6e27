"""Numbers whose ink may say something else than their digits do, whatever is about them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitize.geometry import window
from digitize.group.bowed import has_bracket
from digitize.group.dashed import may_have_dash
from digitize.group.doubt import doubted
from digitize.group.ringed import may_have_ring
from digitize.group.ruled import may_be_ruled
from digitize.group.struck import is_struck
from digitize.group.ticks import may_have_tick
from digitize.records import Box, Layers, Number, Pixels


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
        is_struck(number, digits, writing)
        or may_have_tick(number, digits, writing)
        or has_bracket(number, digits)
        or may_have_dash(number, digits)
        or may_have_ring(number, digits, layers.digit_height)
        or may_be_ruled(number, layers.rules, crossing=crossing)
        or is_hardly_digits(number, digits, layers.hardly)
    )


def is_hardly_digits(number: Number, digits: Pixels, hardly: Pixels | None) -> bool:
    """Tell whether the ink of one of a number's digits could as well be other writing.

    digits: the page's digits; hardly: what of them is so; (height, width) uint8, in the number's
    frame.
    """
    if hardly is None:
        return False
    return any(_is_within(digit.box, digits, hardly) for digit in number.digits)


def _is_within(box: Box, ink: Pixels, part: Pixels) -> bool:
    """Tell whether most ink in a box is of a part of it."""
    place = window(box)
    return bool(2 * np.count_nonzero(part[place]) > np.count_nonzero(ink[place]))

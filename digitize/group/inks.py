"""Two pens in one number: the tick of a teacher's red pen is no digit of the answer before it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from digitize.geometry import window
from digitize.group.doubt import doubted
from digitize.group.numbers import part_behind
from digitize.group.options import USUAL, GroupOptions
from digitize.records import Digit, Number, Pixels

OTHER_INK = 0.55
"""As `tint_of` has it, from one ink's colour to another's: red is 0.7 and more from black or blue,
and one pen's ink, on tinted paper, in frames of another colour and after JPEG, hardly 0.4."""
WHITE = 255.0  # grey levels
LEAST_CONTRAST = 40.0  # grey levels: of paler ink the colour is not known


def part_inks(
    numbers: Sequence[Number],
    colour: Pixels | None,
    digits: Pixels,
    options: GroupOptions = USUAL,
) -> list[Number]:
    """Return the numbers, parted where the colour of their ink changes; these are for review.

    colour: (height, width, 3) uint8 RGB, paper white; None of a grey page. digits: the page's ink
    of digits, (height, width) uint8. Both in the numbers' frame.
    """
    if colour is None or options.layout == "number":
        return list(numbers)
    return [part for number in numbers for part in _parted(number, colour, digits, options)]


def _parted(
    number: Number, colour: Pixels, digits: Pixels, options: GroupOptions
) -> Sequence[Number]:
    if len(number.digits) < 2:
        return (number,)
    tints = [tint_of(digit, colour, digits) for digit in number.digits]
    changes = [
        at
        for at, (left, right) in enumerate(pairwise(tints), start=1)
        if left is not None and right is not None and np.linalg.norm(right - left) > OTHER_INK
    ]
    return (
        [doubted(part) for part in part_behind(number, changes, options)] if changes else (number,)
    )


def tint_of(digit: Digit, colour: Pixels, digits: Pixels) -> NDArray[np.float64] | None:
    """Return the mean colour of a digit's ink without its brightness, (3,), over its contrast.

    Paper that shows between the ink's grains makes it paler, and changes nothing. None of ink that
    is too pale.
    """
    place = window(digit.box)
    inked = digits[place] > 0
    if not inked.any():
        return None
    mean = colour[place][inked].mean(axis=0, dtype=np.float64)
    contrast = WHITE - mean.mean()
    return np.asarray((mean - mean.mean()) / contrast) if contrast >= LEAST_CONTRAST else None

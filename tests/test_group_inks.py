"""Where the colour of the ink changes within a number, another pen begins."""

from __future__ import annotations

import numpy as np
import pytest

from digitize.geometry import union, window
from digitize.group.inks import part_inks
from digitize.group.options import GroupOptions
from digitize.records import Box, Digit, Number, Pixels, Status

BLUE, RED, PENCIL = (40, 50, 140), (190, 60, 60), (90, 90, 90)


def written(*pens: tuple[int, int, int], paler: float = 0.0) -> tuple[Number, Pixels, Pixels]:
    """Return a number with a digit by each pen, the page's colour and its ink of digits.

    paler: how much more paper shows through each digit than through the one before, 0 to 1.
    """
    colour = np.full((120, 400, 3), 255, dtype=np.uint8)
    ink = np.zeros((120, 400), dtype=np.uint8)
    digits = []
    for at, pen in enumerate(pens):
        box = Box(40 + 40 * at, 40, 24, 40)
        ink[window(box)][:, 8:14] = 255
        colour[window(box)][:, 8:14] = 255 - (255 - np.array(pen)) * (1 - paler * at)
        digits.append(Digit(3, 0.99, Status.OK, box))
    box = union(digit.box for digit in digits)
    number = Number("3" * len(pens), 0.99, Status.OK, 1, box, tuple(digits))
    return number, colour, ink


@pytest.mark.parametrize("pen", [BLUE, PENCIL])
def test_a_tick_in_red_behind_a_number_is_none_of_it(pen: tuple[int, int, int]) -> None:
    number, colour, ink = written(pen, pen, RED)
    parts = part_inks([number], colour, ink)
    assert [(part.text, part.status) for part in parts] == [
        ("33", Status.REVIEW), ("3", Status.REVIEW),
    ]  # fmt: skip


def test_one_pen_writes_one_number_lighter_here_and_there() -> None:
    for pen in (BLUE, RED, (200, 20, 30), (0, 150, 60)):
        number, colour, ink = written(pen, pen, pen, paler=0.3)
        assert part_inks([number], colour, ink) == [number]


def test_ink_too_pale_to_have_a_colour_and_places_without_ink_part_nothing() -> None:
    number, colour, ink = written((240, 235, 220), RED)
    assert part_inks([number], colour, ink) == [number]
    assert part_inks([number], colour, np.zeros_like(ink)) == [number]


def test_a_grey_page_has_one_ink() -> None:
    number, _, ink = written(BLUE, RED)
    assert part_inks([number], None, ink) == [number]


def test_a_picture_of_one_number_is_not_parted() -> None:
    number, colour, ink = written(BLUE, RED)
    assert part_inks([number], colour, ink, GroupOptions(layout="number")) == [number]


def test_a_digit_alone_has_one_ink() -> None:
    number, colour, ink = written(RED)
    assert part_inks([number], colour, ink) == [number]

"""Where the colour of the ink changes within a number, another pen begins."""

from __future__ import annotations

import numpy as np
import pytest

from digitize.geometry import union, window
from digitize.group.inks import part_inks
from digitize.group.options import GroupOptions
from digitize.records import Box, Digit, Number, Pixels, Status

BLUE, RED, PENCIL = (40, 50, 140), (190, 60, 60), (90, 90, 90)


def written(*pens: tuple[int, int, int], tint: int = 0) -> tuple[Number, Pixels, Pixels]:
    """Return a number with a digit by each pen, the page's colour and its ink of digits."""
    colour = np.full((120, 400, 3), 255, dtype=np.uint8)
    ink = np.zeros((120, 400), dtype=np.uint8)
    digits = []
    for at, pen in enumerate(pens):
        box = Box(40 + 40 * at, 40, 24, 40)
        ink[window(box)][:, 8:14] = 255
        colour[window(box)][:, 8:14] = np.array(pen) + tint * at
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
    number, colour, ink = written(BLUE, BLUE, BLUE, tint=20)
    assert part_inks([number], colour, ink) == [number]


def test_a_grey_page_has_one_ink() -> None:
    number, _, ink = written(BLUE, RED)
    assert part_inks([number], None, ink) == [number]


def test_a_picture_of_one_number_is_not_parted() -> None:
    number, colour, ink = written(BLUE, RED)
    assert part_inks([number], colour, ink, GroupOptions(layout="number")) == [number]


def test_a_digit_alone_has_one_ink() -> None:
    number, colour, ink = written(RED)
    assert part_inks([number], colour, ink) == [number]

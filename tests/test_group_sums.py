"""A minus before the last number of a sum may take it away."""

from __future__ import annotations

import numpy as np
import pytest

from digitize.group.sums import doubt_taken_away
from digitize.records import Box, Digit, Layers, Number, Status

HEIGHT = 40
LAST = Box(200, 160, 60, HEIGHT)


def number(text: str, box: Box) -> Number:
    digits = (Digit(3, 0.99, Status.OK, box),)
    return Number(text, 0.99, Status.OK, 1, box, digits)


def is_doubted(
    *, bar: tuple[int, int] = (140, 280), y: int = 212, above: float = 20, text: str = "-36"
) -> bool:
    """Tell whether a number is doubted over a bar, so many pixels below another number."""
    blank = np.zeros((400, 600), dtype=np.uint8)
    writing = blank.copy()
    writing[y : y + 4, slice(*bar)] = 255
    first = number("81", Box(190, LAST.y - above - HEIGHT, 70, HEIGHT))
    page = Layers(blank, writing, blank, HEIGHT)
    first, last = doubt_taken_away([first, number(text, LAST)], page)
    assert not first.doubted
    return last.doubted


def test_a_minus_below_a_number_and_over_a_bar_may_take_away() -> None:
    assert is_doubted()


def test_a_number_without_a_minus_is_believed() -> None:
    assert not is_doubted(text="36")


@pytest.mark.parametrize("bar", [(0, 600), (0, 280), (140, 600)])
def test_a_rule_that_goes_on_beside_it_is_no_bar(bar: tuple[int, int]) -> None:
    assert not is_doubted(bar=bar)


@pytest.mark.parametrize("y", [260, 170])
def test_a_bar_far_below_or_through_it_is_no_sums(y: int) -> None:
    assert not is_doubted(y=y)


def test_a_number_far_above_is_none_of_a_sum() -> None:
    assert not is_doubted(above=60)


def test_numbers_at_the_pages_edges_can_be_looked_at() -> None:
    blank = np.zeros((60, 60), dtype=np.uint8)
    numbers = [number("-3", Box(0, 0, 20, 20)), number("-3", Box(35, 25, 25, 35))]
    assert doubt_taken_away(numbers, Layers(blank, blank, blank, 30)) == numbers

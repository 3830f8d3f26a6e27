"""A comma run into a round digit is seen by its tail below the feet beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from digitize.geometry import union
from digitize.group.comma_tails import may_have_comma
from digitize.records import Box, Digit, Number, Pixels, Status

if TYPE_CHECKING:
    from tests.conftest import Paper

HEIGHT, PEN = 40, 4


def number_of(text: str, boxes: list[Box]) -> Number:
    digits = tuple(
        Digit(int(sign), 0.99, Status.OK, box) for sign, box in zip(text, boxes, strict=True)
    )
    return Number(text, 0.99, Status.OK, 1, union(boxes), digits)


def with_comma(
    paper: type[Paper], text: str, at: int, side: float, drop: int = 12
) -> tuple[Number, Pixels]:
    """A number whose digit `at` has a stroke from its foot down, so far across it."""
    page = paper().digits(text, 100, 100, HEIGHT)
    ink, boxes = page.ink.copy(), list(page.drawn)
    box = boxes[at]
    x = round(box.x + side * box.width)
    cv2.line(ink, (x + 2, round(box.bottom) - 4), (x - 2, round(box.bottom) + drop), 255, PEN)
    boxes[at] = Box(box.x, box.y, box.width, box.height + drop + PEN // 2)
    return number_of(text, boxes), ink


@pytest.mark.parametrize(("at", "side"), [(0, 0.9), (1, 0.1)])
@pytest.mark.parametrize("digit", "02356")
def test_a_tail_towards_a_neighbour_may_be_a_comma(
    paper: type[Paper], digit: str, at: int, side: float
) -> None:
    assert may_have_comma(*with_comma(paper, digit * 2, at, side))


@pytest.mark.parametrize(("at", "side"), [(0, 0.1), (1, 0.9)])
def test_a_tail_on_the_far_side_stands_between_no_digits(
    paper: type[Paper], at: int, side: float
) -> None:
    assert not may_have_comma(*with_comma(paper, "00", at, side))


def test_the_stem_of_a_9_may_hang_low(paper: type[Paper]) -> None:
    assert not may_have_comma(*with_comma(paper, "59", 1, 0.1))


def test_a_short_end_is_the_digits_own(paper: type[Paper]) -> None:
    assert not may_have_comma(*with_comma(paper, "55", 1, 0.1, drop=2))


def test_a_low_digit_ends_in_a_broad_foot() -> None:
    boxes = [Box(10, 10, 30, HEIGHT), Box(45, 20, 30, HEIGHT)]
    ink = np.zeros((80, 100), np.uint8)
    for box in boxes:
        cv2.rectangle(ink, (int(box.x), int(box.y)), (int(box.right) - 1, int(box.bottom) - 1), 255)
    assert not may_have_comma(number_of("22", boxes), ink)


def test_digits_far_apart_have_no_comma_run_into_them(paper: type[Paper]) -> None:
    number, ink = with_comma(paper, "00", 1, 0.1)
    left, right = number.digits
    far = Box(left.box.x - HEIGHT, left.box.y, left.box.width, left.box.height)
    assert not may_have_comma(number_of("00", [far, right.box]), ink)


@pytest.mark.parametrize("text", ["0123456789", "9876543210", "5", "7"])
def test_digits_on_one_line_have_none(paper: type[Paper], text: str) -> None:
    page = paper().digits(text, 100, 100, HEIGHT)
    assert not may_have_comma(number_of(text, list(page.drawn)), page.ink)

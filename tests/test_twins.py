"""Digits that look exactly alike have twins, as in print; those of a hand have none."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from digitize.records import Box, Digit, Number, Pixels, Status
from digitize.twins import patch_of, twin_shares

HEIGHT, WIDTH = 40, 24
BLACK, BLUE = (30, 30, 30), (40, 60, 180)
FIVE = np.array([(20, 0), (4, 0), (3, 16), (14, 14), (22, 26), (14, 39), (2, 36)])


class Sheet:
    """A page on which 5s are drawn, each of them a number of its own."""

    def __init__(self) -> None:
        self.colour = np.full((300, 600, 3), 255, dtype=np.uint8)
        self.numbers: list[Number] = []

    def five(self, x: int, y: int = 50, *, bent: float = 0.0, ink: tuple[int, int, int] = BLACK):
        """Draw one, bent as a hand bends it; 0 is what print looks like."""
        rng = np.random.default_rng(x)
        points = FIVE + rng.normal(0, bent, FIVE.shape) + (x, y)
        cv2.polylines(self.colour, [np.rint(points).astype(np.int32)], False, ink, 3, cv2.LINE_AA)
        return self.said(5, Box(x, y, WIDTH, HEIGHT))

    def bar(self, x: int, y: int = 50):
        cv2.line(self.colour, (x + 4, y), (x + 4, y + HEIGHT), BLACK, 3, cv2.LINE_AA)
        return self.said(1, Box(x, y, 8, HEIGHT))

    def said(self, digit: int, box: Box):
        read = Digit(digit, 0.99, Status.OK, box)
        self.numbers.append(Number(str(digit), 0.99, Status.OK, 1, box, (read,)))
        return self

    @property
    def grey(self) -> Pixels:
        return np.asarray(cv2.cvtColor(self.colour, cv2.COLOR_RGB2GRAY), dtype=np.uint8)

    def shares(self, *, in_colour: bool = True) -> list[float]:
        colour = self.colour if in_colour else None
        return twin_shares(self.numbers, self.grey, colour).tolist()


def test_digits_that_look_exactly_alike_have_twins() -> None:
    sheet = Sheet().five(50).five(200).five(350, 120)
    assert sheet.shares() == [1] * 3
    assert sheet.shares(in_colour=False) == [1] * 3


def test_digits_of_a_hand_have_none() -> None:
    assert Sheet().five(50, bent=2.5).five(200, bent=2.5).five(350, bent=2.5).shares() == [0] * 3


def test_digits_in_a_coloured_pen_have_none() -> None:
    sheet = Sheet().five(50, ink=BLUE).five(200, ink=BLUE)
    assert sheet.shares() == [0] * 2


def test_colour_is_seen_in_a_number_however_far_its_digits_stand_apart() -> None:
    sheet = Sheet().five(50, ink=BLUE).five(210, ink=BLUE).five(370, ink=BLUE)
    digits = tuple(number.digits[0] for number in sheet.numbers)
    box = Box(50, 50, 320 + WIDTH, HEIGHT)
    sheet.numbers = [Number("555", 0.99, Status.OK, 1, box, digits)]
    assert sheet.shares() == [0]
    assert sheet.shares(in_colour=False) == [1]


def test_a_digit_alone_has_no_twin_and_bars_do_not_count() -> None:
    assert Sheet().five(50).bar(150).bar(200).shares() == [0] * 3


def test_a_number_has_the_share_of_its_digits() -> None:
    sheet = Sheet().five(50).five(80, bent=2.5).five(300)
    first, second, third = sheet.numbers
    digits = (*first.digits, *second.digits)
    pair = Number("55", 0.99, Status.OK, 1, Box(50, 50, 54, HEIGHT), digits)
    sheet.numbers = [pair, third]
    assert sheet.shares() == [0.5, 1]


def test_digits_of_another_size_are_no_twins() -> None:
    sheet = Sheet().five(50).five(200)
    large = cv2.resize(sheet.colour, None, fx=1.3, fy=1.3)
    box = Box(260, 65, 31, 52)
    sheet.colour[150:, :] = 255
    sheet.colour[150:280, 240:320] = large[40:170, 240:320]
    sheet.numbers = sheet.numbers[:1]
    sheet.said(5, Box(box.x, box.y + 110, box.width, box.height))
    assert sheet.shares() == [0, 0]


def test_a_patch_at_the_side_of_the_page_and_an_empty_one_are_patches() -> None:
    blank = np.full((60, 60), 255, dtype=np.uint8)
    for box in (Box(0, 0, 10, 30), Box(50, 40, 10, 20)):
        assert not patch_of(blank, box).any()


@pytest.mark.parametrize("numbers", [[], Sheet().bar(50).numbers])
def test_without_digits_to_compare_there_are_no_twins(numbers: list[Number]) -> None:
    blank = np.full((300, 600), 255, dtype=np.uint8)
    assert twin_shares(numbers, blank).tolist() == [0] * len(numbers)

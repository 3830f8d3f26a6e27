"""A dash that touches its digit sends the number to review; a digit's own strokes do not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from digitize.group.dashed import may_have_dash
from digitize.records import Box, Digit, Number, Pixels, Status

TOP, HEIGHT, PEN = 50, 40, 3


def is_doubted(*strokes: list[tuple[int, int]], digit: int = 2) -> bool:
    """Tell whether a number of one digit is doubted that is drawn with these strokes.

    strokes: points, x and y, 0 at the left and top of the digit, which is 40 high.
    """
    ink: Pixels = np.zeros((150, 200), np.uint8)
    for stroke in strokes:
        points = np.array([(60 + x, TOP + y) for x, y in stroke], np.int32)
        cv2.polylines(ink, [points], False, 255, PEN)
    box = Box(*map(float, cv2.boundingRect(ink)))
    read = Digit(digit, 0.99, Status.OK, box)
    return may_have_dash(Number(str(digit), 0.99, Status.OK, 1, box, (read,)), ink)


TWO = [(2, 8), (8, 0), (20, 2), (22, 10), (0, 40), (26, 40)]
FOUR = [(18, 0), (0, 22), (26, 22)]
ONE = [(0, 12), (12, 0), (12, 40)]


def test_a_level_stroke_before_a_digit_may_be_its_minus() -> None:
    assert is_doubted(TWO, [(-14, 24), (10, 24)])


@pytest.mark.parametrize(
    "stroke",
    [[(-14, 2), (10, 2)], [(-14, 39), (10, 39)], [(-14, 34), (10, 16)], [(-4, 24), (10, 24)]],
    ids=["at the top", "at the foot", "climbing", "short"],
)
def test_other_strokes_before_it_are_none(stroke: list[tuple[int, int]]) -> None:
    assert not is_doubted(TWO, stroke)


def test_digits_as_they_are_have_none() -> None:
    assert not is_doubted(TWO)
    assert not is_doubted(ONE, digit=1)
    assert not is_doubted(FOUR, [(16, 10), (16, 40)], digit=4)


def test_the_bar_of_a_seven_is_its_own() -> None:
    bar = [(-6, 20), (22, 20)]
    seven = [(8, 0), (28, 0), (10, 40)]
    assert not is_doubted(seven, bar, digit=7)
    assert is_doubted(seven, bar, digit=2)


def test_a_dash_before_the_arm_of_a_four_may_be_its_minus() -> None:
    assert is_doubted(FOUR, [(16, 10), (16, 40)], [(-14, 22), (0, 22)], digit=4)

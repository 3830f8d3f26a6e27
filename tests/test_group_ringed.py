"""A 0 far higher than digits are, parted by a stroke, may be a ring around a digit."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from digitize.group.ringed import may_have_ring
from digitize.records import Box, Digit, Number, Pixels, Status

HEIGHT = 40


def is_doubted(tall: int, *, stroke: bool, digit: int = 0) -> bool:
    """Tell whether a ring so high, read as a digit, is doubted among digits 40 pixels high."""
    ink: Pixels = np.zeros((150, 200), np.uint8)
    cv2.ellipse(ink, (100, 75), (tall // 3, tall // 2), 0, 0, 360, 255, 3)
    if stroke:
        cv2.line(ink, (100 - tall // 4, 75 + tall // 3), (100 + tall // 4, 75 - tall // 3), 255, 3)
    box = Box(*map(float, cv2.boundingRect(ink)))
    read = Digit(digit, 0.99, Status.OK, box)
    return may_have_ring(Number(str(digit), 0.99, Status.OK, 1, box, (read,)), ink, HEIGHT)


def test_a_stroke_in_a_high_ring_may_be_a_digit() -> None:
    assert is_doubted(60, stroke=True)


@pytest.mark.parametrize(("tall", "stroke"), [(60, False), (40, True), (40, False)])
def test_a_large_zero_and_one_with_a_stroke_are_believed(tall: int, *, stroke: bool) -> None:
    assert not is_doubted(tall, stroke=stroke)


def test_an_eight_has_two_rooms_of_its_own() -> None:
    assert not is_doubted(60, stroke=True, digit=8)

"""A number whose ink may say something else is for review, and no other."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from digitize.group.by_ink import doubt_by_ink, is_hardly_digits, usual_height
from digitize.records import Box, Digit, Layers, Number, Pixels, Status

ONE, TWO, THREE = (Box(x, 20, 10, 40) for x in (10, 30, 80))


def number_of(*boxes: Box) -> Number:
    digits = tuple(Digit(1, 0.99, Status.OK, box) for box in boxes)
    return Number("1" * len(boxes), 0.99, Status.OK, 1, boxes[0], digits)


def ink_in(*boxes: Box) -> Pixels:
    ink = np.zeros((100, 120), dtype=np.uint8)
    for box in boxes:
        ink[round(box.y) : round(box.bottom), round(box.x) : round(box.right)] = 255
    return ink


def layers(*, hardly: Pixels | None = None, stroke: bool = False) -> Layers:
    """A page of three digits; where wanted, a stroke in other writing runs through the third."""
    digits = ink_in(ONE, TWO, THREE)
    writing = np.zeros_like(digits)
    if stroke:
        cv2.line(writing, (70, 40), (100, 40), 255, 3)
    return Layers(digits, writing, np.zeros_like(digits), 40.0, hardly=hardly)


def test_each_number_is_judged_by_its_own_ink() -> None:
    numbers = [number_of(ONE, TWO), number_of(THREE)]
    assert doubt_by_ink(numbers, layers()) == numbers
    judged = doubt_by_ink(numbers, layers(hardly=ink_in(TWO)))
    assert [one.status for one in judged] == [Status.REVIEW, Status.OK]
    assert [one.doubted for one in judged] == [True, False]
    assert [one.doubted for one in doubt_by_ink(numbers, layers(stroke=True))] == [False, True]


RING, BRACKET, DASHED, TICK = (np.zeros((100, 120), dtype=np.uint8) for _ in range(4))
cv2.ellipse(RING, (60, 50), (24, 29), 0, 0, 360, 255, 3)
cv2.line(RING, (40, 66), (80, 34), 255, 3)
cv2.ellipse(BRACKET, (60, 50), (14, 24), 0, 110, 250, 255, 3)
DASHED[30:70, 60:65] = DASHED[48:52, 46:61] = 255
cv2.polylines(TICK, [np.array([(40, 55), (50, 72), (84, 26)])], False, 255, 3)


@pytest.mark.parametrize(
    ("ink", "digit", "beside"),
    [(RING, 0, []), (BRACKET, 1, [Box(80, 30, 20, 40)]), (DASHED, 1, []), (TICK, 1, [])],
    ids=["ring", "bracket", "dash", "tick"],
)
def test_ink_that_may_be_something_else_sends_its_number_to_review(
    ink: Pixels, digit: int, beside: list[Box]
) -> None:
    first = Box(*map(float, cv2.boundingRect(ink)))
    number = number_of(first, *beside)
    digits = (replace(number.digits[0], digit=digit), *number.digits[1:])
    page = replace(layers(), digits=np.maximum(ink, ink_in(*beside)))
    (judged,) = doubt_by_ink([replace(number, digits=digits)], page)
    assert judged.doubted


def test_a_rule_that_ends_at_a_lone_digit_sends_it_to_review() -> None:
    shaft = ink_in(Box(0, 38, 81, 3))
    (judged,) = doubt_by_ink([number_of(THREE)], replace(layers(), rules=shaft))
    assert judged.doubted


def test_what_is_for_review_already_stays_as_it_is() -> None:
    known = replace(number_of(THREE), doubted=True)
    assert doubt_by_ink([known], layers(stroke=True)) == [known]


def test_a_crumb_of_doubtful_ink_beside_a_digit_says_nothing() -> None:
    crumb = Box(TWO.x, TWO.y, 4, 10)
    assert not is_hardly_digits(number_of(ONE, TWO), ink_in(ONE, TWO), ink_in(crumb))
    assert is_hardly_digits(number_of(ONE, TWO), ink_in(ONE, TWO), ink_in(TWO))


def test_a_stroke_that_could_be_other_writing_is_doubted_at_the_end_alone() -> None:
    """Where the l of `5 l` stands, and the 1 of 15 does not."""
    ones, first, last = number_of(ONE, TWO), ink_in(ONE), ink_in(TWO)
    assert not is_hardly_digits(ones, ink_in(ONE, TWO), first)
    assert is_hardly_digits(ones, ink_in(ONE, TWO), last)
    five = replace(ones, digits=(replace(ones.digits[0], digit=5), ones.digits[1]))
    assert is_hardly_digits(five, ink_in(ONE, TWO), first)


def test_where_no_ink_is_doubtful_no_digit_is() -> None:
    assert not is_hardly_digits(number_of(ONE), ink_in(ONE), None)
    assert not is_hardly_digits(number_of(ONE), ink_in(ONE), ink_in())


def test_print_that_is_read_does_not_say_how_large_digits_are_written() -> None:
    printed = [Box(x, 70, 6, 20) for x in (10, 20, 30, 40, 50)]
    page = replace(layers(hardly=ink_in(*printed)), digits=ink_in(ONE, TWO, *printed))
    digits = [*number_of(ONE, TWO).digits, *number_of(*printed).digits]
    assert usual_height(digits, page) == ONE.height
    assert usual_height(digits[2:], page) == printed[0].height
    assert usual_height(digits, replace(page, hardly=None)) == printed[0].height

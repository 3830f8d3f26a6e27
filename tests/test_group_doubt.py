"""A number with a digit that hardly is one is for review, and no other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from digitize.group.doubt import doubt_rows, doubt_uneven, doubt_unlike_digits
from digitize.records import Box, Digit, Number, Status

ONE, TWO, THREE = (Box(x, 20, 10, 40) for x in (10, 30, 80))


def number_of(*boxes: Box) -> Number:
    digits = tuple(Digit(1, 0.99, Status.OK, box) for box in boxes)
    return Number("1" * len(boxes), 0.99, Status.OK, 1, boxes[0], digits)


def ink_in(*boxes: Box) -> np.ndarray:
    ink = np.zeros((100, 120), dtype=np.uint8)
    for box in boxes:
        ink[round(box.y) : round(box.bottom), round(box.x) : round(box.right)] = 255
    return ink


def test_low_zeros_are_of_the_same_hand() -> None:
    number = of_heights(40, 40, 20)
    digits = (*number.digits[:2], replace(number.digits[2], digit=0))
    assert not doubt_uneven([replace(number, text="110", digits=digits)], 40)[0].doubted
    assert doubt_uneven([number], 40)[0].doubted


def of_heights(*heights: float) -> Number:
    return number_of(*(Box(30 * at, 0, 20, height) for at, height in enumerate(heights)))


def test_a_number_of_digits_of_two_sizes_may_be_print_and_a_digit_beside_it() -> None:
    printed, even, usual = of_heights(20, 38), of_heights(30, 38), of_heights(40)
    judged = doubt_uneven([printed, even, usual], 38)
    assert [one.doubted for one in judged] == [True, False, False]


def test_a_number_of_another_size_than_the_pages_others_is_for_review() -> None:
    numbers = [of_heights(40, 40)] * 3 + [of_heights(20), of_heights(26), of_heights(72)]
    assert [one.doubted for one in doubt_uneven(numbers, 40)] == [False] * 3 + [True, False, True]


def of_chances(*digits: tuple[float, float]) -> Number:
    """A number of digits so sure, with so sure a runner-up; what is left is no digit."""
    number = of_heights(*[40.0] * len(digits))
    read = (
        replace(digit, confidence=sure, alternatives=((7, other),))
        for digit, (sure, other) in zip(number.digits, digits, strict=True)
    )
    return replace(number, digits=tuple(read))


def test_a_lone_digit_that_may_well_be_none_is_for_review() -> None:
    tick, unclear, clear = of_chances((0.59, 0.02)), of_chances((0.59, 0.4)), of_chances((0.9, 0))
    judged = doubt_unlike_digits([tick, unclear, clear])
    assert [one.doubted for one in judged] == [True, False, False]


def test_digits_beside_others_are_believed_to_be_digits() -> None:
    number = of_chances((0.59, 0.02), (0.99, 0.0))
    assert doubt_unlike_digits([number]) == [number]


def lone(*widths: float, space: float = 60) -> list[Number]:
    """Lone digits side by side, 40 pixels high and so wide."""
    return [number_of(Box(space * at, 0, width, 40)) for at, width in enumerate(widths)]


def test_lone_digits_in_a_row_with_bare_strokes_may_be_a_comb() -> None:
    judged = doubt_rows(lone(24, 4, 24, 4, 24))
    assert all(one.doubted for one in judged)


def test_lone_digits_without_bare_strokes_or_far_apart_are_believed() -> None:
    for row in (lone(24, 24, 24, 4, 24), lone(24, 4, 4), lone(24, 4, 24, 4, space=400)):
        assert doubt_rows(row) == row

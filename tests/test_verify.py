"""What was read as a number is judged by all that is known of it, and with all of its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.geometry import union
from digitize.records import Box, Digit, FlatPage, Layers, Number, Pixels, Status
from digitize.verify import evidence, verify

HEIGHT = 40
NO_TWINS = np.zeros(1)
SURELY, PROBABLY, RATHER, MAY_BE, RATHER_NOT, HARDLY = 7.0, 3.0, 2.0, 0.0, -1.0, -6.0
"""Logarithms of odds of ink that is a digit's, from what clearly is to what clearly is not."""


def page(*odds: float, digits_each: int = 2) -> tuple[list[Number], Layers]:
    """Return a column of numbers of so many digits, one or two, whose ink looks so, a row each."""
    shape = (HEIGHT * (2 * len(odds) + 2), 400)
    ink, plane = np.zeros(shape, dtype=np.uint8), np.zeros(shape, dtype=np.float16)
    numbers = []
    for row, look in enumerate(odds):
        y = HEIGHT * (2 * row + 1)
        boxes = [Box(x, y, 25, HEIGHT) for x in (150, 180)[:digits_each]]
        for box in boxes:
            ink[y : y + HEIGHT, int(box.x) + 10 : int(box.x) + 15] = 255
        plane[y : y + HEIGHT, 150:210] = look
        digits = tuple(Digit(7, 0.99, Status.OK, box) for box in boxes)
        text = "7" * digits_each
        numbers.append(Number(text, 0.98, Status.OK, row + 1, union(boxes), digits))
    return numbers, Layers(ink, np.zeros_like(ink), np.zeros_like(ink), HEIGHT, odds=plane)


def judged(
    numbers: list[Number],
    layers: Layers,
    grey: Pixels | None = None,
    lists: Sequence[Sequence[int]] = (),
) -> list[Number]:
    """Return what `verify` leaves of the numbers; without a page they all look different."""
    blank = np.full(layers.digits.shape, 255, dtype=np.uint8)
    flat = FlatPage(blank if grey is None else grey, layers.digits, np.eye(3), 0.0)
    return verify(numbers, lists, layers, flat)


def test_what_clearly_is_handwriting_of_digits_is_left_alone() -> None:
    numbers, layers = page(SURELY, SURELY, SURELY)
    assert judged(numbers, layers) == numbers


def test_a_number_that_rather_is_none_is_for_review_and_not_lost() -> None:
    numbers, layers = page(SURELY, SURELY, *[RATHER_NOT] * 8)
    *sure, doubtful = judged(numbers, layers)
    assert sure[:2] == numbers[:2]
    assert (doubtful.status, doubtful.doubted, doubtful.text) == (Status.REVIEW, True, "77")
    assert doubtful.confidence < 0.5


def test_a_number_that_is_only_rather_likely_one_is_for_review_too() -> None:
    (number,) = judged(*page(RATHER))
    assert number.status == Status.REVIEW
    assert 0.5 < number.confidence < 0.8


def test_marks_that_are_doubted_anyway_cast_no_doubt_on_the_numbers_beside_them() -> None:
    numbers, layers = page(*[PROBABLY] * 6, *[RATHER_NOT] * 20)
    assert {number.status for number in judged(numbers, layers)} == {Status.REVIEW}
    marks = [replace(mark, status=Status.REVIEW, doubted=True) for mark in numbers[6:]]
    assert judged([*numbers[:6], *marks], layers)[:6] == numbers[:6]


def test_what_hardly_is_a_number_is_not_said() -> None:
    numbers, layers = page(SURELY, HARDLY, SURELY)
    assert judged(numbers, layers) == [numbers[0], numbers[2]]


def test_a_line_of_a_list_stays_where_most_of_its_lines_do() -> None:
    numbers, layers = page(SURELY, HARDLY, SURELY)
    kept = judged(numbers, layers, lists=[[0, 1, 2]])
    assert [number.doubted for number in kept] == [False, True, False]


def test_the_lines_of_a_printed_list_go_as_other_print_does() -> None:
    numbers, layers = page(SURELY, HARDLY, HARDLY)
    assert judged(numbers, layers, lists=[[0, 1, 2]]) == numbers[:1]


def test_digits_alone_in_a_column_of_what_rather_is_none_are_not_said() -> None:
    rest, layers = page(*[RATHER_NOT] * 30, digits_each=1)
    assert judged(rest, layers) == []
    several, layers = page(*[RATHER_NOT] * 30)
    assert len(judged(several, layers)) == 30


def test_digits_that_clearly_are_some_stay_in_any_column() -> None:
    numbers, layers = page(*[SURELY, RATHER_NOT, RATHER_NOT] * 8, digits_each=1)
    kept = judged(numbers, layers)
    assert [number for number in numbers[::3] if number in kept] == numbers[::3]


def test_a_page_of_prose_on_which_nothing_looks_like_a_number_has_none() -> None:
    numbers, layers = page(*[RATHER_NOT] * 9)
    layers.writing[:, 300:380] = 255
    assert judged(numbers, layers) == []


def test_a_lone_number_amid_prose_that_may_be_one_is_for_review() -> None:
    numbers, layers = page(MAY_BE)
    layers.writing[:, 300:380] = 255
    (left,) = judged(numbers, layers)
    assert left.status == Status.REVIEW


def test_a_lone_number_is_not_believed_for_hope() -> None:
    assert judged(*page(MAY_BE))[0].status == Status.REVIEW


def test_that_a_page_has_few_numbers_refuses_none() -> None:
    numbers, layers = page(*[RATHER_NOT] * 40)
    assert len(judged(numbers, layers)) == 40


def test_what_else_the_digits_of_a_doubtful_number_may_be_is_as_doubtful() -> None:
    (number,), layers = page(RATHER_NOT)
    likely = tuple(replace(d, alternatives=((1, 0.01),)) for d in number.digits)
    (doubtful,) = judged([replace(number, digits=likely)], layers)
    for digit in doubtful.digits:
        assert digit.alternatives[0][1] < 0.01 * 0.5
        assert digit.alternatives[0][1] / digit.confidence == pytest.approx(0.01 / 0.99)


def test_the_digits_of_what_rather_is_none_are_doubted_with_it() -> None:
    (doubtful,) = judged(*page(RATHER_NOT))
    assert {digit.status for digit in doubtful.digits} == {Status.REVIEW}
    assert max(digit.confidence for digit in doubtful.digits) < 0.5


def test_what_was_won_back_is_never_refused() -> None:
    numbers, layers = page(SURELY, HARDLY)
    won_back = np.zeros_like(layers.digits)
    won_back[3 * HEIGHT : 4 * HEIGHT] = layers.digits[3 * HEIGHT : 4 * HEIGHT]
    left = judged(numbers, replace(layers, won_back=won_back))
    assert [each.status for each in left] == [Status.OK, Status.REVIEW]


@given(st.floats(-9, 9), st.floats(-9, 9))
def test_the_less_ink_looks_like_a_digit_the_less_a_number_is_believed(
    one: float, other: float
) -> None:
    less, more = (judged(*page(look)) for look in sorted((one, other)))
    assert len(less) <= len(more)
    assert not less or less[0].confidence <= more[0].confidence


def test_what_was_refused_counts_as_prose() -> None:
    numbers, layers = page(*[RATHER_NOT] * 3, *[HARDLY] * 9)
    assert judged(numbers, layers) == []


def test_without_prose_such_a_page_loses_none() -> None:
    numbers, layers = page(*[RATHER_NOT] * 9)
    assert [each.status for each in judged(numbers, layers)] == [Status.REVIEW] * 9


def test_one_sure_number_amid_prose_keeps_those_that_may_be_some() -> None:
    numbers, layers = page(*[RATHER_NOT] * 5, SURELY)
    layers.writing[:, 300:380] = 255
    assert [each.text for each in judged(numbers, layers)] == ["77"] * 6


def test_without_an_ink_network_nothing_is_judged() -> None:
    numbers, layers = page(HARDLY)
    assert judged(numbers, replace(layers, odds=None)) == numbers


def test_a_page_without_numbers_stays_without() -> None:
    _, layers = page(SURELY)
    assert judged([], layers) == []


@pytest.mark.parametrize("side", [105, 210])
def test_other_writing_to_either_side_tells_against_a_number(side: int) -> None:
    numbers, layers = page(SURELY)
    layers.writing[HEIGHT : 2 * HEIGHT, side : side + 30] = 255
    apart, beside = (evidence(numbers, each, NO_TWINS)[0] for each in (page(SURELY)[1], layers))
    assert np.flatnonzero(apart != beside).tolist() == [3]
    assert beside[3] > apart[3] == 0


def test_writing_above_and_below_does_not() -> None:
    numbers, layers = page(SURELY)
    layers.writing[: HEIGHT - 5] = layers.writing[2 * HEIGHT + 5 :] = 255
    assert (
        evidence(numbers, layers, NO_TWINS) == evidence(numbers, page(SURELY)[1], NO_TWINS)
    ).all()


def test_ink_off_the_digits_says_nothing() -> None:
    numbers, layers = page(SURELY)
    assert layers.odds is not None
    layers.odds[layers.digits == 0] = HARDLY
    assert (
        evidence(numbers, layers, NO_TWINS) == evidence(numbers, page(SURELY)[1], NO_TWINS)
    ).all()


@pytest.mark.parametrize("x", [0, 345])
def test_a_number_at_the_edge_of_the_page_is_judged_by_its_ink_too(x: int) -> None:
    numbers, layers = page(SURELY)
    assert layers.odds is not None
    moved = replace(
        layers,
        digits=np.roll(layers.digits, x - 150, axis=1),
        odds=np.roll(layers.odds, x - 150, axis=1),
    )
    number = replace(numbers[0], box=replace(numbers[0].box, x=x))
    assert (evidence([number], moved, NO_TWINS) == evidence(numbers, layers, NO_TWINS)).all()


def test_numbers_whose_digits_look_exactly_alike_are_for_review() -> None:
    numbers, layers = page(SURELY, SURELY)
    same = judged(numbers, layers, 255 - layers.digits)
    assert [(number.status, number.doubted) for number in same] == [(Status.REVIEW, True)] * 2
    unknown = judged(numbers, replace(layers, odds=None), 255 - layers.digits)
    assert [number.doubted for number in unknown] == [True] * 2

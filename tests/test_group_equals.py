"""The strokes of an equals sign are no dashes of the numbers beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked_numbers import HEIGHT, TOP, dash, number

from digitize.group import read_marks
from digitize.group.equals import find_equals, without_equals
from digitize.records import Box, Status

UPPER, LOWER = dash(70, TOP + 15), dash(70, TOP + 25)


def left(marks: list[Box]) -> list[Box]:
    """What is left of the marks without equals signs."""
    return without_equals(marks, find_equals(marks))


@pytest.mark.parametrize(("text", "status"), [("56601", Status.REVIEW), ("56602", Status.OK)])
def test_a_last_1_close_before_an_equals_sign_may_be_the_slash_of_an_amount(
    text: str, status: Status
) -> None:
    amount = number(text)
    sign = [dash(amount.box.right + 14, y) for y in (TOP + 15, TOP + 25)]
    far = [dash(amount.box.right + 60, y) for y in (TOP + 15, TOP + 25)]
    assert [each.status for each in read_marks([amount], sign)] == [status]
    assert [each.status for each in read_marks([amount], far)] == [Status.OK]


def test_a_lone_digit_before_an_equals_sign_may_be_a_name() -> None:
    """`b = 12` and `3 4 = 12`, the plus between them being a mark of its own."""
    name, value, other = number("6", 100), number("12", 200), number("3", 40)
    sign = [dash(name.box.right + 30, y) for y in (TOP + 15, TOP + 25)]
    first, second = read_marks([name, value], sign)
    assert (first.status, second.status) == (Status.REVIEW, Status.OK)
    assert {each.status for each in read_marks([other, name, value], sign)} == {Status.OK}


def test_behind_an_equals_sign_a_number_is_sure() -> None:
    (read,) = read_marks([number("12")], [UPPER, LOWER])
    assert (read.text, read.status) == ("12", Status.OK)


def test_a_minus_behind_it_is_the_numbers() -> None:
    signs = [Box(each.x - 30, each.y, each.width, each.height) for each in (UPPER, LOWER)]
    (read,) = read_marks([number("12")], [*signs, dash(86)])
    assert (read.text, read.status) == ("-12", Status.OK)


@pytest.mark.parametrize(
    "other",
    [
        dash(70, TOP + 60),
        dash(90, TOP + 25),
        Box(40, TOP + 24, 60, 4),
        Box(66, TOP + 22, 6, 6),
    ],
    ids=["far below", "aside", "much longer", "a point"],
)
def test_a_dash_with_something_else_below_stays(other: Box) -> None:
    assert left([UPPER, other]) == [UPPER, other]


def test_two_thin_strokes_close_together_may_be_a_minus_and_are_for_review() -> None:
    (read,) = read_marks([number("12")], [dash(70, TOP + 18), dash(70, TOP + 22)])
    assert read.status is Status.REVIEW


def test_three_strokes_are_no_equals_sign() -> None:
    marks = [UPPER, LOWER, dash(70, TOP + 20)]
    assert left(marks) == marks
    assert left(marks[:1]) == marks[:1]
    assert left([]) == []


@given(
    st.lists(
        st.builds(
            Box,
            st.floats(0, 300),
            st.floats(0, 300),
            st.floats(1, HEIGHT),
            st.floats(1, HEIGHT / 2),
        ),
        max_size=12,
    )
)
def test_marks_go_two_by_two_and_the_others_keep_their_order(marks: list[Box]) -> None:
    others = left(marks)
    assert (len(marks) - len(others)) % 2 == 0
    remaining = iter(marks)
    assert all(any(mark is other for other in remaining) for mark in others)

"""Columns too regular for a hand send their numbers to review, and no others."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from digitize.group.columns import doubt_columns, find_columns
from digitize.records import Box, Digit, Number, Status

HEIGHT, PITCH = 40.0, 70.0


def number(text: str, row: float, x: float = 100, height: float = HEIGHT) -> Number:
    boxes = [Box(x + 30 * at, 100 + PITCH * row, 24, height) for at in range(len(text))]
    digits = tuple(
        Digit(int(each), 0.99, Status.OK, box) for each, box in zip(text, boxes, strict=True)
    )
    whole = Box(x, 100 + PITCH * row, 30 * len(text) - 6, height)
    return Number(text, 0.99, Status.OK, 1, whole, digits)


def column(texts: Sequence[str], heights: Sequence[float] = (HEIGHT,)) -> list[Number]:
    return [number(text, row, height=heights[row % len(heights)]) for row, text in enumerate(texts)]


def doubtful(numbers: Sequence[Number]) -> list[str]:
    return [each.text for each in doubt_columns(numbers) if each.doubted]


BY_HAND = (36.0, 44.0, 40.0)


def test_rows_counted_in_digits_of_one_height_are_print() -> None:
    assert doubtful(column(["8", "9", "10", "11", "12"])) == ["8", "9", "10", "11", "12"]


def test_rows_counted_by_hand_are_believed() -> None:
    assert doubtful(column(["8", "9", "10", "11", "12"], BY_HAND)) == []


def test_even_numbers_that_do_not_count_are_believed() -> None:
    assert doubtful(column(["8", "3", "10", "7", "12"])) == []


def test_a_count_that_begins_below_other_numbers_is_found() -> None:
    assert doubtful(column(["7", "3", "1", "2", "3", "4", "9"])) == ["1", "2", "3", "4"]


def test_three_counted_rows_may_be_chance() -> None:
    assert doubtful(column(["1", "2", "3", "9"])) == []


def test_numbers_that_nearly_all_end_with_a_stroke_may_have_a_bracket() -> None:
    texts = ["21", "31", "41", "7", "61"]
    assert doubtful(column(texts, BY_HAND)) == ["21", "31", "41", "61"]
    assert doubtful(column(["21", "35", "41", "78", "61"], BY_HAND)) == []


def in_own_size(height: float, heights: Sequence[float] = (1.0,)) -> list[Number]:
    """A column of another size than the page's numbers, which stand beside it."""
    side = [
        number(text, row, height=height * heights[row % len(heights)])
        for row, text in enumerate(["6", "8", "5", "11"])
    ]
    return [*side, *(number("7", row, 400, BY_HAND[row % 3]) for row in range(8))]


def test_a_column_of_even_digits_in_a_size_of_its_own_is_print() -> None:
    assert doubtful(in_own_size(27)) == ["6", "8", "5", "11"]
    assert doubtful(in_own_size(60)) == ["6", "8", "5", "11"]


def test_a_column_as_large_as_the_pages_digits_or_uneven_is_believed() -> None:
    assert doubtful(in_own_size(38)) == []
    assert doubtful(in_own_size(27, (1.0, 1.1, 1.2))) == []


def test_strokes_straight_below_one_another_are_a_rule() -> None:
    assert doubtful(column(["1"] * 5, BY_HAND)) == ["1"] * 5
    by_hand = [number("1", row, 100 + 9 * (row % 2)) for row in range(6)]
    assert doubtful(by_hand) == []


def test_a_leaning_column_is_one_and_far_numbers_are_in_none() -> None:
    leaning = [number("5", row, 100 + 4 * row) for row in range(5)]
    (found,) = find_columns([*leaning, number("5", 2, 400), number("5", 40)])
    assert found == leaning


@given(st.lists(st.integers(0, 999), max_size=12))
def test_no_number_is_lost_or_changed_but_for_its_doubt(values: list[int]) -> None:
    numbers = [number(str(value), row) for row, value in enumerate(values)]
    judged = doubt_columns(numbers)
    assert [(each.text, each.box, each.confidence) for each in judged] == [
        (each.text, each.box, each.confidence) for each in numbers
    ]

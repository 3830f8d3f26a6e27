"""Brackets behind the numbers of a list are no digits."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from digitize.group.brackets import without_brackets
from digitize.group.options import GroupOptions
from digitize.records import Box, Digit, Number, Status

PITCH = 70.0


def column(texts: Sequence[str]) -> list[Number]:
    return [number(text, 100 + PITCH * row) for row, text in enumerate(texts)]


def number(text: str, y: float) -> Number:
    digits = tuple(
        Digit(int(each), 0.99, Status.OK, Box(100.0 + 30 * at, y, 24, 40))
        for at, each in enumerate(text)
    )
    return Number(text, 0.97, Status.OK, 1, Box(100, y, 30 * len(text) - 6, 40), digits)


def read(texts: Sequence[str]) -> list[str]:
    return [each.text for each in without_brackets(column(texts), GroupOptions())]


def test_the_numbers_of_a_list_lose_what_was_read_for_their_brackets() -> None:
    assert read(["81", "91", "101", "111", "121"]) == ["8", "9", "10", "11", "12"]


def test_their_boxes_end_where_their_digits_do_and_they_are_for_review() -> None:
    first = without_brackets(column(["11", "21", "31", "41"]), GroupOptions())[0]
    assert (first.box.width, first.status, first.doubted) == (24, Status.REVIEW, True)


def test_one_number_misread_does_not_hide_the_list() -> None:
    assert read(["11", "21", "81", "41", "51", "61"]) == ["1", "2", "8", "4", "5", "6"]


def test_a_number_of_the_list_whose_bracket_was_not_read_stays_as_it_is() -> None:
    assert read(["11", "21", "3", "41", "51", "61"]) == ["1", "2", "3", "4", "5", "6"]


@pytest.mark.parametrize(
    "texts",
    [
        ["11", "21", "31"],  # too few to tell
        ["11", "71", "31", "21", "91"],  # they do not count
        ["11", "12", "13", "14", "15"],  # they count with their last digit
        ["1", "1", "1", "1", "1"],  # nothing would be left
    ],
)
def test_other_columns_keep_their_ones(texts: list[str]) -> None:
    assert read(texts) == texts

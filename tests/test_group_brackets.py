"""Brackets behind the numbers of a list are no digits."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from digitize.group.brackets import without_brackets
from digitize.group.options import GroupOptions
from digitize.records import Box, Digit, Number, Status

PITCH = 70.0


def column(texts: Sequence[str], ends: float = 50) -> list[Number]:
    """Return numbers below one another, 40 pixels high but for their last digits."""
    return [number(text, 100 + PITCH * row, ends) for row, text in enumerate(texts)]


def number(text: str, y: float, ends: float) -> Number:
    heights = [40.0] * (len(text) - 1) + [ends]
    digits = tuple(
        Digit(int(each), 0.99, Status.OK, Box(100.0 + 30 * at, y, 24, height))
        for at, (each, height) in enumerate(zip(text, heights, strict=True))
    )
    return Number(text, 0.97, Status.OK, 1, Box(100, y, 30 * len(text) - 6, ends), digits)


def read(texts: Sequence[str], ends: float = 50) -> list[str]:
    return [each.text for each in without_brackets(column(texts, ends), GroupOptions())]


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


def test_a_long_list_needs_no_high_brackets_but_years_by_tens_do() -> None:
    assert read(["31", "41", "51", "61", "71"], ends=40) == ["3", "4", "5", "6", "7"]
    decades = ["1891", "1901", "1911", "1921", "1931"]
    assert read(decades, ends=40) == decades


@pytest.mark.parametrize("texts", [["11", "21", "31", "41"], ["1891", "1901", "1911", "1921"]])
def test_columns_that_count_by_tens_keep_ones_no_higher_than_other_digits(texts: list[str]) -> None:
    assert read(texts, ends=42) == texts
    assert read(texts, ends=50) != texts

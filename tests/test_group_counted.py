"""A misread number of a list is read as what its place says, for review."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.geometry import union
from digitize.group import GroupOptions, lines_of_lists, read_by_count, without_letters
from digitize.records import Box, Digit, Number, Status

HEIGHT, WIDTH, PITCH, LINES = 40.0, 24.0, 30.0, 90.0
UNSURE = 0.7


def line(row: int, text: str, *, sure: float = 0.99, x: float = 100) -> Number:
    """A number on a line of the page, as sure as that."""
    digits = tuple(
        Digit(int(sign), sure, Status.OK, Box(x + PITCH * at, 100 + LINES * row, WIDTH, HEIGHT))
        for at, sign in enumerate(text)
    )
    box = union(digit.box for digit in digits)
    return Number(text, sure ** len(digits), Status.OK, row + 1, box, digits)


def column(*texts: str, misread: dict[int, str]) -> list[Number]:
    """A list's lines; those misread are unsure."""
    return [
        line(row, misread[row], sure=UNSURE) if row in misread else line(row, text)
        for row, text in enumerate(texts)
    ]


COUNTS = [str(count) for count in range(37, 51)]


@pytest.mark.parametrize("said", ["47", "11", "92"])
def test_between_41_and_43_stands_a_42(said: str) -> None:
    read = read_by_count(column(*COUNTS, misread={5: said}))
    assert [number.text for number in read] == COUNTS
    assert [number.doubted for number in read] == [row == 5 for row in range(len(COUNTS))]
    assert read[5].confidence < UNSURE
    assert int(said[1]) in {value for value, _ in read[5].digits[1].alternatives} | {2}


def test_a_sure_number_stays_as_it_is_read() -> None:
    numbers = column(*COUNTS, misread={})
    numbers[5] = line(5, "47")
    assert read_by_count(numbers) == numbers
    surer = GroupOptions(review_below=0.999)
    assert read_by_count(numbers, surer)[5].text == "42"


def test_what_stands_close_behind_is_parted() -> None:
    count, answer = read_by_count(column(*COUNTS, misread={5: "476"}))[5:7]
    assert (count.text, answer.text) == ("42", "6")
    assert count.doubted
    assert answer.doubted


@pytest.mark.parametrize("aside", [0, 200])
def test_what_stands_aside_or_is_too_short_is_no_line_of_the_list(aside: float) -> None:
    numbers = column(*COUNTS, misread={})
    numbers[5] = line(5, "9" if not aside else "99", sure=UNSURE, x=100 + aside)
    assert read_by_count(numbers) == numbers


def test_where_two_numbers_stand_in_a_lines_place_neither_is_changed() -> None:
    numbers = column(*COUNTS, misread={5: "47"})
    twin = replace(numbers[5], text="48")
    assert read_by_count([*numbers, twin]) == [*numbers, twin]


def test_below_the_last_line_a_number_that_is_alike_goes_on() -> None:
    last = len(COUNTS) - 1
    alike = column(*COUNTS, misread={last: "10"})
    assert read_by_count(alike)[-1].text == "50"
    unlike = column(*COUNTS, misread={last: "75"})
    assert read_by_count(unlike) == unlike


def test_answers_below_the_last_line_found_are_letters_as_above_it() -> None:
    rows = len(COUNTS)
    letters = [line(row, "4", sure=0.1, x=200) for row in range(rows + 2)]
    counts = column(*COUNTS, misread={})
    assert without_letters([*counts, *letters]) == counts
    below = line(rows + 4, "4", sure=0.1, x=200)
    assert below in without_letters([*counts, *letters, below])


def test_a_short_list_may_be_one_by_chance() -> None:
    numbers = column(*COUNTS[:9], misread={5: "47"})
    assert read_by_count(numbers) == numbers


@given(st.dictionaries(st.integers(1, 8), st.sampled_from(["47", "1", "416", "4"]), max_size=3))
def test_no_line_is_lost_and_what_changes_is_for_review(misread: dict[int, str]) -> None:
    numbers = column(*COUNTS, misread=misread)
    read = read_by_count(numbers)
    assert all(number in numbers or number.doubted for number in read)
    assert sum(len(number.digits) for number in read) == sum(len(n.digits) for n in numbers)
    assert max(map(len, lines_of_lists(read)), default=0) >= max(
        map(len, lines_of_lists(numbers)), default=0
    )


def test_a_list_goes_on_below_the_lines_read_by_count() -> None:
    counts = [str(count) for count in range(31, 50)]
    read = read_by_count(column(*counts, misread=dict.fromkeys(range(12, 19), "40")))
    assert [number.text for number in read] == counts
    assert all(number.doubted for number in read[12:])

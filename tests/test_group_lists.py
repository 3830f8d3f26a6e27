"""What counts on by one down the page is a list's number, and what is behind it its answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.geometry import union
from digitize.group import (
    GroupOptions,
    doubt_answers,
    lines_of_lists,
    part_lists,
    without_letters,
)
from digitize.records import Box, Digit, Number, Status

HEIGHT, WIDTH, PITCH = 40.0, 24.0, 30.0
GAP = 40.0  # pixels between a list's number and its answer
LINES = 90.0  # pixels from one line to the next


def line(row: int, text: str, x: float = 100, y: float | None = None) -> Number:
    """A number on a line of the page; at a space in `text` its digits stand wide apart.

    A point before a space is the list's own and no decimal mark.
    """
    digits, at = [], x
    for sign in text:
        if sign.isdigit():
            place = Box(at, 100 + LINES * row if y is None else y, WIDTH, HEIGHT)
            digits.append(Digit(int(sign), 0.99, Status.OK, place))
        at += {" ": GAP, ".": 0.0}.get(sign, PITCH)
    box = union(digit.box for digit in digits)
    said = text.replace(". ", "").replace(" ", "")
    return Number(said, 0.98, Status.OK, row + 1, box, tuple(digits))


def texts(numbers: list[Number]) -> list[str]:
    return [number.text for number in part_lists(numbers)]


ANSWERED = ["1", "2. 377", "3", "4 8", "5", "6. 919.5"]


def test_what_stands_behind_the_number_of_a_list_is_a_number_of_its_own() -> None:
    found = part_lists([line(row, text) for row, text in enumerate(ANSWERED)])
    assert [number.text for number in found] == ["1", "2", "377", "3", "4", "8", "5", "6", "919.5"]
    parted = [number for number in found if number.line in (2, 4, 6)]
    assert {number.status for number in parted} == {Status.REVIEW}
    assert all(number.doubted for number in parted)
    assert {number.status for number in found if number not in parted} == {Status.OK}


def test_two_lists_side_by_side_are_both_parted() -> None:
    rows = [
        line(row, f"{row + 1 + 20 * column} 7", 100 + 500 * column)
        for row in range(6)
        for column in range(2)
    ]
    assert texts(rows) == [
        part
        for row in range(6)
        for column in range(2)
        for part in (str(row + 1 + 20 * column), "7")
    ]


def test_a_list_goes_on_where_lines_of_it_were_misread() -> None:
    rows = [line(row, "7 3" if row in (2, 6) else f"{row + 8} 5") for row in range(10)]
    assert [text for text in texts(rows) if text not in "57"][:3] == ["8", "9", "73"]
    assert texts(rows)[-2:] == ["17", "5"]


MISREAD = (2, 3, 5, 6, 8, 11, 12, 14)


@pytest.mark.parametrize(("rows", "found"), [(18, True), (8, False)])
def test_of_a_long_list_nearly_half_may_be_misread(rows: int, *, found: bool) -> None:
    lines = [line(row, "7 3" if row in MISREAD else f"{row + 8} 5") for row in range(rows)]
    assert bool(lines_of_lists(lines)) is found
    assert ("8" in texts(lines)) is found


def test_a_list_is_told_by_the_places_of_its_numbers() -> None:
    rows = [part for row in range(6) for part in (line(row, f"{row + 1}"), line(row, "57", 300))]
    assert lines_of_lists(rows) == [[0, 2, 4, 6, 8, 10]]


def test_numbers_of_a_list_may_stand_flush_right() -> None:
    rows = [line(row, f"{row + 7} 5", 100 if row > 2 else 100 + PITCH) for row in range(6)]
    assert texts(rows)[::2] == [str(row + 7) for row in range(6)]


@pytest.mark.parametrize(
    "rows",
    [
        ["1 2", "2 2", "3 2", "4 2"],
        ["1 2", "1 3", "1 4", "1 5", "1 6", "1 7"],
        ["12", "23", "34", "45", "56", "67"],
        ["0 1", "02", "03 1", "04", "05 1", "06"],
        ["3 4", "9 1", "5 5", "7 2", "2 8", "8 8"],
    ],
    ids=["few lines", "all the same", "no space", "zeros first", "no order"],
)
def test_what_does_not_count_on_is_not_parted(rows: list[str]) -> None:
    numbers = [line(row, text) for row, text in enumerate(rows)]
    assert part_lists(numbers) == numbers


def test_what_counts_on_here_and_there_is_no_list() -> None:
    heights = [100.0, 190.0, 520.0, 560.0, 900.0, 960.0]
    numbers = [line(row, f"{row + 1} 4", y=y) for row, y in enumerate(heights)]
    assert part_lists(numbers) == numbers


def test_decimal_numbers_that_count_on_are_whole_where_their_points_have_no_room() -> None:
    numbers = [line(row, f"{row + 1}.5") for row in range(8)]
    assert part_lists(numbers) == numbers


def test_a_picture_of_one_number_is_not_parted() -> None:
    numbers = [line(row, f"{row + 1} 7") for row in range(6)]
    assert part_lists(numbers, GroupOptions(layout="number")) == numbers


def test_a_negative_number_is_not_parted() -> None:
    rows = [line(row, f"{row + 1} 7") for row in range(6)]
    rows[3] = line(3, "-4 7", 100 - PITCH)
    assert "-47" in texts(rows)


@given(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 9), st.integers(0, 9)), max_size=12))
def test_parting_loses_no_digit(rows: list[tuple[int, int, int]]) -> None:
    numbers = [line(row, f"{value} {digit}", 100 + 40 * x) for row, (value, digit, x) in
               enumerate(rows)]  # fmt: skip
    parts = part_lists(numbers)
    assert [d for part in parts for d in part.digits] == [d for n in numbers for d in n.digits]
    assert part_lists(numbers, GroupOptions()) == parts


def judged(rows: list[str], unsure: str = "") -> list[str]:
    """Return what is doubted of a list's lines; its numbers and answers stand apart.

    unsure: the answer that was hardly read as a number.
    """
    numbers = []
    for row, text in enumerate(rows):
        numbers.append(line(row, str(row + 1)))
        if text:
            answer = line(row, text, 100 + 2 * PITCH + GAP)
            numbers.append(replace(answer, confidence=0.4) if text == unsure else answer)
    return [number.text for number in doubt_answers(numbers) if number.doubted]


def test_single_digits_behind_a_lists_numbers_may_be_letters_where_others_were_not_read() -> None:
    assert judged(["8", "", "0", "17", "", "8", "", "6"]) == ["8", "0", "8", "6"]


def lettered(sure: Sequence[float], lines: int = 12) -> list[str]:
    """Return what is left behind a list's numbers, answers read with such confidence."""
    numbers = []
    for row in range(lines):
        answer = line(row, "8", 100 + 2 * PITCH + GAP)
        numbers += [
            line(row, str(row + 1)),
            replace(answer, confidence=sure[row % len(sure)]),
        ]
    return [each.text for each in without_letters(numbers) if each.box.x > 100 + PITCH]


def test_answers_of_a_long_list_that_are_hardly_numbers_are_letters() -> None:
    assert lettered([0.1, 0.02, 0.15]) == []


def test_letters_beside_a_line_that_was_misread_go_with_the_others() -> None:
    rows = [number for row in range(12) for number in (
        line(row, str(row + 1) if row != 6 else "40"),
        replace(line(row, "8", 100 + 2 * PITCH + GAP), confidence=0.1),
    )]  # fmt: skip
    assert [number.text for number in without_letters(rows)].count("8") == 1


def test_answers_are_kept_where_more_than_a_few_may_be_numbers() -> None:
    assert lettered([0.1, 0.02, 0.5]) == ["8"] * 12


def test_answers_of_a_short_list_are_kept() -> None:
    assert lettered([0.1], lines=6) == ["8"] * 6


def test_a_sure_answer_among_letters_is_kept() -> None:
    assert lettered([0.99, *[0.1] * 11]) == ["8"]


@pytest.mark.parametrize(
    "rows",
    [["8", "3", "0", "17", "", "8", "5", "6"], ["8", "", "0", ""]],
    ids=["nearly all were read", "no list"],
)
def test_answers_of_a_list_that_was_read_are_believed(rows: list[str]) -> None:
    assert judged(rows) == []


def test_single_digits_that_hardly_are_any_count_as_not_read() -> None:
    rows = ["8", "4", "0", "17", "4", "8", "4", "6"]
    assert judged(rows) == []
    assert judged(rows, unsure="4") == ["8", "4", "0", "4", "8", "4", "6"]

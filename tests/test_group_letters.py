"""A digit alone in a column of letters is for review: it may be a B or a D."""

from __future__ import annotations

from dataclasses import replace

from digitize.group.letters import doubt_codes, doubt_lettered
from digitize.records import Box, Digit, Number, Status

PITCH, SIZE = 45, 40


def at(row: int, x: float = 100) -> Box:
    return Box(x, 100 + PITCH * row, 25, SIZE)


def number(row: int, text: str = "8", x: float = 100) -> Number:
    box = at(row, x)
    digits = tuple(Digit(int(each), 0.99, Status.OK, box) for each in text)
    return Number(text, 0.99, Status.OK, row, box, digits)


def doubtful(numbers: list[Number], writing: list[Box]) -> list[bool]:
    return [each.doubted for each in doubt_lettered(numbers, writing)]


def test_digits_between_letters_are_for_review() -> None:
    judged = doubt_lettered([number(0), number(3), number(4)], [at(1), at(2)])
    assert [each.status for each in judged] == [Status.REVIEW] * 3


def test_a_column_with_one_heading_is_of_digits() -> None:
    assert doubtful([number(row) for row in range(1, 5)], [at(0)]) == [False] * 4


def test_the_brackets_of_a_heading_are_no_letters() -> None:
    brackets = [Box(x, 100, 7, SIZE * 0.7) for x in (93, 130)]
    assert doubtful([number(row) for row in range(1, 5)], brackets) == [False] * 4
    letters = [replace(each, width=16) for each in brackets]
    assert doubtful([number(row) for row in range(1, 5)], letters) == [True] * 4


def test_letters_are_few_among_many_digits() -> None:
    rows = [row for row in range(13) if row not in (3, 8)]
    assert doubtful([number(row) for row in rows], [at(3), at(8)]) == [False] * 11


def test_numbers_of_several_digits_are_no_letters() -> None:
    assert doubtful([number(0, "80"), number(3, "18")], [at(1), at(2)]) == [False, False]


def test_letters_of_another_column_say_nothing() -> None:
    assert doubtful([number(0), number(1)], [at(0, 200), at(1, 200), at(2, 200)]) == [False, False]


def test_a_word_is_no_column_of_letters() -> None:
    words = [at(row, x) for row in (1, 2) for x in (100, 130, 160)]
    assert doubtful([number(0), number(3)], words) == [False, False]


def test_far_away_and_much_larger_letters_say_nothing() -> None:
    far = [at(30), at(31)]
    large = [Box(90, 100 + PITCH * row, 60, 3 * SIZE) for row in (2, 5)]
    assert doubtful([number(0)], far) == [False]
    assert doubtful([number(0)], large) == [False]


def test_a_digit_hardly_apart_from_other_writing_may_be_of_its_word() -> None:
    near, far = Box(155, 100, 25, SIZE), Box(200, 100, 25, SIZE)
    assert doubtful([number(0)], [near]) == [True]
    assert doubtful([number(0)], [far]) == [False]
    assert doubtful([number(0, "80")], [near]) == [False]


def test_a_page_of_nothing_but_numbers_stays_as_it_is() -> None:
    numbers = [number(0), number(1)]
    assert doubt_lettered(numbers, []) == numbers
    assert doubt_lettered([], [at(0)]) == []


def codes(*sure: float) -> list[Number]:
    """Numbers below one another, read with such confidence."""
    found = []
    for row, confidence in enumerate(sure):
        box = Box(100, 100 + 60 * row, 84, 40)
        digits = tuple(
            Digit(5, confidence, Status.OK, Box(100 + 30 * at, box.y, 24, 40)) for at in range(3)
        )
        found.append(Number("555", confidence, Status.OK, row + 1, box, digits))
    return found


def test_a_sure_number_in_a_column_of_what_hardly_are_numbers_is_for_review() -> None:
    judged = doubt_codes(codes(0.1, 0.05, 0.99, 0.2, 0.01, 0.1))
    assert judged[2].status is Status.REVIEW


def test_in_other_columns_sure_numbers_are_believed() -> None:
    for sure in ((0.1, 0.05, 0.99, 0.2), (0.1, 0.99) * 5):
        numbers = codes(*sure)
        assert doubt_codes(numbers) == numbers

"""Among numbers with points, or with a minus, one without may have lost it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from digitize.group.lost_marks import doubt_odd_decimals, doubt_pointless, doubt_unsigned
from digitize.records import Box, Digit, Number, Status

HEIGHT, LINE = 40.0, 70.0


def number(text: str, row: float, x: float = 100) -> Number:
    digits = tuple(
        Digit(int(each), 0.99, Status.OK, Box(x + 30 * at, 100 + LINE * row, 24, HEIGHT))
        for at, each in enumerate(text.replace(".", "").removeprefix("-"))
    )
    box = Box(x, 100 + LINE * row, 30 * len(digits) - 6, HEIGHT)
    return Number(text, 0.99, Status.OK, 1, box, digits)


def column(*texts: str) -> list[Number]:
    return [number(text, row) for row, text in enumerate(texts)]


def doubtful(numbers: Sequence[Number]) -> list[str]:
    return [each.text for each in doubt_pointless(numbers) if each.doubted]


def test_a_number_without_a_point_in_a_column_of_such_is_for_review() -> None:
    assert doubtful(column("36.8", "382", "37.1", "37.4")) == ["382"]


def test_a_number_that_begins_with_a_0_may_have_been_a_decimal() -> None:
    points = [number("8.5", 30), number("4.25", 45)]
    assert doubtful([*points, number("025", 0)]) == ["025"]
    assert doubtful([points[0], number("025", 0)]) == []


def test_a_0_first_behind_another_number_or_in_a_comb_is_believed() -> None:
    points = [number("8.5", 30), number("4.25", 45)]
    minutes = number("05", 0, 100 + 60)
    assert doubtful([*points, number("12", 0), minutes]) == []
    spread = replace(
        number("025", 0),
        digits=tuple(
            replace(digit, box=replace(digit.box, x=100 + 50 * at))
            for at, digit in enumerate(number("025", 0).digits)
        ),
    )
    assert doubtful([*points, spread]) == []


def test_so_is_one_in_a_row_of_such() -> None:
    row = [number(text, 0, 100 + 180 * at) for at, text in enumerate(["53.9", "558", "47.2"])]
    assert doubtful(row) == ["558"]


def test_a_number_that_with_a_point_would_be_too_small_for_its_column_is_believed() -> None:
    assert doubtful(column("7.5", "9", "8.5", "14", "12", "11.5", "45")) == ["45"]
    assert doubtful(column("7.5", "9", "8.5", "14", "12", "11.5", "2")) == ["14", "12"]


def test_where_few_have_points_nothing_is_too_small() -> None:
    assert doubtful(column("7.5", "12", "8.5", "9")) == ["12"]


def test_numbers_with_fewer_digits_are_believed() -> None:
    assert doubtful(column("10.5", "12", "12.5", "14.5")) == []


def test_one_number_with_a_point_may_be_alone_of_its_kind() -> None:
    assert doubtful(column("36.8", "382", "371", "374")) == []


MARKS = ["12", "9", "14", "7", "11"]


def with_halves_elsewhere(*texts: str) -> list[str]:
    """What is doubted of a column, on a page with 8.5 and 61.5 far from it."""
    return doubtful([*column(*texts), number("8.5", 2, 900), number("61.5", 4, 900)])


def test_a_number_ten_times_as_large_as_its_column_is_for_review_where_halves_are_written() -> None:
    assert with_halves_elsewhere(*MARKS, "105") == ["105"]


def test_a_form_s_long_number_has_no_point_to_lose() -> None:
    """A point makes ten times as much, a roll number a thousand times."""
    assert doubtful(column("7", "9.5", "6.5", "8", "7", "75")) == ["75"]
    assert doubtful(column("7", "9.5", "6.5", "8", "7", "40217")) == []


def test_a_sum_below_its_column_may_have_lost_its_point() -> None:
    assert doubtful(column("7.5", "8.0", "9.5", "6.5", "8.5", "7.0", "1005")) == ["1005"]
    assert doubtful(column("3.95", "2.50", "4.20", "8.05", "3.10", "12180")) == ["12180"]


def test_a_long_number_in_a_comb_lost_no_point() -> None:
    values = column("7.25", "9.50", "6.25", "8.00", "7.75")
    comb = number("40217", 5)
    assert doubtful([*values, number("4021", 5)]) == ["4021"]
    apart = tuple(
        replace(digit, box=replace(digit.box, x=100 + 50 * at))
        for at, digit in enumerate(comb.digits)
    )
    long = [replace(one, text="1000.25", digits=apart) for one in values]
    assert doubtful([*long, comb]) == ["40217"]
    assert doubtful([*long, replace(comb, digits=apart)]) == []


def test_so_is_a_small_one() -> None:
    assert with_halves_elsewhere("7", "9", "85", "6", "10") == ["85"]


def test_where_no_points_are_written_none_can_be_lost() -> None:
    assert doubtful(column(*MARKS, "105")) == []


def test_a_column_of_few_numbers_says_not_how_large_they_are() -> None:
    assert with_halves_elsewhere("12", "9", "14", "105") == []


def test_a_number_a_few_times_as_large_as_its_column_is_believed() -> None:
    assert with_halves_elsewhere(*MARKS, "48") == []


def test_numbers_far_from_those_with_points_are_believed() -> None:
    other = number("382", 3, 900)
    assert doubtful([*column("36.8", "37.2", "37.1"), other]) == []


def unsigned(*texts: str) -> list[str]:
    return [each.text for each in doubt_unsigned(column(*texts)) if each.doubted]


def test_a_number_without_a_minus_where_most_of_its_column_have_one_is_for_review() -> None:
    assert unsigned("-18", "-20", "19", "-21", "-18") == ["19"]


def test_numbers_with_and_without_a_minus_may_be_mixed() -> None:
    assert unsigned("-18", "20", "19", "-21", "18", "-17") == []


def test_one_or_two_numbers_with_a_minus_say_nothing() -> None:
    assert unsigned("-18", "-20", "19") == []


def test_a_column_is_asked_for_the_share_that_has_points() -> None:
    texts = ["36.8", "37.2", *(f"{value}" for value in range(381, 391))]
    assert doubtful(column(*texts))[-1:] != ["390"]


@given(st.lists(st.sampled_from(["5", "12", "382", "36.8", "4.25"]), max_size=12))
def test_nothing_changes_but_doubt_and_never_for_a_number_with_a_point(texts: list[str]) -> None:
    judged = doubt_pointless(column(*texts))
    assert [each.text for each in judged] == texts
    assert not any(each.doubted for each in judged if "." in each.text)


def odd(*texts: str) -> list[str]:
    return [each.text for each in doubt_odd_decimals(column(*texts)) if each.doubted]


def test_a_number_with_other_decimals_than_all_of_its_column_is_for_review() -> None:
    assert odd("535.00", "774.00", "2.93800", "475.50") == ["2.93800"]
    assert odd("535.00", "774.00", "12.5", "475.50", "12") == ["12.5"]


def test_where_decimals_are_mixed_or_few_none_is_odd() -> None:
    assert odd("535.00", "12.5", "2.938", "475.50") == []
    assert odd("535.00", "12.5", "475.50") == []
    assert odd("535.00", "774.00", "12.5", "2.5", "475.50") == []
    aside = [number("2.938", 1, x=900)]
    assert doubt_odd_decimals([*column("535.00", "774.00", "475.50"), *aside])[-1:] == aside

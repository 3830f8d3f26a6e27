"""A number that is far too large for its column without a point is given one, for review."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.group.supplied_points import supply_points
from digitize.records import Box, Digit, Number, Status

HEIGHT, LINE = 40.0, 70.0
PRICES = ["3.95", "1.49", "12.50", "4.20", "14.95"]


def number(text: str, row: float, x: float = 100) -> Number:
    digits = tuple(
        Digit(int(each), 0.99, Status.OK, Box(x + 30 * at, 100 + LINE * row, 24, HEIGHT))
        for at, each in enumerate(text.replace(".", "").removeprefix("-"))
    )
    box = Box(x, 100 + LINE * row, 30 * len(digits) - 6, HEIGHT)
    return Number(text, 0.99, Status.OK, 1, box, digits)


def column(*texts: str, x: float = 100) -> list[Number]:
    return [number(text, row, x) for row, text in enumerate(texts)]


def last(*texts: str) -> tuple[str, bool]:
    read = supply_points(column(*texts))[-1]
    assert read.doubted == (read.status is Status.REVIEW)
    return read.text, read.doubted


@pytest.mark.parametrize(
    ("written", "read"), [("1175", "11.75"), ("089", "0.89"), ("420", "4.20"), ("-420", "-4.20")]
)
def test_a_price_that_lost_its_point_has_one_for_review(written: str, read: str) -> None:
    assert last(*PRICES, written) == (read, True)


@pytest.mark.parametrize("written", ["12", "5", "18", "1175000"])
def test_a_number_that_fits_its_column_or_never_would_stays_whole(written: str) -> None:
    assert last(*PRICES, written) == (written, False)


def test_where_decimals_differ_nothing_says_where_a_point_stood() -> None:
    assert last("3.95", "1.4", "12.50", "4.2", "14.95", "1175") == ("1175", False)


def test_a_number_too_small_with_a_point_stays_whole() -> None:
    assert last("12.50", "13.95", "14.20", "18.05", "15.30", "100") == ("100", False)


def test_a_column_is_one_however_far_apart_its_lines_are() -> None:
    below = number("1175", 60)
    assert supply_points([*column(*PRICES), below])[-1].text == "11.75"


def test_few_points_say_nothing() -> None:
    assert last(*PRICES[:3], "1175") == ("1175", False)
    assert last(*PRICES[:4], "1175") == ("11.75", True)


def test_a_page_of_thousands_is_read_in_little_memory() -> None:
    counts = [number("7", row, 100 + 400 * at) for row in range(40) for at in range(100)]
    prices = [number(text, 41 + row) for row, text in enumerate(PRICES)]
    tracemalloc.start()
    supply_points([*counts, *prices])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50e6


def test_another_column_has_decimals_of_its_own() -> None:
    amounts, counts = column(*PRICES), column("240", "315", "420", x=900)
    assert supply_points([*amounts, *counts]) == [*amounts, *counts]


@given(st.lists(st.sampled_from(["5", "12", "382", "36.80", "4.25", "-18"]), max_size=12))
def test_no_digit_is_lost_and_whatever_changes_is_for_review(texts: list[str]) -> None:
    before = column(*texts)
    for one, other in zip(before, supply_points(before), strict=True):
        assert one == other or other.doubted
        assert one.text.replace(".", "") == other.text.replace(".", "")
        assert one.digits == other.digits

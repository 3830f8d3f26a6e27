"""Slashes read as 1: dates are three numbers, and the 1s of slanted hands stay what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from digitize.geometry import union
from digitize.group import GroupOptions, read_marks
from digitize.group.dates import hides_date, is_date
from digitize.group.slashes import part_at_slashes
from digitize.records import Box, Digit, Number, Status

HEIGHT, WIDTH, PITCH = 40.0, 24.0, 32.0
TOP = 100.0
STEEP = 16.0  # pixels that a slash and a slanted 1 go sideways
INK = 0.08  # of a stroke's height: how wide it is


def written(text: str, x: float = 100, reach: float = 0.2, line: int = 1) -> Number:
    """A number in which a slash, `/`, was read as 1: it reaches so far above and below."""
    digits = tuple(_digit(each, x + PITCH * at, reach * HEIGHT) for at, each in enumerate(text))
    said = text.replace("/", "1")
    return Number(said, 0.97, Status.OK, line, union(digit.box for digit in digits), digits)


def _digit(sign: str, x: float, out: float) -> Digit:
    if sign == "/":
        box = Box(x + 4, TOP - out, STEEP + INK * HEIGHT, HEIGHT + 2 * out)
    else:
        box = Box(x, TOP, STEEP + INK * HEIGHT if sign == "1" else WIDTH, HEIGHT)
    return Digit(int(sign.replace("/", "1")), 0.99, Status.OK, box, stroke=INK)


def texts(*numbers: Number) -> list[str]:
    return [number.text for number in part_at_slashes(numbers)]


@pytest.mark.parametrize("date", ["28/7/25", "1/11/2024", "11/11/2011", "2024/12/31", "12/31/99"])
def test_a_date_is_three_numbers(date: str):
    assert texts(written(date)) == date.split("/")


def test_low_zeros_do_not_make_a_stroke_beside_them_tall():
    five, one = (_digit(sign, 100 + PITCH * at, 1) for at, sign in enumerate("5/"))
    zeros = tuple(
        Digit(0, 0.99, Status.OK, Box(100 + PITCH * at, TOP + 26, 14, 14), stroke=INK)
        for at in (2, 3, 4)
    )
    six = _digit("6", 100 + PITCH * 5, 0)
    digits = (five, one, *zeros, six)
    box = union(digit.box for digit in digits)
    (whole,) = part_at_slashes([Number("510006", 0.97, Status.OK, 1, box, digits)])
    assert whole.text == "510006"
    assert whole.status is Status.OK


def test_the_parts_of_a_date_are_as_certain_as_their_own_digits_and_need_no_review():
    day, month, _ = part_at_slashes([written("28/7/25")])
    assert (day.confidence, month.confidence) == pytest.approx((0.99**2, 0.99))
    assert day.status is Status.OK
    assert day.box == union(digit.box for digit in day.digits)


def test_a_date_of_a_doubted_number_is_for_review():
    (number,) = [written("28/7/25")]
    doubtful = Number(number.text, 0.97, Status.REVIEW, 1, number.box, number.digits, doubted=True)
    assert {part.status for part in part_at_slashes([doubtful])} == {Status.REVIEW}


def test_a_date_that_space_parts_at_its_slashes_loses_them_too():
    apart = [written("28", 100), written("/", 170), written("7/25", 200)]
    assert texts(*apart) == ["28", "7", "25"]


@given(st.text("0123456789", min_size=1, max_size=12))
def test_no_digit_of_a_number_is_a_slash_however_slanted_its_1s_are(text: str):
    assume(not hides_date(text))
    number = written(text)
    assert part_at_slashes([number]) == [number]


@pytest.mark.parametrize("text", ["32/7/25", "28/13/25", "0/7/25", "28/7/1850", "281/7/25"])
def test_what_cannot_be_a_date_is_parted_only_where_each_slash_is_clear(text: str):
    assert texts(written(text)) == text.split("/")
    (whole,) = part_at_slashes([written(text, reach=0.1)])
    assert (whole.text, whole.status) == (text.replace("/", "1"), Status.REVIEW)


def test_a_mark_out_of_ten_is_two_numbers_for_review():
    parts = part_at_slashes([written("7/10")])
    assert [part.text for part in parts] == ["7", "10"]
    assert {part.status for part in parts} == {Status.REVIEW}


def test_a_stroke_that_may_be_a_slash_stays_a_1_and_sends_its_number_to_review():
    (read,) = part_at_slashes([written("7/10", reach=0.1)])
    assert (read.text, read.status) == ("7110", Status.REVIEW)


def test_slashes_hardly_higher_than_digits_part_a_date_for_review():
    parts = part_at_slashes([written("28/7/25", reach=0.07)])
    assert [part.text for part in parts] == ["28", "7", "25"]
    assert {part.status for part in parts} == {Status.REVIEW}


def test_such_dates_are_sure_where_a_page_has_many():
    days = ("28/7/25", "29/7/25", "30/7/25", "31/7/25")
    low = column_of(*days, reach=0.07)
    dates = [*low[:-1], column_of(*days, reach=0.15)[-1]]  # one is known for one
    parts = part_at_slashes(dates)
    assert " ".join(part.text for part in parts) == "28 7 25 29 7 25 30 7 25 31 7 25"
    assert {part.status for part in parts} == {Status.OK}
    assert Status.REVIEW in {part.status for part in part_at_slashes(dates[1:])}
    assert {part.status for part in part_at_slashes(low)} == {Status.REVIEW}


def column_of(*texts: str, pitch: float = 60, reach: float = 0.1) -> list[Number]:
    """Numbers below one another whose strokes may be slashes, and may be 1s."""
    numbers = [written(text, reach=reach, line=row + 1) for row, text in enumerate(texts)]

    def lower(box: Box, row: int) -> Box:
        return replace(box, y=box.y + pitch * row)

    return [
        replace(
            number,
            box=lower(number.box, row),
            digits=tuple(replace(d, box=lower(d.box, row)) for d in number.digits),
        )
        for row, number in enumerate(numbers)
    ]


def test_strokes_that_most_numbers_of_a_column_have_are_slashes():
    pressures = ["120/80", "125/85", "138/86", "145/92"]
    parts = part_at_slashes(column_of(*pressures))
    assert [part.text for part in parts] == [each for p in pressures for each in p.split("/")]
    assert {part.status for part in parts} == {Status.REVIEW}


DAYS = ["4/7", "6/7", "9/7", "13/7", "22/7", "27/7"]


def test_days_and_months_in_a_column_of_which_many_have_a_clear_slash_are_sure():
    low = column_of("3/8", *DAYS)[0]  # whose own stroke may be a 1
    clear = column_of("3/8", *DAYS, reach=0.2)[1:]
    parts = part_at_slashes([low, *clear])
    assert [part.text for part in parts] == [
        each for day in ["3/8", *DAYS] for each in day.split("/")
    ]
    assert {part.status for part in parts} == {Status.OK}
    assert {part.status for part in part_at_slashes([low, *clear[:-1]])} == {Status.REVIEW}


def test_where_another_1_could_be_the_slash_a_day_in_such_a_column_is_for_review():
    either = column_of("2//5", *DAYS)[0]  # 21/5 with a long 1, or 2/15
    first, second, *others = part_at_slashes([either, *column_of("2//5", *DAYS, reach=0.2)[1:]])
    assert first.text + second.text in ("25", "215")
    assert first.status is second.status is Status.REVIEW
    assert {part.status for part in others} == {Status.OK}


def test_marks_out_of_a_hundred_stay_for_review_however_many_they_are():
    marks = column_of("40/100", "56/100", "69/100", "73/100", "80/100", "97/100", reach=0.2)
    assert {part.status for part in part_at_slashes(marks)} == {Status.REVIEW}


def test_the_1s_of_a_column_of_years_are_no_slashes():
    years = column_of("20/6", "20/7", "20/8", "20/9", "20/5")
    assert [part.text for part in part_at_slashes(years)] == [
        "2016",
        "2017",
        "2018",
        "2019",
        "2015",
    ]


def test_in_a_column_where_few_numbers_have_such_a_stroke_it_stays_a_1():
    numbers = column_of("120/80", "12580", "13886", "125/85", "14592", "12786", "13072")
    assert next(part.text for part in part_at_slashes(numbers)) == "120180"


@pytest.mark.parametrize(
    ("marks", "status"),
    [
        (("4/5", "3/4", "414", "5/5"), Status.REVIEW),
        (("4/5", "345", "414", "5/5"), Status.OK),  # two strokes are slanted by chance
        (("4/5", "345", "346", "414", "3/4", "347", "349", "5/5"), Status.OK),
    ],
)
def test_in_a_margin_of_marks_far_apart_an_upright_stroke_may_be_a_slash_too(
    marks: Sequence[str], status: Status
):
    parts = part_at_slashes(column_of(*marks, pitch=900))
    assert next(part.status for part in parts if part.text == "414") is status
    others = [part for part in parts if part.text.startswith("34")]
    assert all(part.status is Status.OK for part in others)


def test_dates_in_a_column_of_dates_are_as_certain_as_ever():
    dates = [written(text, line=row) for row, text in enumerate(("28/7/25", "1/8/25", "9/8/25"), 1)]
    assert {part.status for part in part_at_slashes(dates)} == {Status.OK}


def test_a_picture_of_one_number_stays_one_for_review():
    (read,) = part_at_slashes([written("28/7/25")], GroupOptions(layout="number"))
    assert (read.text, read.status) == ("2817125", Status.REVIEW)


def test_a_tall_1_at_the_end_of_a_number_or_alone_is_a_1():
    numbers = [written("/72"), written("72/", 260), written("/", 420)]
    assert part_at_slashes(numbers) == numbers


def test_a_stroke_far_from_its_neighbours_parts_nothing():
    apart = [written("3", 100), written("/", 180), written("3", 260), written("/", 340)]
    assert texts(*apart, written("23", 420)) == ["3", "1", "3", "1", "23"]


def test_lines_are_read_one_by_one():
    assert texts(written("28/7/25"), written("1917", line=2)) == ["28", "7", "25", "1917"]


def test_slashes_are_read_before_other_marks():
    assert [number.text for number in read_marks([written("28/7/25")], [])] == ["28", "7", "25"]


@given(st.dates())
def test_every_date_of_our_time_is_one(day):
    if day.year // 100 in (19, 20):
        assert is_date(str(day.day), str(day.month), str(day.year))
        assert is_date(str(day.year), str(day.month), str(day.day))
    assert is_date(str(day.day), str(day.month), f"{day.year % 100:02}")


@pytest.mark.parametrize("text", ["111412025", "2024112131", "23110126"])
def test_a_number_that_may_be_a_date_with_low_slashes_is_for_review(text: str) -> None:
    (number,) = part_at_slashes([written(text)])
    assert (number.text, number.status) == (text, Status.REVIEW)


@pytest.mark.parametrize("text", ["4519120", "23113126", "311926"])
def test_a_number_whose_1s_part_no_date_stays_as_it_is(text: str) -> None:
    (number,) = part_at_slashes([written(text)])
    assert (number.text, number.status) == (text, Status.OK)


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1900, 2099))
def test_every_date_is_hidden_by_slashes_read_as_1(day: int, month: int, year: int) -> None:
    assert hides_date(f"{day}1{month}1{year}")
    assert hides_date(f"{year}1{month}1{day}")
    assert hides_date(f"{day}1{month}1{year % 100:02}")


@given(st.text("023456789", max_size=12))
def test_no_date_is_hidden_where_there_is_no_1(text: str) -> None:
    assert not hides_date(text)


def hanging(text: str, below: float, lean: float) -> Number:
    """A number with a slash that begins level with the digits: how far it hangs, and leans."""
    number = written(text, reach=0)
    digits = tuple(
        replace(
            digit,
            box=replace(digit.box, height=HEIGHT * (1 + below), width=lean * HEIGHT),
            stroke=INK,
        )
        if sign == "/"
        else digit
        for sign, digit in zip(text, number.digits, strict=True)
    )
    return replace(number, digits=digits, box=union(digit.box for digit in digits))


def test_a_slash_that_hangs_below_the_digits_parts_day_and_month_for_review() -> None:
    day, month = part_at_slashes([hanging("6/9", below=0.25, lean=0.45)])
    assert (day.text, month.text) == ("6", "9")
    assert day.status is month.status is Status.REVIEW


def test_a_stroke_that_hangs_a_little_is_a_1_for_review() -> None:
    (whole,) = part_at_slashes([hanging("6/9", below=0.17, lean=0.35)])
    assert (whole.text, whole.status) == ("619", Status.REVIEW)


def test_an_upright_1_with_a_long_foot_is_a_1() -> None:
    (whole,) = part_at_slashes([hanging("6/9", below=0.25, lean=0.15)])
    assert (whole.text, whole.status) == ("619", Status.OK)

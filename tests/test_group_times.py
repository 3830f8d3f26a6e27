"""A colon parts hours from minutes; what may be none, or no time of day, is for review."""

from __future__ import annotations

from dataclasses import replace

import pytest
from marked_numbers import BASE, HEIGHT, gap, number, point

from digitize.group import GroupOptions, read_marks
from digitize.group.times import hidden_colon, is_time
from digitize.records import Box, Number, Status


def colon(x: float, lean: float = 0.0, apart: float = 0.5) -> list[Box]:
    """Two points, one so many digit heights over the other, and so far aside."""
    upper = Box(x - 3 + lean * HEIGHT, BASE - 6 - apart * HEIGHT, 6, 6)
    return [point(x), upper]


def moved(whole: Number, row: int, aside: float = 0) -> Number:
    """The number so many rows further down."""

    def at(box: Box) -> Box:
        return replace(box, x=box.x + aside, y=box.y + 90 * row)

    digits = tuple(replace(digit, box=at(digit.box)) for digit in whole.digits)
    return replace(whole, line=1 + row, box=at(whole.box), digits=digits)


def said(numbers: list[Number]) -> list[tuple[str, Status]]:
    return [(each.text, each.status) for each in numbers]


def page(*times: str) -> list[tuple[str, Status]]:
    """What is read where such times stand side by side, each with its colon."""
    numbers, marks = [], []
    for at, time in enumerate(times):
        x = 100 + 400.0 * at
        numbers.append(number(time.replace(":", ""), x))
        marks += colon(gap(time.index(":"), x))
    return said(read_marks(numbers, marks))


def test_colons_part_hours_from_minutes() -> None:
    texts = ["8", "15", "12", "30", "00", "05"]
    assert page("8:15", "12:30", "00:05") == [(text, Status.OK) for text in texts]


def test_a_colon_or_two_on_a_page_may_be_bits_of_digits() -> None:
    texts = ["8", "15", "12", "30"]
    assert page("8:15", "12:30") == [(text, Status.REVIEW) for text in texts]


@pytest.mark.parametrize(("left", "right"), [("1", "500"), ("99", "30"), ("8", "75")])
def test_what_is_no_time_of_day_is_parted_for_review(left: str, right: str) -> None:
    *times, before, behind = page("8:15", "12:30", "7:45", f"{left}:{right}")
    assert {status for _, status in times} == {Status.OK}
    assert [before, behind] == [(left, Status.REVIEW), (right, Status.REVIEW)]


def test_on_a_page_of_scores_many_are_no_time_of_day_and_believed() -> None:
    scores = ("11:7", "9:11", "13:15", "3:1", "11:8", "6:11")
    texts = [part for score in scores for part in score.split(":")]
    assert page(*scores) == [(text, Status.OK) for text in texts]
    assert {status for _, status in page(*scores[:5])} == {Status.OK, Status.REVIEW}


def test_misread_minutes_among_times_are_no_scores() -> None:
    *times, eight, minutes, nine, others = page("8:15", "9:30", "10:45", "11:20", "8:75", "9:90")
    assert {status for _, status in times} == {Status.OK}
    assert {status for _, status in (eight, minutes, nine, others)} == {Status.REVIEW}


def test_between_as_many_times_a_score_is_for_review() -> None:
    *times, before, behind = page("8:15", "12:30", "7:45", "9:00", "9:30", "10:45", "11:7")
    assert {status for _, status in times} == {Status.OK}
    assert [before, behind] == [("11", Status.REVIEW), ("7", Status.REVIEW)]


@pytest.mark.parametrize(("lean", "apart"), [(0.3, 0.5), (0.0, 1.0)], ids=["aside", "far above"])
def test_points_not_right_above_one_another_are_no_colon(lean: float, apart: float) -> None:
    (read,) = read_marks([number("815")], colon(gap(1), lean, apart))
    assert read.status is Status.REVIEW or read.text == "8.15"


@pytest.mark.parametrize(
    ("text", "hours"),
    [("8.00", 1), ("745", 1), ("1220", 2), ("775", 0), ("24", 0), ("-800", 0), ("12.205", 0)],
)
def test_what_may_hide_a_colon_has_a_time_s_digits(text: str, hours: int) -> None:
    digits = number(text.replace(".", "").removeprefix("-"))
    assert hidden_colon(replace(digits, text=text)) == hours


def test_what_may_be_a_time_below_times_is_parted_for_review() -> None:
    times = [number(text, x=100 + 400.0 * at) for at, text in enumerate(("815", "930", "1045"))]
    marks = [mark for at in range(3) for mark in colon(gap(2 if at == 2 else 1, 100 + 400.0 * at))]
    below = moved(number("1220"), 3)
    column = [moved(time, row, aside=-400 * row) for row, time in enumerate(times)]
    marks = [
        Box(mark.x - 400 * row, mark.y + 90 * row, mark.width, mark.height)
        for row, mark in zip((0, 0, 1, 1, 2, 2), marks, strict=True)
    ]
    read = said(read_marks([*column, below], marks))
    assert read[-2:] == [("12", Status.REVIEW), ("20", Status.REVIEW)]
    assert {status for _, status in read[:-2]} == {Status.OK}


def test_a_picture_of_one_number_is_no_time() -> None:
    (read,) = read_marks([number("815")], colon(gap(1)), GroupOptions(layout="number"))
    assert read.status is Status.REVIEW


@pytest.mark.parametrize("time", [("24", "00"), ("7", "59"), ("0", "00")])
def test_a_day_has_24_hours_of_60_minutes(time: tuple[str, str]) -> None:
    assert is_time(*time)


@pytest.mark.parametrize("time", [("24", "01"), ("7", "60"), ("25", "00"), ("7", "5")])
def test_what_is_beyond_is_no_time(time: tuple[str, str]) -> None:
    assert not is_time(*time)

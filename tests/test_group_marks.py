"""Marks in numbers: decimal marks and minus signs are read, unclear ones go to review."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked_numbers import BASE, HEIGHT, PITCH, TOP, WIDTH, comma, dash, gap, number, point

from digitize.geometry import union
from digitize.group import GroupOptions, read_marks
from digitize.group.mark_kinds import Mark, Placed, kind_of
from digitize.group.punctuation import punctuate
from digitize.records import Box, Number, Status


def test_a_point_inside_a_number_is_its_decimal_mark():
    (read,) = read_marks([number("175")], [point(gap(2))])
    assert (read.text, read.status, read.doubted) == ("17.5", Status.OK, False)


def test_a_comma_inside_a_number_is_its_decimal_mark_and_written_as_a_point():
    (read,) = read_marks([number("175")], [comma(gap(2))])
    assert (read.text, read.status) == ("17.5", Status.OK)


def test_a_dot_that_lies_below_the_line_says_nothing_surely():
    low = Box(gap(1) - 3, BASE + 8, 6, 6)
    (read,) = read_marks([number("28")], [low])
    assert (read.text, read.status) == ("28", Status.REVIEW)


@pytest.mark.parametrize("date", [("9", "12", "2025"), ("28", "7", "25"), ("2024", "12", "31")])
@pytest.mark.parametrize("mark", [point, comma])
def test_two_points_part_a_date_into_three_numbers(date: tuple[str, str, str], mark):
    first, second, _ = map(len, date)
    marks = [mark(gap(first)), mark(gap(first + second))]
    parts = read_marks([number("".join(date))], marks)
    assert tuple(part.text for part in parts) == date
    assert {part.status for part in parts} == {Status.OK}
    assert parts[1].confidence == pytest.approx(0.99 ** len(date[1]))


@pytest.mark.parametrize("day", [("30", "9"), ("3", "6"), ("12", "11")])
def test_a_point_behind_the_month_ends_a_date_without_a_year_for_review(day: tuple[str, str]):
    marks = [point(gap(len(day[0]))), point(gap(len(day[0] + day[1])) + 4)]
    parts = read_marks([number("".join(day))], marks)
    assert tuple(part.text for part in parts) == day
    assert {part.status for part in parts} == {Status.REVIEW}


@pytest.mark.parametrize("text", ["458", "22"])
def test_a_number_with_a_point_in_it_and_one_behind_is_for_review(text: str):
    (read,) = read_marks([number(text + "40")], [point(gap(len(text))), point(gap(len(text) + 2))])
    assert (read.text, read.status) == (f"{text}.40", Status.REVIEW)


def test_two_points_in_one_place_part_no_date():
    low = [point(gap(1) - 3), point(gap(1) + 3)]
    (read,) = read_marks([number("12")], low)
    assert read.status is Status.REVIEW


def test_a_picture_of_one_number_is_no_date():
    marks, options = [point(gap(1)), point(gap(3))], GroupOptions(layout="number")
    (read,) = read_marks([number("9122025")], marks, options)
    assert (read.text, read.status) == ("9122025", Status.REVIEW)


def test_a_date_with_other_marks_about_it_is_for_review():
    marks = [point(gap(1)), point(gap(3)), dash(80)]
    parts = read_marks([number("9122025")], marks)
    assert [part.text for part in parts] == ["9", "12", "2025"]
    assert {part.status for part in parts} == {Status.REVIEW}


@pytest.mark.parametrize(("text", "marks"), [("1234567", (1, 4)), ("9142025", (1, 4))])
def test_two_points_elsewhere_are_no_date(text: str, marks: tuple[int, int]):
    (read,) = read_marks([number(text)], [point(gap(after)) for after in marks])
    assert read.text == text


@pytest.mark.parametrize(("text", "after"), [("9122025", 1), ("1742025", 3)])
def test_a_date_of_which_one_point_was_not_seen_is_for_review(text: str, after: int):
    (read,) = read_marks([number(text)], [point(gap(after))])
    assert read.text == f"{text[:after]}.{text[after:]}"
    assert read.status is Status.REVIEW


def test_a_mark_before_exactly_three_digits_is_left_out_and_the_number_is_for_review():
    (read,) = read_marks([number("12345")], [comma(gap(2))])
    assert (read.text, read.status) == ("12345", Status.REVIEW)
    assert read.confidence < 0.98


def test_a_point_after_more_than_three_digits_cannot_part_thousands():
    (read,) = read_marks([number("1234567")], [point(gap(4))])
    assert (read.text, read.status) == ("1234.567", Status.OK)


def test_a_point_behind_a_lone_0_cannot_part_thousands():
    (read,) = read_marks([number("0125")], [point(gap(1))])
    assert (read.text, read.status) == ("0.125", Status.OK)
    (read,) = read_marks([number("012345")], [point(gap(3))])
    assert (read.text, read.status) == ("012345", Status.REVIEW)


def test_marks_of_thousands_are_left_out_and_the_last_of_another_kind_is_decimal():
    (read,) = read_marks([number("123456789")], [point(gap(1)), point(gap(4)), comma(gap(7))])
    assert (read.text, read.status) == ("1234567.89", Status.OK)


def test_like_marks_in_groups_of_three_all_part_thousands():
    (read,) = read_marks([number("1234567")], [comma(gap(4)), comma(gap(1))])
    assert (read.text, read.status) == ("1234567", Status.OK)


def test_the_last_of_like_marks_behind_which_no_three_digits_stand_is_decimal_for_review():
    (read,) = read_marks([number("1962500")], [comma(gap(2)), comma(gap(5))])
    assert (read.text, read.status) == ("19625.00", Status.REVIEW)


def test_like_marks_that_part_no_thousands_send_the_number_to_review():
    (read,) = read_marks([number("123456")], [point(gap(2)), point(gap(4))])
    assert (read.text, read.status) == ("123456", Status.REVIEW)


@pytest.mark.parametrize("end", [95, 92, 85])
def test_a_dash_before_a_number_is_its_minus(end: float):
    (read,) = read_marks([number("12")], [dash(end - 9)])
    assert (read.text, read.status) == ("-12", Status.OK)


@pytest.mark.parametrize("end", [82, 70, 50])
def test_a_dash_further_off_may_be_a_minus(end: float):
    (read,) = read_marks([number("12")], [dash(end - 9)])
    assert (read.text, read.status) == ("12", Status.REVIEW)


def test_a_dash_between_two_numbers_is_no_minus_and_sends_the_second_to_review():
    first, second = read_marks([number("5", x=40), number("3")], [dash(83)])
    assert (first.text, second.text) == ("5", "3")
    assert second.status is Status.REVIEW


def test_a_point_after_a_number_says_nothing():
    (read,) = read_marks([number("12")], [point(gap(2))])
    assert (read.text, read.status) == ("12", Status.OK)


@pytest.mark.parametrize(
    "mark", [Box(gap(1) - 2, TOP + 5, 4, 6), dash(gap(1)), Box(168, TOP, 4, 30)]
)
def test_what_is_neither_point_nor_minus_sends_the_number_to_review(mark):
    (read,) = read_marks([number("12")], [mark])
    assert (read.text, read.status) == ("12", Status.REVIEW)


def test_a_mark_far_away_is_nothing_to_a_number():
    untouched = number("12")
    assert read_marks([untouched], [point(400), point(60), dash(30), dash(100, y=300)]) == [
        untouched
    ]


def test_digits_parted_by_a_wide_space_with_a_point_are_one_number_for_review():
    far = 100 + 2 * PITCH + 20
    (read,) = read_marks([number("17"), number("5", x=far)], [point(far - 12)])
    assert (read.text, read.status) == ("17.5", Status.REVIEW)
    assert len(read.digits) == 3


def test_so_are_two_combs_with_a_point_and_their_walls_between_them():
    far = 100 + PITCH + WIDTH + 1.2 * HEIGHT
    (read,) = read_marks([number("17"), number("50", x=far)], [point(far - 12)])
    assert (read.text, read.status) == ("17.50", Status.REVIEW)
    further = far + 0.3 * HEIGHT
    assert len(read_marks([number("17"), number("50", x=further)], [point(further - 12)])) == 2


def test_crumbs_of_the_digit_behind_a_point_do_not_part_the_number():
    far = 100 + 2 * PITCH + 20
    crumb = Box(far - 4, BASE - 20, 4, 4)
    (read,) = read_marks([number("17"), number("5", x=far)], [crumb, point(far - 12)])
    assert (read.text, read.status) == ("17.5", Status.REVIEW)


def set_apart(text: str, after: int, space: float) -> Number:
    """A number with a wide space, in digit heights, behind so many digits."""
    whole = number(text)
    wider = space * HEIGHT - (PITCH - WIDTH)
    digits = tuple(
        replace(digit, box=replace(digit.box, x=digit.box.x + wider * (at >= after)))
        for at, digit in enumerate(whole.digits)
    )
    return replace(whole, digits=digits, box=union(digit.box for digit in digits))


def test_a_space_far_wider_than_the_others_may_have_lost_its_point():
    apart = set_apart("109630", after=4, space=0.6)
    (read,) = read_marks([apart], [])
    assert (read.text, read.status) == ("109630", Status.REVIEW)
    (read,) = read_marks([apart], [point(gap(4) + 8)])
    assert (read.text, read.status) == ("1096.30", Status.OK)


@pytest.mark.parametrize(("text", "space"), [("109630", 0.5), ("10", 0.6), ("109", 0.6)])
def test_a_space_hardly_wider_or_the_only_one_says_nothing(text: str, space: float):
    (read,) = read_marks([set_apart(text, after=1, space=space)], [])
    assert read.status is Status.OK


def test_a_dash_behind_the_point_parts_the_numbers():
    far = 100 + 2 * PITCH + 40
    read = read_marks([number("17"), number("5", x=far)], [point(far - 36), dash(far - 14)])
    assert [each.text for each in read] == ["17", "5"]


def test_narrow_digits_at_one_pitch_leave_no_odd_space():
    whole = number("11111")
    wide = [(4, 16), (4, 16), (4, 16), (14, 4), (4, 16)]
    digits = tuple(
        replace(digit, box=Box(100 + 50 * at + off, TOP, width, HEIGHT))
        for at, (digit, (off, width)) in enumerate(zip(whole.digits, wide, strict=True))
    )
    comb = replace(whole, digits=digits, box=union(digit.box for digit in digits))
    assert read_marks([comb], []) == [comb]


def test_a_dash_is_the_minus_of_the_number_it_stands_before_and_of_no_other():
    first, second = read_marks([number("1"), number("7", x=140)], [dash(84)])
    assert (first.text, first.status) == ("-1", Status.OK)
    assert (second.text, second.status) == ("7", Status.OK)


def test_numbers_on_other_lines_are_not_joined():
    far = 100 + 2 * PITCH + 20
    read = read_marks([number("17"), number("5", x=far, line=2)], [point(far - 12)])
    assert [each.text for each in read] == ["17", "5"]


def test_without_marks_all_numbers_stay_as_they_are():
    numbers = [number("17"), number("5", x=400)]
    assert read_marks(numbers, []) == numbers


@given(st.text("0123456789", min_size=2, max_size=9), st.data())
def test_reading_marks_never_changes_a_digit(text, data):
    places = data.draw(st.lists(st.integers(1, len(text) - 1), unique=True, max_size=4))
    kinds = data.draw(st.lists(st.sampled_from(list(Mark)), min_size=4, max_size=4))
    marks = [
        Placed(kind, point(gap(place)), place)
        for kind, place in zip(kinds, sorted(places), strict=False)
    ]
    punctuated, _ = punctuate(text, marks)
    assert punctuated.replace(".", "") == text
    assert punctuated.count(".") <= 1


@given(st.floats(5, 200), st.floats(0, 500))
def test_kinds_do_not_depend_on_the_scale_of_the_page(height, top):
    scale = height / HEIGHT
    for mark, kind in ((point(0), Mark.POINT), (comma(0), Mark.COMMA), (dash(0), Mark.DASH)):
        scaled = Box(0, top + (mark.y - TOP) * scale, mark.width * scale, mark.height * scale)
        assert kind_of(scaled, top, top + height, height) is kind


def test_a_point_that_touches_the_digit_behind_it_may_be_a_bit_of_that():
    (read,) = read_marks([number("236")], [Box(100 + PITCH - 6, BASE - 6, 6, 6)])
    assert (read.text, read.status) == ("2.36", Status.REVIEW)


@pytest.mark.parametrize(
    ("clear", "first", "status"),
    [(2, "35", Status.REVIEW), (3, "35", Status.OK), (3, "75", Status.REVIEW)],
)
def test_a_minus_that_touches_is_believed_where_others_stand_clear(
    clear: int, first: str, status: Status
):
    """On one line, far apart; what touches a 7 may be its bar."""
    every = [number("35" if at else first, 100 + 300 * at) for at in range(clear + 1)]
    spaces = [0.5, *[8.0] * clear]
    dashes = [dash(each.box.x - 9 - space) for each, space in zip(every, spaces, strict=True)]
    read = read_marks(every, dashes)
    assert [each.text for each in read] == [f"-{first}", *["-35"] * clear]
    assert read[0].status is status
    assert {each.status for each in read[1:]} == {Status.OK}


@pytest.mark.parametrize(
    ("firsts", "status"),
    [("352635", Status.OK), ("335522", Status.REVIEW), ("3526", Status.REVIEW)],
)
def test_minuses_that_all_touch_are_believed_where_they_are_many_before_many_digits(
    firsts: str, status: Status
):
    every = [number(f"{first}8", 100 + 300 * at) for at, first in enumerate(firsts)]
    read = read_marks(every, [dash(each.box.x - 9.5) for each in every])
    assert [each.text for each in read] == [f"-{first}8" for first in firsts]
    assert {each.status for each in read} == {status}


@pytest.mark.parametrize(
    ("firsts", "unsigned", "status"),
    [
        ("1122117", 1, Status.OK),
        ("1122117", 3, Status.REVIEW),  # too many of the column have no minus
        ("1111117", 0, Status.REVIEW),  # the flag of a 1 may break off
        ("7777122", 0, Status.REVIEW),  # so may the bar of a 7
    ],
)
def test_minuses_that_all_touch_are_believed_in_a_column_most_of_which_has_one(
    firsts: str, unsigned: int, status: Status
):
    texts = [f"{first}8" for first in [*firsts, *"3" * unsigned]]
    every = [lowered(number(text, line=row + 1), row) for row, text in enumerate(texts)]
    dashes = [replace(dash(90.5), y=dash(0).y + 60 * row) for row in range(len(firsts))]
    read = read_marks(every, dashes)[: len(firsts)]
    assert [each.text for each in read] == [f"-{first}8" for first in firsts]
    assert {each.status for each in read} == {status}


def test_minutes_and_seconds_with_decimals_are_two_numbers():
    times = [lowered(number("1244", line=row + 1), row) for row in range(3)]
    marks = [replace(mark, y=mark.y + 60 * row) for row in range(3) for mark in a_time()]
    read = read_marks(times, marks)
    assert [each.text for each in read] == ["1", "24.4"] * 3
    assert {each.status for each in read} == {Status.OK}


def test_hours_minutes_and_seconds_are_three_numbers():
    times = [lowered(number("10230", line=row + 1), row) for row in range(3)]
    marks = [
        replace(mark, y=mark.y + 60 * row)
        for row in range(3)
        for place in (1, 3)
        for mark in colon(place)
    ]
    read = read_marks(times, marks)
    assert [each.text for each in read] == ["1", "02", "30"] * 3
    assert {each.status for each in read} == {Status.OK}


def test_seconds_have_two_digits_before_their_decimals():
    (read,) = read_marks([number("1244")], [*colon(1), point(gap(2))])
    assert (read.text, read.status) == ("1244", Status.REVIEW)


def colon(place: int) -> list[Box]:
    """Two points, one above the other, in the gap behind so many digits."""
    low = point(gap(place))
    return [low, replace(low, y=low.y - 0.45 * HEIGHT)]


def a_time() -> list[Box]:
    """The marks of 1:24.4."""
    return [*colon(1), point(gap(3))]


def lowered(each: Number, rows: int) -> Number:
    """A number so many lines further down."""
    digits = tuple(replace(d, box=replace(d.box, y=d.box.y + 60 * rows)) for d in each.digits)
    return replace(each, box=replace(each.box, y=each.box.y + 60 * rows), digits=digits)


@pytest.mark.parametrize("share", [0.22, 0.85])
def test_a_dash_that_slipped_up_or_down_before_a_number_is_a_minus_for_review(share: float):
    slipped = dash(80)
    low = replace(slipped, y=BASE - HEIGHT + share * HEIGHT - slipped.height / 2)
    (read,) = read_marks([number("35")], [low])
    assert (read.text, read.status) == ("-35", Status.REVIEW)


def test_a_dash_far_nearer_to_the_number_behind_it_is_its_minus_for_review():
    """As in the narrow columns of a table; a dash half-way is an operator."""
    before, behind = number("5", 100), number("35", 170)
    near, halfway = dash(behind.box.x - 9.5), dash((before.box.right + behind.box.x) / 2)
    _, signed = read_marks([before, behind], [near])
    assert (signed.text, signed.status) == ("-35", Status.REVIEW)
    _, apart = read_marks([before, behind], [halfway])
    assert (apart.text, apart.status) == ("35", Status.REVIEW)


@pytest.mark.parametrize("share", [0.05, 1.0])
def test_a_stroke_at_the_top_or_the_foot_of_a_number_is_no_minus(share: float):
    stroke = dash(80)
    moved = replace(stroke, y=BASE - HEIGHT + share * HEIGHT - stroke.height / 2)
    (read,) = read_marks([number("35")], [moved])
    assert read.text == "35"


def dotted(left: float, right: float, y: float = BASE + 4) -> list[Box]:
    return [Box(x, y, 5, 3) for x in np.arange(left, right, 12)]


def test_dots_of_a_rule_are_no_points_of_the_number_on_it_which_is_for_review():
    (read,) = read_marks([number("403")], [point(gap(1)), *dotted(80, 220)])
    assert (read.text, read.status) == ("4.03", Status.REVIEW)


def test_a_number_on_a_dotted_rule_has_no_point_of_the_rules():
    (read,) = read_marks([number("403")], dotted(80, 220))
    assert (read.text, read.status) == ("403", Status.REVIEW)


def test_marks_of_its_kind_are_decimal_on_a_dotted_rule_and_behind_a_minus_too():
    others = [number("175", 100 + 300 * at) for at in range(1, 4)]
    points = [point(gap(2, 100 + 300 * at)) for at in range(1, 4)]
    signed, *_ = read_marks([number("1351"), *others], [dash(90.5), point(gap(1)), *points])
    assert (signed.text, signed.status) == ("-1.351", Status.REVIEW)
    dots = dotted(80, 220, BASE + 6)
    on_dots, *_ = read_marks([number("1351"), *others], [point(gap(1)), *points, *dots])
    assert (on_dots.text, on_dots.status) == ("1.351", Status.REVIEW)


def decimals(count: int, mark) -> list[str]:
    """What is read of 1 351 with a mark, beside so many numbers like 17.5."""
    every = [number("1351"), *(number("175", 100 + 300 * at) for at in range(1, count + 1))]
    marks = [mark(gap(1)), *(point(gap(2, 100 + 300 * at)) for at in range(1, count + 1))]
    first, *_ = read_marks(every, marks)
    assert first.status is Status.REVIEW
    return [first.text]


def test_a_mark_that_may_part_thousands_is_decimal_where_others_like_it_are():
    assert decimals(3, point) == ["1.351"]
    assert decimals(2, point) == ["1351"]
    assert decimals(3, comma) == ["1351"]


def touching(text: str, row: int) -> tuple[Number, Box]:
    """A number of a column, and a point hardly apart from the digit behind it."""
    after = text.index(".")
    x = 300 * row + 100.0
    whole = number(text.replace(".", ""), x=x, line=row)
    return whole, Box(x + PITCH * after - 6, BASE - 6, 6, 6)


@pytest.mark.parametrize(
    ("texts", "status"),
    [
        (["12.5", "3.7", "4.1", "18.2", "6.6", "7.0"], Status.OK),
        (["12.5", "3.7", "4.1", "18.2", "6.6"], Status.REVIEW),
        (["12.5", "3.5", "4.1", "18.2", "6.1", "7.2"], Status.REVIEW),
    ],
    ids=["many", "fewer", "before few digits"],
)
def test_points_that_touch_are_sure_where_there_are_many(texts: list[str], status: Status) -> None:
    numbers, marks = zip(*(touching(text, row) for row, text in enumerate(texts)), strict=True)
    read = read_marks(numbers, marks)
    assert [each.text for each in read] == texts
    assert {each.status for each in read} == {status}


def test_a_touching_point_before_another_count_of_decimals_stays_for_review() -> None:
    texts = ["12.5", "3.7", "4.1", "18.2", "6.6", "7.0", "3.45"]
    numbers, marks = zip(*(touching(text, row) for row, text in enumerate(texts)), strict=True)
    *usual, odd = read_marks(numbers, marks)
    assert {each.status for each in usual} == {Status.OK}
    assert odd.status is Status.REVIEW


def list_of_days(*days: str) -> tuple[list[Number], list[Box]]:
    """Days and months below one another, each with its points: `30.9.`, or `30.9` without one."""
    numbers, marks = [], []
    for row, day in enumerate(days):
        first, second = day.rstrip(".").split(".")
        below = 90.0 * row
        points = [point(gap(len(first)))]
        points += [point(gap(len(first + second)) + 4)] if day.endswith(".") else []
        whole = number(first + second, line=1 + row)
        digits = tuple(
            replace(each, box=replace(each.box, y=each.box.y + below)) for each in whole.digits
        )
        box = replace(whole.box, y=whole.box.y + below)
        numbers.append(replace(whole, box=box, digits=digits))
        marks += [replace(each, y=each.y + below) for each in points]
    return numbers, marks


DAYS = ["30.9.", "1.10.", "2.10.", "12.11.", "3.12.", "24.12."]


def test_days_and_months_are_sure_on_a_page_with_many() -> None:
    read = read_marks(*list_of_days(*DAYS))
    assert " ".join(each.text for each in read) == "30 9 1 10 2 10 12 11 3 12 24 12"
    assert {each.status for each in read} == {Status.OK}


def test_below_them_one_whose_last_point_was_not_seen_is_parted_for_review() -> None:
    *_, day, month = read_marks(*list_of_days(*DAYS, "6.5"))
    assert (day.text, month.text) == ("6", "5")
    assert day.status is month.status is Status.REVIEW
    *_, amount = read_marks(*list_of_days(*DAYS, "6.40"))
    assert amount.text == "6.40"
    *_, mark = read_marks(*list_of_days(*DAYS[1:], "6.5"))  # too few to say what it is
    assert mark.text == "6.5"

"""Digits become numbers in reading order, each digit exactly once."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.geometry import contains, union
from digitize.group import GroupOptions, group
from digitize.group.fields import join_combs
from digitize.group.lines import find_lines, find_number_gap, split_lines
from digitize.group.numbers import make_number
from digitize.records import Box, Digit, Number, Status

HEIGHT = 40.0
WIDTH = 24.0
OPTIONS = GroupOptions()


def digit(value: int, x: float, y: float, confidence: float = 0.99) -> Digit:
    return Digit(value, confidence, Status.OK, Box(x, y, WIDTH, HEIGHT))


def written(text: str, x: float, y: float, space: float = 5, slope: float = 0) -> list[Digit]:
    """Digits side by side; a blank in the text is a digit's place left empty."""
    pitch = WIDTH + space
    return [
        digit(int(character), x + index * pitch, y + slope * index * pitch)
        for index, character in enumerate(text)
        if character != " "
    ]


def comb(count: int, x: float = 50, y: float = 50, pitch: float = 60) -> list[Box]:
    return [Box(x + index * pitch, y, pitch - 2, 65) for index in range(count)]


def texts(numbers: Sequence[Number]) -> list[str]:
    return [number.text for number in numbers]


anywhere = st.builds(
    Digit,
    st.integers(0, 9),
    st.floats(0, 1),
    st.just(Status.OK),
    st.builds(
        Box,
        st.integers(0, 400).map(float),
        st.integers(0, 400).map(float),
        st.integers(2, 60).map(float),
        st.integers(2, 90).map(float),
    ),
)
digits_anywhere = st.lists(anywhere, max_size=25, unique_by=lambda each: (each.box.x, each.box.y))
cells_anywhere = st.lists(
    st.builds(
        Box,
        st.integers(0, 300).map(float),
        st.integers(0, 300).map(float),
        st.integers(10, 200).map(float),
        st.integers(10, 200).map(float),
    ),
    max_size=6,
)


@given(digits_anywhere, cells_anywhere, st.sampled_from(["page", "number"]))
def test_every_digit_appears_exactly_once_wherever_it_lies(
    digits: list[Digit], cells: list[Box], layout: str
) -> None:
    numbers = group(digits, cells, options=GroupOptions(layout=layout))
    out = [each for number in numbers for each in number.digits]
    assert sorted(map(repr, out)) == sorted(map(repr, digits))


@given(digits_anywhere, cells_anywhere)
def test_a_number_says_what_its_digits_say(digits: list[Digit], cells: list[Box]) -> None:
    for number in group(digits, cells):
        assert number.text == "".join(str(each.digit) for each in number.digits)
        assert number.box == union(each.box for each in number.digits)
        assert 0 <= number.confidence <= min(each.confidence for each in number.digits)
        sure = number.confidence >= OPTIONS.review_below and not number.doubted
        assert (number.status is Status.OK) == sure


@given(digits_anywhere)
def test_lines_count_up_from_one_without_a_gap(digits: list[Digit]) -> None:
    lines = [number.line for number in group(digits)]
    assert lines == sorted(lines)
    assert sorted(set(lines)) == list(range(1, len(set(lines)) + 1))


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(shuffler: random.Random) -> None:
    digits = [*written("407 12", 50, 50), *written("9 81", 60, 150), *written("5", 300, 152)]
    cells = [Box(50, 290, 200, 70), Box(260, 290, 200, 70)]
    digits += [*written("31", 80, 305), *written("64", 290, 305)]
    cells += comb(3, y=400)
    digits += [digit(value, 68 + 60 * place, 412) for place, value in enumerate([8, 0, 2])]
    expected = group(digits, cells)
    shuffler.shuffle(digits)
    shuffler.shuffle(cells)
    assert group(digits, cells) == expected
    assert texts(expected) == ["407", "12", "9", "81", "5", "31", "64", "802"]


def test_no_digits_make_no_numbers() -> None:
    assert group([], [Box(0, 0, 10, 10)]) == []


def test_a_space_parts_two_numbers() -> None:
    assert texts(group(written("12 345", 50, 50))) == ["12", "345"]


def test_loose_writing_is_one_number_where_the_spaces_are_alike() -> None:
    assert texts(group(written("12345", 50, 50, space=12))) == ["12345"]


def test_numbers_are_read_line_by_line_from_left_to_right() -> None:
    digits = [*written("3", 50, 150), *written("2", 400, 52), *written("1", 50, 48)]
    numbers = group([*digits, *written("4", 400, 150)])
    assert [(number.text, number.line) for number in numbers] == [
        ("1", 1),
        ("2", 1),
        ("3", 2),
        ("4", 2),
    ]


@pytest.mark.parametrize("slope", [-0.08, 0.08])
def test_a_line_that_climbs_is_one_number(slope: float) -> None:
    assert texts(group(written("1234567890" * 2, 50, 200, slope=slope))) == ["12345678901234567890"]


def test_two_climbing_lines_are_not_mixed() -> None:
    upper = written("12345678", 50, 100, slope=0.06)
    lower = written("90123456", 50, 170, slope=0.06)
    assert texts(group([*lower, *upper])) == ["12345678", "90123456"]


def test_a_comb_is_one_number() -> None:
    digits = [digit(value, 68 + 60 * place, 62) for place, value in enumerate([2, 0, 3, 1, 5])]
    assert doubts(group(digits, comb(5))) == {"20315": False}


def test_digits_spread_evenly_along_a_line_are_one_number_for_review() -> None:
    digits = [digit(value, 68 + 60 * place, 62) for place, value in enumerate([2, 0, 3, 1, 5])]
    assert doubts(group(digits)) == {"20315": True}


def test_five_digits_far_apart_but_quite_evenly_are_one_number_for_review() -> None:
    far = [digit(value, 68 + 140 * place, 62) for place, value in enumerate([2, 0, 3, 1, 5])]
    assert doubts(group(far)) == {"20315": True}
    assert texts(group(far[:4])) == ["2", "0", "3", "1"]
    uneven = [digit(5, 68 + x, 62) for x in (0, 140, 240, 380, 500)]
    assert texts(group(uneven)) == ["5"] * 5


def test_digits_that_stand_in_columns_are_a_grid_and_numbers_of_their_own() -> None:
    digits = [digit(7, 68 + 60 * column, 62 + 60 * row) for row in range(4) for column in range(5)]
    assert texts(group(digits)) == ["7"] * 20


def test_lines_far_apart_are_no_grid() -> None:
    digits = [digit(7, 68 + 60 * column, 62 + 140 * row) for row in range(4) for column in range(5)]
    assert texts(group(digits)) == ["77777"] * 4


def test_digits_in_columns_below_sums_are_numbers_parted_by_wider_space() -> None:
    pitch = 1.5 * HEIGHT
    rows = [(0, "924"), (4.2, "63"), (7.6, "1150"), (13, "541")]
    digits = [
        digit(int(value), (start + place) * pitch, y)
        for y in (50, 350)
        for start, text in rows
        for place, value in enumerate(text)
    ]
    numbers = group(digits)
    assert texts(numbers) == ["924", "63", "1150", "541"] * 2
    assert all(number.status is Status.REVIEW for number in numbers)


def test_written_sums_side_by_side_are_no_grid_though_their_rows_lie_close() -> None:
    pitch = 1.4 * HEIGHT
    digits = [
        digit(int(value), (start + place) * pitch, 50 + row * 1.5 * HEIGHT)
        for start in (0, 5, 10)
        for row, text in enumerate(("60", "93", "87"))
        for place, value in enumerate(text)
    ]
    assert texts(group(digits)) == ["60"] * 3 + ["93"] * 3 + ["87"] * 3


def test_a_loose_hand_keeps_its_long_numbers_whole_where_it_is_looser_still() -> None:
    pitches = [1.2, 1.2, 1.15, 1.6, 1.2, 1.15, 1.2]
    places = [HEIGHT * sum(pitches[:n]) for n in range(len(pitches) + 1)]
    lines = [[digit(5, x, y) for x in places] for y in (50, 350, 650)]
    assert split_lines(lines, gap=1.05) == lines
    assert len(split_lines(lines, gap=0.95)) == 2 * len(lines)


@pytest.mark.parametrize(("count", "parts"), [(6, 1), (4, 4)])
def test_a_long_line_at_a_wider_pitch_of_its_own_than_the_pages_stays_whole(
    count: int, parts: int
) -> None:
    usual = [[digit(5, x * 1.5 * HEIGHT, y) for x in range(6)] for y in (50, 250, 450, 650)]
    wider = [digit(5, x * 2.1 * HEIGHT, 950) for x in range(count)]
    assert len(split_lines([*usual, wider], gap=0.6)) == len(usual) + parts


def test_single_digits_at_uneven_places_are_no_columns() -> None:
    digits = [
        digit(7, x + shift, y)
        for y, shift in ((50, 0), (350, 31), (650, 13))
        for x in (0, 60, 150, 200, 320)
    ]
    assert texts(group(digits)) == ["7"] * 15


def test_digits_spread_unevenly_are_numbers_of_their_own() -> None:
    digits = [digit(value, x, 62) for value, x in ((2, 68), (0, 120), (3, 230), (1, 280))]
    assert texts(group(digits)) == ["2", "0", "3", "1"]


def test_a_line_whose_spaces_are_all_of_a_kind_is_one_number_for_review() -> None:
    places, x = [], 50.0
    for space in (0.31, 0.4, 0.5, 0.62, 0.75, 0.9):
        places.append(x)
        x += WIDTH + space * HEIGHT
    digits = [digit(value, x, 62) for value, x in zip((2, 0, 3, 1, 5, 7), places, strict=True)]
    assert doubts(group(digits)) == {"203157": True}


def test_small_zeros_do_not_part_the_number_they_stand_in() -> None:
    small = [Digit(0, 0.99, Status.OK, Box(150 + 30 * i, 75, 14, 14)) for i in range(3)]
    digits = [*written("51", 80, 50), *small, *written("6", 250, 50)]
    assert texts(group(digits)) == ["510006"]


def test_an_empty_box_in_a_comb_does_not_part_it() -> None:
    digits = [digit(2, 68, 62), digit(5, 68 + 240, 62)]
    assert texts(group(digits, comb(5))) == ["25"]


def test_two_combs_side_by_side_are_two_numbers() -> None:
    digits = [digit(place, 68 + 60 * place, 62) for place in range(3)]
    digits += [digit(place, 418 + 60 * place, 62) for place in range(3)]
    assert texts(group(digits, [*comb(3), *comb(3, x=400)])) == ["012", "012"]


def test_two_combs_near_one_another_are_two_numbers_for_review() -> None:
    digits = [digit(place, 68 + 60 * place, 62) for place in range(3)]
    digits += [digit(place, 268 + 60 * place, 62) for place in range(3)]
    numbers = group(digits, [*comb(3), *comb(3, x=250)])  # 22 pixels apart, and its boxes 2
    assert texts(numbers) == ["012", "012"]
    assert all(number.doubted for number in numbers)


def test_a_tables_cells_stay_apart_however_close_their_digits() -> None:
    cells = [Box(x, y, 100, 60) for y in (50, 112) for x in (50, 152)]
    digits = [*written("12", 95, 60), *written("34", 154, 60)]  # 2 and 3 are 6 pixels apart
    digits += [*written("56", 95, 122), *written("78", 154, 122)]
    assert texts(group(digits)) == ["1234", "5678"]
    assert texts(group(digits, cells)) == ["12", "34", "56", "78"]


def test_a_table_of_narrow_cells_is_no_comb() -> None:
    cells = [Box(50 + 60 * across, y, 58, 60) for y in (50, 112) for across in range(3)]
    digits = [
        digit(across + 3 * down, 68 + 60 * across, 60 + 62 * down)
        for across in range(3)
        for down in range(2)
    ]
    assert texts(group(digits, cells)) == ["0", "1", "2", "3", "4", "5"]


def test_combs_below_one_another_with_white_between_are_no_table() -> None:
    tops = (50, 118)  # 8 pixels apart, and the boxes of a comb 2
    cells = [Box(50 + 60 * across, y, 58, 60) for y in tops for across in range(3)]
    digits = [
        digit(across + 3 * down, 65 + 60 * across, 60 + 68 * down)
        for across in range(3)
        for down in range(2)
    ]
    numbers = group(digits, cells)
    assert texts(numbers) == ["012", "345"]
    assert all(number.doubted for number in numbers)


def test_a_tables_row_in_line_with_a_comb_is_for_review() -> None:
    """The boxes of one comb were found with the white around them, up to the next comb's."""
    row = [Box(50 + 60 * across, 200, 59, 60) for across in range(3)]
    below = [Box(50 + 60 * across, 261, 59, 60) for across in range(3)]
    digits = [digit(at + 3, 65 + 60 * at, 210) for at in range(3)]
    assert doubts(group(digits, [*row, *below])) == {"3": False, "4": False, "5": False}
    digits += [digit(at, 65 + 60 * at, 60) for at in range(3)]
    found = group(digits, [*comb(3), *row, *below])
    assert doubts(found) == {"012": False, "3": True, "4": True, "5": True}


@pytest.mark.parametrize(("width", "doubt"), [(200, True), (400, False)])
def test_numbers_side_by_side_in_a_narrow_cell_may_be_one(width: int, doubt: bool) -> None:
    digits = [*written("1", 60, 60), *written("7", 150, 60), *written("35", 60, 200)]
    found = group(digits, [Box(50, 50, width, 60)])
    assert [(number.text, number.doubted) for number in found] == [
        ("1", doubt), ("7", doubt), ("35", False),
    ]  # fmt: skip


def test_with_a_point_between_them_they_are_one() -> None:
    digits, cell = [*written("9", 60, 60), *written("5", 110, 60)], Box(50, 50, 130, 60)
    others = written("35", 60, 200)
    point, high = Box(93, 93, 6, 6), Box(93, 60, 6, 6)
    assert doubts(group([*digits, *others], [cell], marks=[point])) == {"95": False, "35": False}
    for marks in ([], [high]):
        found = group([*digits, *others], [cell], marks=marks)
        assert doubts(found) == {"9": True, "5": True, "35": False}


def test_in_a_wide_cell_they_stay_apart() -> None:
    """As a list's `1. 7` does: the point may be no decimal one."""
    digits = [*written("9", 60, 60), *written("5", 110, 60), *written("35", 60, 200)]
    found = group(digits, [Box(50, 50, 400, 60)], marks=[Box(93, 93, 6, 6)])
    assert texts(found) == ["9", "5", "35"]


def test_two_lines_in_one_cell_are_two_numbers() -> None:
    digits = [*written("12", 60, 60), *written("34", 60, 120)]
    assert texts(group(digits, [Box(50, 50, 200, 120)])) == ["12", "34"]


@given(cells_anywhere)
def test_every_cell_is_in_exactly_one_field(cells: list[Box]) -> None:
    fields = join_combs(cells, HEIGHT, OPTIONS)
    held = [cell for field in fields for cell in field.cells]
    given = [cell for cell in held if cell in cells]  # a date's first box may be put back
    assert sorted(map(repr, given)) == sorted(map(repr, cells))


@given(st.floats(0.02, 0.25), st.floats(1.2, 3.0))
def test_the_number_gap_lies_between_the_spaces_within_and_between(
    within: float, between: float
) -> None:
    pitch, jump = WIDTH + within * HEIGHT, WIDTH + between * HEIGHT
    places = [0.0, pitch, pitch + jump, 2 * pitch + jump, 2 * (pitch + jump)]
    digits = [digit(1, x, 50) for x in places]
    gap = find_number_gap(digits, OPTIONS)
    assert within < gap < between
    assert texts(group(digits)) == ["11", "11", "1"]


@given(st.floats(0.55, 0.75))
def test_wide_spaces_within_numbers_move_the_gap_up(within: float) -> None:
    """Spacing that would part numbers on a tight page holds them together on a loose one."""
    digits = [digit(1, index * (WIDTH + within * HEIGHT), 50) for index in range(6)]
    assert find_number_gap(digits, GroupOptions(most_gap=2.5)) > within


@given(digits_anywhere.filter(len))
def test_the_number_gap_stays_within_its_bounds(digits: list[Digit]) -> None:
    gap = find_number_gap(digits, OPTIONS)
    assert OPTIONS.least_gap < gap <= OPTIONS.most_gap


@given(digits_anywhere)
def test_lines_hold_every_digit_once_from_left_to_right(digits: list[Digit]) -> None:
    lines = find_lines(digits, OPTIONS)
    assert sum(len(line) for line in lines) == len(digits)
    for line in lines:
        assert [each.box.x for each in line] == sorted(each.box.x for each in line)


def test_small_writing_beside_large_is_parted_by_its_own_size() -> None:
    large = [digit(1, x, 100) for x in (0, 30, 200, 230)]
    small = [
        Digit(2, 0.99, Status.OK, Box(400 + x, 105, WIDTH / 3, HEIGHT / 3))
        for x in (0, 10, 35, 45, 70, 80)
    ]
    assert texts(group([*large, *small])) == ["11", "11", "22", "22", "22"]


def test_lines_of_small_writing_beside_a_large_digit_stay_lines() -> None:
    large = Digit(8, 0.99, Status.OK, Box(0, 0, 60, 120))
    small = [
        Digit(2, 0.99, Status.OK, Box(100 + 14 * n, y, 10, 15))
        for y in (5, 30, 55, 80, 100)
        for n in range(3)
    ]
    assert sorted(texts(group([large, *small]))) == ["222"] * 5 + ["8"]


def test_a_cropped_number_is_one_number_whatever_its_spaces_and_steps() -> None:
    digits = [digit(4, 300, 20), digit(1, 10, 90), digit(2, 90, 10)]
    assert texts(group(digits, options=GroupOptions(layout="number"))) == ["124"]


def test_a_number_is_as_sure_as_all_its_digits_together() -> None:
    digits = [digit(1, 0, 0, 0.9), digit(2, 30, 0, 0.8)]
    number = make_number(digits, 3, GroupOptions(review_below=0.7))
    assert number.confidence == pytest.approx(0.72)
    assert number.status is Status.OK
    assert number.line == 3
    assert make_number(digits, 3, GroupOptions(review_below=0.73)).status is Status.REVIEW


def test_a_digit_on_a_cells_border_is_in_one_of_them() -> None:
    cells = [Box(0, 0, 100, 100), Box(100, 0, 100, 100)]
    on_border = digit(7, 100 - WIDTH / 2, 30)
    assert all(contains(cell, on_border.box.centre) for cell in cells)
    assert texts(group([on_border], cells)) == ["7"]


# --- what may be another number than what is written ---


def doubts(numbers: Sequence[Number]) -> dict[str, bool]:
    return {number.text: number.doubted for number in numbers}


def test_white_between_two_combs_makes_no_table_of_them() -> None:
    """The white under a comb is closed by it and the next one, and looks like low cells."""
    white = [Box(50 + 60 * place, 112, 58, 24) for place in range(3)]
    digits = [digit(value, 68 + 60 * place, 62) for place, value in enumerate([2, 0, 3])]
    digits += [digit(value, 68 + 60 * place, 148) for place, value in enumerate([4, 1, 5])]
    cells = [*comb(3), *white, *comb(3, y=138)]
    assert texts(group(digits, cells)) == ["203", "415"]


def test_a_comb_with_a_lost_wall_is_one_number_and_doubted() -> None:
    cells = [*comb(2), Box(170, 50, 118, 60), *comb(1, x=290)]
    digits = [digit(value, 68 + 60 * place, 62) for place, value in enumerate([2, 0, 3, 1, 5])]
    assert doubts(group(digits, cells)) == {"20315": True}
    assert doubts(group(digits, comb(5))) == {"20315": False}


def test_a_long_cell_beside_a_comb_is_a_field_of_its_own() -> None:
    cells = [*comb(3), Box(230, 50, 150, 60)]
    digits = [digit(value, 68 + 60 * place, 62) for place, value in enumerate([1, 2, 3])]
    digits += written("45", 300, 62)
    assert doubts(group(digits, cells)) == {"123": False, "45": False}


@pytest.mark.parametrize(("space", "doubted"), [(0.75, True), (0.9, False)])
def test_numbers_hardly_apart_are_doubted(space: float, doubted: bool) -> None:
    """Space so narrow may as well be within one number."""
    digits = [*written("12", 50, 50), *written("34", 50 + 2 * WIDTH + 5 + space * HEIGHT, 50)]
    assert doubts(group(digits)) == {"12": doubted, "34": doubted}


def test_a_refused_glyph_close_by_is_cause_for_doubt() -> None:
    digits = written("12", 50, 50)
    beside, far = Box(50 + 2 * WIDTH + 20, 50, WIDTH, HEIGHT), Box(400, 50, WIDTH, HEIGHT)
    below = Box(50, 50 + 2 * HEIGHT, WIDTH, HEIGHT)
    assert doubts(group(digits, refused=[far, below])) == {"12": False}
    assert doubts(group(digits, refused=[far, beside])) == {"12": True}


def test_a_refused_glyph_in_a_cell_doubts_the_number_in_that_cell_alone() -> None:
    cells = [Box(50, 50, 100, 60), Box(152, 50, 100, 60)]
    digits = [*written("1", 60, 60), *written("2", 165, 60)]
    refused = [Box(205, 60, WIDTH, HEIGHT)]
    assert doubts(group(digits, cells, refused)) == {"1": False, "2": True}


def test_a_cropped_number_with_a_refused_glyph_is_doubted() -> None:
    options = GroupOptions(layout="number")
    refused = [Box(300, 50, WIDTH, HEIGHT)]
    assert doubts(group(written("12", 50, 50), refused=refused, options=options)) == {"12": True}


def squares(across: int, down: int, side: float) -> list[Box]:
    return [
        Box(20 + side * column, 20 + side * row, side - 2, side - 2)
        for column in range(across)
        for row in range(down)
    ]


def test_squared_paper_does_not_part_the_digits_in_its_squares() -> None:
    cells = squares(12, 8, 1.2 * HEIGHT)
    digits = written("5207", 70, 120, space=8)
    assert texts(group(digits, cells)) == ["5207"]
    assert texts(group(digits, squares(4, 2, 4 * HEIGHT))) == ["5207"]


def test_a_small_table_of_low_cells_is_no_squared_paper() -> None:
    cells = squares(3, 3, 1.4 * HEIGHT)
    digits = [
        digit(value, cells[place].x + 15, cells[place].y + 6) for place, value in [(0, 4), (3, 2)]
    ]
    assert texts(group(digits, cells)) == ["4", "2"]


def test_on_squared_paper_a_bare_stroke_may_be_a_rules() -> None:
    stroke = Digit(1, 0.99, Status.OK, Box(300, 120, 0.1 * HEIGHT, HEIGHT))
    digits = [*written("52", 70, 120), stroke]
    assert doubts(group(digits, squares(12, 8, 1.2 * HEIGHT))) == {"52": False, "1": True}
    assert doubts(group(digits)) == {"52": False, "1": False}


@pytest.mark.parametrize(("space", "status"), [(8, Status.REVIEW), (24, Status.OK)])
def test_a_number_that_runs_on_over_a_wall_is_for_review(space: float, status: Status) -> None:
    left = written("108", 60, 60)
    right = written("75", left[-1].box.right + space, 60)
    wall = left[-1].box.right + space / 2
    cells = [Box(20, 50, wall - 21, 65), Box(wall + 1, 50, 150, 65)]
    numbers = group([*left, *right], cells, (), OPTIONS)
    assert texts(numbers) == ["108", "75"]
    assert {number.status for number in numbers} == {status}

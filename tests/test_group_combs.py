"""Boxes of a comb that were not found cost no digit: what stands in their place belongs to it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.group import group
from digitize.group.combs import complete_combs, without_strays
from digitize.group.fields import Field, join_combs
from digitize.group.options import GroupOptions
from digitize.records import Box, Comb, Digit, Status

HEIGHT = 40.0
LEFT, TOP, WIDE, TALL, PITCH = 100.0, 50.0, 56.0, 80.0, 70.0


def box(place: float) -> Box:
    return Box(LEFT + PITCH * place, TOP, WIDE, TALL)


def digit(place: float, value: int = 1, height: float = HEIGHT) -> Digit:
    middle = box(place).centre
    wide = 0.5 * height
    where = Box(middle[0] - wide / 2, middle[1] - height / 2, wide, height)
    return Digit(value, 0.99, Status.OK, where)


def comb(*places: int) -> Field:
    return Field(tuple(map(box, places)))


def read(values: str, found: list[int], height: float = HEIGHT) -> list[tuple[str, Status]]:
    """What is read of a comb with these digits, a space for none, and these of its boxes."""
    digits = [digit(at, int(sign), height) for at, sign in enumerate(values) if sign != " "]
    numbers = group(digits, [box(place) for place in found], (), GroupOptions(second_reader=True))
    return [(number.text, number.status) for number in numbers]


def test_boxes_drawn_apart_are_one_comb() -> None:
    assert read("5751", [0, 1, 2, 3]) == [("5751", Status.OK)]


def test_small_digits_in_their_boxes_are_one_number() -> None:
    assert read("5751", [0, 1, 2, 3], height=25) == [("5751", Status.OK)]


@pytest.mark.parametrize(
    "found",
    [[1, 2, 3, 4, 5], [0, 1, 2, 3], [0, 1, 2, 4, 5], [0, 1, 4, 5], [2, 3], [0, 1, 3, 4]],
    ids=["first", "last two", "one inside", "two inside", "all but two", "inside and last"],
)
def test_digits_in_boxes_that_were_not_found_belong_to_the_number(found: list[int]) -> None:
    assert read("408273", found) == [("408273", Status.REVIEW)]


def test_an_empty_box_that_was_not_found_keeps_its_place() -> None:
    assert read("40 273", [0, 1, 3, 4, 5]) == [("40273", Status.REVIEW)]


def test_a_box_in_a_row_of_boxes_that_were_not_found_parts_nothing() -> None:
    assert read("40827", [1]) == [("40827", Status.REVIEW)]
    assert read("408273", [1, 4]) == [("408273", Status.REVIEW)]


def test_a_box_with_no_digit_beside_it_stays_a_field() -> None:
    fields = [comb(0), comb(3)]
    assert without_strays(fields, [digit(0), digit(3), digit(6)], HEIGHT) == fields
    assert without_strays(fields, [digit(0), digit(3), digit(4)], HEIGHT) == fields[:1]


def test_a_box_with_a_digit_on_one_side_and_a_box_on_the_other_is_doubted() -> None:
    first, second = comb(0), comb(1)
    kept = without_strays([first, second], [digit(0), digit(1), digit(2)], HEIGHT)
    assert kept == [first, replace(second, doubted=True)]


def test_a_box_for_several_digits_or_with_two_in_it_parts_numbers() -> None:
    large = Field((Box(LEFT, TOP, 8 * HEIGHT, 8 * HEIGHT),))
    assert without_strays([large], [digit(5)], HEIGHT) == [large]
    pair = [digit(0, height=20), replace(digit(0, height=20), box=Box(LEFT + 2, TOP + 20, 10, 20))]
    assert without_strays([comb(0)], [*pair, digit(1)], HEIGHT) == [comb(0)]


def test_writing_in_a_box_may_be_a_digit_of_the_number() -> None:
    boxes, digits = [box(place) for place in range(4)], [digit(place) for place in (1, 2, 3)]
    written = replace(digit(0).box, width=8.0)
    options = GroupOptions(second_reader=True)
    for where, status in ((written, Status.REVIEW), (replace(written, y=300.0), Status.OK)):
        (number,) = group(digits, boxes, (), options, [where])
        assert (number.text, number.status) == ("111", status)


def test_what_stands_off_the_pitch_is_no_part_of_the_comb() -> None:
    (field,) = complete_combs([comb(0, 1, 2)], [digit(place) for place in (0, 1, 2, 3.45, 4)])
    assert field == comb(0, 1, 2)


def test_two_digits_in_one_place_are_no_box_of_the_comb() -> None:
    close = [digit(2.85), digit(3.15)]
    (field,) = complete_combs([comb(0, 1, 2)], [*map(digit, range(3)), *close])
    assert field == comb(0, 1, 2)


def test_boxes_of_another_size_are_of_another_field() -> None:
    wide = Field((replace(box(3), width=3 * PITCH),))
    assert complete_combs([comb(0, 1, 2), wide], []) == [comb(0, 1, 2), wide]


def test_boxes_that_stand_unevenly_have_no_pitch() -> None:
    field = Field((box(0), box(1), box(2.4)))
    digits = [digit(0), digit(1), digit(2.4), digit(3.4)]
    assert complete_combs([field], digits) == [field]


def test_two_rows_of_boxes_stay_two() -> None:
    below = Field(tuple(replace(cell, y=TOP + 2 * TALL) for cell in comb(3, 4, 5).cells))
    assert complete_combs([comb(0, 1, 2), below], []) == [comb(0, 1, 2), below]


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_no_box_that_was_found_is_lost(places: set[int], filled: set[int]) -> None:
    cells = [box(place) for place in sorted(places)]
    fields = join_combs(cells, HEIGHT, GroupOptions())
    completed = complete_combs(fields, [digit(place) for place in sorted(filled)])
    held = [cell for field in completed for cell in field.cells]
    assert len(held) == len(set(held))
    assert set(cells) <= set(held)


def test_a_stroke_between_two_combs_is_rather_a_slash() -> None:
    parted = complete_combs([comb(0, 1), comb(3, 4)], [digit(place) for place in range(5)])
    assert sorted(len(field.cells) for field in parted) == [2, 2]
    assert all(field.doubted for field in parted)


def test_a_digit_between_two_combs_is_in_a_box_that_was_not_found() -> None:
    digits = [replace(digit(place), digit=7) for place in range(5)]
    (joined,) = complete_combs([comb(0, 1), comb(3, 4)], digits)
    assert len(joined.cells) == 5


def test_a_comb_whose_ends_are_known_gains_no_box() -> None:
    whole, other = replace(comb(0, 1, 2), whole=True), comb(4, 5, 6, 7)
    digits = [replace(digit(place), digit=7) for place in range(8)]
    kept = complete_combs([whole, other], digits)
    assert whole in kept
    assert not any(field is not whole and field.holds(box(2)) for field in kept)


def test_a_known_comb_is_one_number_and_two_digits_in_a_box_are_for_review() -> None:
    known = Comb(tuple(box(place) for place in range(4)))
    (number,) = group([digit(place) for place in range(4)], combs=[known])
    assert (number.text, number.status) == ("1111", Status.OK)
    pair = [digit(place) for place in (0, 1, 1.4, 3)]
    (number,) = group(pair, combs=[known])
    assert (number.text, number.status) == ("1111", Status.REVIEW)


def test_a_comb_whose_ends_were_not_found_is_for_review() -> None:
    known = Comb(tuple(box(place) for place in range(4)), whole=False)
    (number,) = group([digit(place) for place in range(4)], combs=[known])
    assert (number.text, number.status) == ("1111", Status.REVIEW)


def test_combs_apart_by_part_of_a_box_stay_apart() -> None:
    day, month = comb(0, 1), Field((box(2.3), box(3.3)))
    year = Field(tuple(map(box, (4.6, 5.6, 6.6, 7.6))))
    fields = [day, month, year]
    assert complete_combs(fields, [digit(place) for place in (0, 1, 2.3, 3.3)]) == fields


def test_no_box_is_made_up_where_another_combs_box_stands_partly() -> None:
    fields = [comb(0, 1), Field((box(2.3), box(3.1)))]
    here = [digit(place) for place in (0, 1, 2.3, 3.1)]
    assert complete_combs(fields, here) == fields


def test_combs_two_empty_boxes_apart_are_two() -> None:
    fields = [comb(0, 1), comb(4, 5)]
    assert complete_combs(fields, [digit(place) for place in (0, 1, 4, 5)]) == fields


def test_a_thicker_wall_may_be_those_of_two_combs() -> None:
    near = [box(at * 0.85) for at in range(4)]
    thicker = [*near[:2], *(replace(cell, x=cell.x + 0.08 * HEIGHT) for cell in near[2:])]
    (comb,) = join_combs(thicker, HEIGHT, GroupOptions())
    assert comb.doubted
    ragged = [*near[:2], *(replace(cell, x=cell.x + 2) for cell in near[2:])]
    (comb,) = join_combs(ragged, HEIGHT, GroupOptions())
    assert not comb.doubted


def test_where_two_boxes_stand_further_apart_another_comb_may_begin() -> None:
    near = [box(at * 0.85) for at in range(4)]
    (even,) = join_combs(near, HEIGHT, GroupOptions())
    assert not even.doubted
    moved = [*near[:2], *(replace(cell, x=cell.x + 0.16 * PITCH) for cell in near[2:])]
    (uneven,) = join_combs(moved, HEIGHT, GroupOptions())
    assert uneven.doubted
    (of_three,) = join_combs(moved[1:], HEIGHT, GroupOptions())
    assert of_three.doubted


def date_boxes(*counts: int, space: float = 12.0) -> list[Box]:
    """Boxes side by side, with a wider space between combs of so many."""
    boxes, x = [], LEFT
    for count in counts:
        for _ in range(count):
            boxes.append(Box(x, TOP, WIDE, TALL))
            x += WIDE + 4
        x += space - 4
    return boxes


@pytest.mark.parametrize("counts", [(2, 2, 4), (4, 2, 2)])
def test_combs_of_two_two_and_four_boxes_are_a_date_s(counts: tuple[int, ...]) -> None:
    fields = join_combs(date_boxes(*counts), HEIGHT, GroupOptions())
    assert tuple(len(field.cells) for field in fields) == counts
    assert all(field.doubted for field in fields)


@pytest.mark.parametrize("counts", [(2, 2, 2), (3, 5), (2, 6), (1, 2, 5)])
def test_other_combs_so_close_stay_one_for_review(counts: tuple[int, ...]) -> None:
    (field,) = join_combs(date_boxes(*counts), HEIGHT, GroupOptions())
    assert len(field.cells) == sum(counts)
    assert field.doubted


def test_the_first_box_of_a_date_is_put_back() -> None:
    boxes = date_boxes(2, 2, 4)
    day, month, year = join_combs(boxes[1:], HEIGHT, GroupOptions())
    assert day.cells == tuple(boxes[:2])
    assert (len(month.cells), len(year.cells)) == (2, 4)
    assert day.doubted


def test_a_date_s_combs_half_a_box_apart_are_sure() -> None:
    fields = join_combs(date_boxes(2, 2, 4, space=0.55 * WIDE), HEIGHT, GroupOptions())
    assert [len(field.cells) for field in fields] == [2, 2, 4]
    assert not any(field.doubted for field in fields)

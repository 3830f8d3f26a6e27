"""Boxes that short strokes part, standing on the foot of a frame, are one comb's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from digitize.records import Layers
from digitize.segment import find_components
from digitize.separate import separate

if TYPE_CHECKING:
    from tests.conftest import Paper

PITCH, TOP, FOOT = 50, 100, 165


def low_comb(paper: type[Paper], text: str, lost: tuple[int, ...] = ()) -> Paper:
    """A frame with low walls and one digit of `text` in each box, some walls lost."""
    page = paper().grid([60, 60 + PITCH * len(text)], [TOP, FOOT])
    for at, digit in enumerate(text):
        page.digits(digit, 72 + PITCH * at, 112)
        if at and at not in lost:
            page.column(60 + PITCH * at, FOOT - 25, FOOT, 2)
    return page


def open_comb(paper: type[Paper], count: int, pitch: int = PITCH) -> Paper:
    """The foot of a comb with its low walls, both ends included, and nothing above it."""
    page = paper().row(FOOT, 60, 60 + pitch * count).digits("9203", 72, 212)
    for at in range(count + 1):
        page.column(60 + pitch * at, FOOT - 25, FOOT, 2)
    return page


def widths(layers: Layers) -> list[int]:
    return [round(box.width) for comb in layers.combs for box in comb.boxes]


def digits_found(layers: Layers) -> int:
    found = find_components(layers.digits)
    return sum(each.box.height > layers.digit_height / 3 for each in found)


@pytest.mark.parametrize("text", ["408", "40815", "408152630"])
def test_low_walls_part_a_frame_into_equal_boxes_and_are_no_digits(
    paper: type[Paper], text: str
) -> None:
    layers = separate(low_comb(paper, text).flat())
    assert len(widths(layers)) == len(text)
    assert all(abs(width - PITCH) <= 2 for width in widths(layers))
    assert digits_found(layers) == len(text)


@pytest.mark.parametrize("count", [4, 7])
def test_low_walls_on_a_foot_alone_make_boxes_too(paper: type[Paper], count: int) -> None:
    page = open_comb(paper, count)
    for at in range(count):
        page.digits("48260357"[at], 72 + PITCH * at, 112)
    layers = separate(page.flat())
    assert len(widths(layers)) == count
    assert digits_found(layers) == count + len("9203")


def test_tails_of_digits_that_reach_a_rule_are_no_walls_of_an_open_comb(
    paper: type[Paper],
) -> None:
    page = paper().row(FOOT, 60, 60 + 3 * PITCH).digits("9203", 72, 212)
    page.digits("797", 72, 112)
    for at in (1, 2):
        page.column(60 + PITCH * at, FOOT - 25, FOOT, 2)
    assert separate(page.flat()).cells == ()


def test_a_rule_under_a_number_makes_no_boxes(paper: type[Paper]) -> None:
    page = paper().digits("481117", 72, 115).row(FOOT, 60, 360)
    layers = separate(page.flat())
    assert layers.cells == ()
    assert digits_found(layers) == len("481117")


def test_written_ones_that_reach_the_foot_of_a_frame_are_no_walls(paper: type[Paper]) -> None:
    page = paper().grid([60, 180], [TOP, FOOT]).digits("9203", 72, 212)
    for x in (100, 140):
        page.column(x, TOP + 8, FOOT, 4)
    layers = separate(page.flat())
    assert len(layers.cells) == 1
    assert digits_found(layers) == len("9203") + 2


def test_what_stands_over_a_wall_is_not_erased_with_it(paper: type[Paper]) -> None:
    page = low_comb(paper, "40815").bar(60 + PITCH, FOOT - 40, 6, 6)
    layers = separate(page.flat())
    assert len(widths(layers)) == len("40815")
    x, y = 60 + PITCH, FOOT - 40
    assert layers.digits[y : y + 6, x : x + 6].all()


def test_a_low_wall_that_is_lost_under_a_digit_is_still_one(paper: type[Paper]) -> None:
    layers = separate(low_comb(paper, "408152", lost=(3,)).flat())
    assert len(widths(layers)) == len("408152")


def test_ones_in_a_frame_stand_off_its_foot_and_are_no_walls(paper: type[Paper]) -> None:
    page = paper().grid([60, 60 + PITCH * 6], [TOP, FOOT])
    for at in range(1, 6):
        page.digits("1", 60 + PITCH * at - 10, 112)
    layers = separate(page.flat())
    assert len(layers.cells) == 1
    assert digits_found(layers) == 5


def test_one_low_wall_parts_a_frame_in_two_where_other_frames_have_some(
    paper: type[Paper],
) -> None:
    page = low_comb(paper, "40815").grid([400, 400 + 2 * PITCH], [TOP, FOOT])
    page.digits("7", 412, 112).column(400 + PITCH, FOOT - 25, FOOT, 2)
    layers = separate(page.flat())
    assert len(widths(layers)) == len("40815") + 2
    assert digits_found(layers) == len("40815") + 1


def test_a_single_stroke_on_the_foot_of_a_frame_parts_nothing(paper: type[Paper]) -> None:
    page = paper().grid([60, 60 + PITCH * 3], [TOP, FOOT])
    page.digits("4", 72, 112).digits("9203", 72, 212).column(60 + PITCH, FOOT - 25, FOOT, 2)
    assert len(separate(page.flat()).cells) == 1


def test_low_walls_part_a_piece_of_a_cell_where_they_stand_at_one_pitch(
    paper: type[Paper],
) -> None:
    page = paper().grid([60, 510], [TOP, FOOT])
    for at, digit in enumerate("408152"):
        page.digits(digit, 172 + PITCH * at, 112)
        if at and at != 2:
            page.column(160 + PITCH * at, FOOT - 25, FOOT, 2)
    layers = separate(page.flat())
    assert [abs(width - PITCH) <= 2 for width in widths(layers)] == [True] * 6
    assert [comb.whole for comb in layers.combs] == [False]
    assert len(layers.cells) == 1
    assert digits_found(layers) == len("408152")


@pytest.mark.parametrize("places", [(210, 260, 330), (210, 260)], ids=["uneven", "two"])
def test_a_few_strokes_on_the_foot_of_a_wide_cell_part_nothing(
    paper: type[Paper], places: tuple[int, ...]
) -> None:
    page = paper().grid([60, 560], [TOP, FOOT]).digits("9203", 72, 212)
    for x in places:
        page.column(x, FOOT - 25, FOOT, 2)
    assert widths(separate(page.flat())) == []


@pytest.mark.parametrize("places", [(130, 160, 190), (130, 160, 190, 220)], ids=["111", "1111"])
def test_written_ones_on_the_foot_of_a_cell_are_no_walls(
    paper: type[Paper], places: tuple[int, ...]
) -> None:
    page = paper().grid([60, 360], [TOP, FOOT]).digits("9203", 72, 212)
    for x, tall in zip(places, (38, 40, 41, 37), strict=False):
        page.column(x, FOOT - tall, FOOT, 4)
    layers = separate(page.flat())
    assert layers.combs == ()
    assert digits_found(layers) == len("9203") + len(places)


@pytest.mark.parametrize("first", range(56, 62))
def test_a_comb_at_the_edge_of_the_page_stays_on_it(paper: type[Paper], first: int) -> None:
    page = paper().row(FOOT, 0, 800).digits("9203", 72, 212)
    for at in range(6):
        page.column(first + 60 * at, FOOT - 25, FOOT, 2)
    layers = separate(page.flat())
    assert all(box.x >= 0 for comb in layers.combs for box in comb.boxes)

"""The pieces of a dotted rule under a number are none of its points; its own points are."""

from __future__ import annotations

from digitize.group.dotted import without_dots
from digitize.group.mark_kinds import Mark, Placed
from digitize.records import Box

HEIGHT, TOP, FOOT = 40.0, 100.0, 140.0


def dot(x: float, foot: float = FOOT, tall: float = 4, wide: float = 4) -> Placed:
    return Placed(Mark.POINT, Box(x, foot - tall, wide, tall), 0)


def left(*placed: Placed) -> list[Placed]:
    return without_dots(placed, TOP, HEIGHT)


DOTS = [dot(100 + 16 * at) for at in range(4)]


def test_dots_on_one_level_are_a_rules() -> None:
    assert left(*DOTS) == []


def test_two_dots_are_a_point_and_another() -> None:
    assert left(*DOTS[:2]) == DOTS[:2]


def test_a_larger_point_among_dots_is_a_numbers() -> None:
    point = dot(108, tall=8)
    assert left(*DOTS, point) == [point]


def test_a_point_off_the_dots_level_is_a_numbers() -> None:
    point = dot(108, foot=FOOT - 4)
    assert left(*DOTS, point) == [point]


def test_a_point_far_from_the_dots_is_a_numbers() -> None:
    point = dot(50)
    assert left(point, *DOTS) == [point]


def test_the_marks_of_thousands_are_no_dots() -> None:
    marks = [dot(100 + 70 * at) for at in range(3)]
    assert left(*marks) == marks


def test_what_is_thick_or_high_above_the_foot_is_no_rule_to_write_on() -> None:
    thick = [dot(100 + 16 * at, tall=9) for at in range(4)]
    high = [dot(100 + 16 * at, foot=FOOT - 12) for at in range(4)]
    assert left(*thick) == thick
    assert left(*high) == high

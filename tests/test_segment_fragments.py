"""Fragments come home: a loose roof, bar or break is its digit's, a dash or point nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.records import Box
from digitize.segment import SegmentOptions
from digitize.segment.components import Component, find_components
from digitize.segment.fragments import find_home, join_fragments

if TYPE_CHECKING:
    from tests.conftest import Paper

OPTIONS = SegmentOptions()

places = st.tuples(st.integers(0, 200), st.integers(0, 80), st.integers(2, 40), st.integers(2, 50))


def full(x: int, y: int, width: int, height: int) -> Component:
    return Component(Box(x, y, width, height), np.full((height, width), 255, np.uint8))


def joined(page: Paper, height: float = 40) -> list[Component]:
    found = join_fragments(find_components(page.ink), height, OPTIONS)
    return sorted(found, key=lambda component: component.box.x)


def test_a_fragment_goes_to_the_nearer_of_two_digits() -> None:
    roof, near, far = (14, 0, 30, 4), (10, 6, 30, 40), (33, 6, 60, 40)
    assert find_home(0, np.array([roof, near, far], float), 40, OPTIONS) == 1
    assert find_home(0, np.array([roof, far, near], float), 40, OPTIONS) == 2


def test_a_roof_that_runs_off_to_the_right_comes_home() -> None:
    body, roof = (10, 10, 30, 40), (27, 2, 47, 6)
    foot = (27, 44, 47, 48)
    assert find_home(1, np.array([body, roof], float), 40, OPTIONS) == 0
    assert find_home(1, np.array([body, foot], float), 40, OPTIONS) is None


def test_a_fragment_far_from_all_digits_has_no_home() -> None:
    nowhere = (np.nan,) * 4  # joined to another before
    boxes = np.array([(14, 0, 30, 4), (10, 30, 30, 70), (80, 0, 100, 40), nowhere], float)
    assert find_home(0, boxes, 40, OPTIONS) is None


def test_a_fragment_too_far_to_the_side_to_be_one_digits_has_no_home() -> None:
    roof, body = (40, 0, 75, 4), (10, 2, 42, 40)
    assert find_home(0, np.array([roof, body], float), 40, OPTIONS) is None


def test_a_digit_broken_across_is_one_again(paper: type[Paper]) -> None:
    page = paper().digits("8", 100, 100)
    page.pixels[117:120] = 255
    assert len(find_components(page.ink)) == 2
    (whole,) = joined(page)
    assert (whole.mask > 0).sum() == (page.ink > 0).sum()


def test_a_digit_broken_downwards_is_one_again(paper: type[Paper]) -> None:
    page = paper()
    cv2.ellipse(page.pixels, (120, 110), (14, 10), 0, 0, 360, (0, 0, 0), 3)
    page.pixels[:, 119:121] = 255
    assert len(find_components(page.ink)) == 2
    assert len(joined(page)) == 1


def test_a_digit_in_three_pieces_is_one_again(paper: type[Paper]) -> None:
    page = paper().digits("5", 100, 100)
    for y in (112, 128):
        page.pixels[y : y + 3] = 255
    assert len(find_components(page.ink)) >= 3
    assert len(joined(page)) == 1


def test_two_whole_digits_side_by_side_stay_two(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(107, 100)
    assert [component.box for component in joined(page)] == page.drawn


def test_digits_of_two_lines_stay_two(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(100, 144)
    assert sorted((c.box for c in joined(page)), key=lambda box: box.y) == page.drawn


@pytest.mark.parametrize(("x", "y"), [(112, 116), (112, 135)], ids=["dash", "point"])
def test_what_stands_between_digits_is_nobodys(paper: type[Paper], x: int, y: int) -> None:
    page = paper().bar(100, 100).bar(x, y, 5, 8).bar(127, 100)
    assert [component.box for component in joined(page)] == page.drawn


@pytest.mark.parametrize("gap", [0, 1, 3])
def test_a_minus_close_before_a_digit_is_nobodys(gap: int) -> None:
    digit, minus = (100, 100, 124, 140), (84 - gap, 118, 100 - gap, 123)
    assert find_home(1, np.array([digit, minus], float), 40, OPTIONS) is None


@pytest.mark.parametrize("minus", [(96, 118, 112, 123), (84, 98, 100, 103), (92, 118, 99, 123)])
def test_strokes_over_above_or_shorter_than_a_minus_come_home(minus: tuple[int, ...]) -> None:
    digit = (100, 100, 124, 140)
    assert find_home(1, np.array([digit, minus], float), 40, OPTIONS) == 0


@pytest.mark.parametrize(
    ("width", "tall"), [(7, 7), (6, 10), (9, 6), (9, 15)], ids=["point", "comma", "flat", "long"]
)
def test_a_point_close_to_the_foot_of_a_digit_is_nobodys(
    paper: type[Paper], width: int, tall: int
) -> None:
    page = paper().bar(100, 100).bar(107, 140 - tall, tall, width)
    assert [component.box for component in joined(page)] == page.drawn


@pytest.mark.parametrize(("length", "parts"), [(6, 2), (0, 2)])
def test_what_is_left_of_a_rule_ties_no_point_to_the_digit_beside_it(
    length: int, parts: int
) -> None:
    digit, ink = full(50, 10, 24, 40), np.zeros((7, 7 + length), np.uint8)
    ink[:, :7] = 255
    ink[-2] = 255  # to right under the digit
    point = Component(Box(51 - ink.shape[1], 44, ink.shape[1], 7), ink)
    assert len(join_fragments([digit, point], 40, OPTIONS)) == parts


def test_a_piece_of_a_foot_with_thin_ends_comes_home() -> None:
    ink = np.zeros((7, 20), np.uint8)
    ink[:, 3:17] = 255
    ink[3] = 255
    digit, foot = full(50, 10, 24, 40), Component(Box(31, 43, 20, 7), ink)
    (whole,) = join_fragments([digit, foot], 40, OPTIONS)
    assert whole.box == Box(31, 10, 43, 40)


def test_a_thin_sloped_stroke_has_no_thick_part_and_comes_home() -> None:
    """The right half of a 4's bar on a coarse scan, one pixel thick, a step in its middle."""
    ink = np.zeros((2, 6), np.uint8)
    ink[1, :3] = ink[0, 2:] = 255
    digit, bar = full(20, 5, 2, 20), Component(Box(23, 16, 6, 2), ink)
    assert len(join_fragments([digit, bar], 20, OPTIONS)) == 1


def test_a_comma_that_begins_under_the_bowl_of_a_digit_is_nobodys() -> None:
    digit, comma = (100, 100, 130, 140), (126, 131, 136, 146)
    assert find_home(1, np.array([digit, comma], float), 40, OPTIONS) is None


@pytest.mark.parametrize(
    ("low", "home"),
    [((112, 131, 129, 150), None), ((112, 131, 129, 143), 0), ((112, 120, 129, 150), 0)],
    ids=["a comma", "ends at the foot", "begins high"],
)
def test_a_comma_under_a_whole_digit_is_nobodys(low: tuple[int, ...], home: int | None) -> None:
    digit = (100, 100, 130, 140)
    assert find_home(1, np.array([digit, low], float), 40, OPTIONS) == home


def test_nothing_under_the_foot_of_a_whole_digit_is_a_part_of_it() -> None:
    whole, rule = (100, 100, 125, 140), (104, 141, 128, 147)
    assert find_home(1, np.array([whole, rule], float), 40, OPTIONS) is None
    upper_half = (100, 120, 125, 140)
    assert find_home(1, np.array([upper_half, rule], float), 40, OPTIONS) == 0


@pytest.mark.parametrize(
    ("y", "width", "tall"), [(120, 7, 7), (135, 12, 5)], ids=["higher up", "flat"]
)
def test_another_small_break_beside_a_digit_comes_home(
    paper: type[Paper], y: int, width: int, tall: int
) -> None:
    page = paper().bar(100, 100).bar(107, y, tall, width)
    assert len(joined(page)) == 1


def test_without_fragments_all_stays_as_it_is() -> None:
    assert join_fragments([], 40, OPTIONS) == []


@given(st.lists(places, max_size=8), st.floats(20, 60))
def test_joining_loses_no_box_and_makes_none(
    found: list[tuple[int, int, int, int]], height: float
) -> None:
    components = [full(*place) for place in found]
    whole = join_fragments(components, height, OPTIONS)
    assert len(whole) <= len(components)
    edges = {(c.box.x, c.box.y) for c in components}
    if components:
        assert min(c.box.x for c in whole) == min(x for x, _ in edges)
        assert max(c.box.bottom for c in whole) == max(c.box.bottom for c in components)
    for component in components:
        inside = [
            other
            for other in whole
            if other.box.x <= component.box.x
            and other.box.y <= component.box.y
            and other.box.right >= component.box.right
            and other.box.bottom >= component.box.bottom
        ]
        assert inside


@given(st.lists(places, max_size=8), st.integers(2, 4))
def test_joining_does_not_depend_on_the_scale_of_the_page(
    found: list[tuple[int, int, int, int]], factor: int
) -> None:
    once = join_fragments([full(*place) for place in found], 40, OPTIONS)
    larger = [full(*(value * factor for value in place)) for place in found]
    again = join_fragments(larger, 40 * factor, OPTIONS)
    assert sorted((c.box.x * factor, c.box.y * factor) for c in once) == sorted(
        (c.box.x, c.box.y) for c in again
    )

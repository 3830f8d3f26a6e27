"""Boxes: what two share, what one holds, and where a map takes it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.geometry import (
    clip,
    contains,
    corners,
    direction,
    horizontal_overlap,
    intersection_over_union,
    map_box,
    overlap,
    straight_through,
    union,
    vertical_overlap,
)
from digitize.records import Box

places = st.integers(-500, 500).map(float)
sizes = st.integers(1, 400).map(float)
boxes = st.builds(Box, places, places, sizes, sizes)
UPRIGHT = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])


def points_of(box: Box) -> list[tuple[float, float]]:
    return [(x, y) for x in (box.x, box.right) for y in (box.y, box.bottom)]


@given(boxes, boxes)
def test_iou_is_symmetric_and_a_share(a: Box, b: Box) -> None:
    shared = intersection_over_union(a, b)
    assert shared == pytest.approx(intersection_over_union(b, a))
    assert 0 <= shared <= 1


@given(boxes)
def test_a_box_is_all_of_itself(box: Box) -> None:
    assert intersection_over_union(box, box) == pytest.approx(1)


def test_two_squares_that_share_a_half_have_a_third_in_common() -> None:
    assert intersection_over_union(Box(0, 0, 2, 2), Box(1, 0, 2, 2)) == pytest.approx(1 / 3)


@pytest.mark.parametrize("other", [Box(2, 0, 2, 2), Box(0, 9, 2, 2), Box(7, 7, 1, 1)])
def test_boxes_apart_or_edge_to_edge_share_nothing(other: Box) -> None:
    assert intersection_over_union(Box(0, 0, 2, 2), other) == 0


@given(st.lists(boxes, min_size=1, max_size=6))
def test_the_union_holds_every_corner_and_no_smaller_box_does(found: list[Box]) -> None:
    whole = union(found)
    assert all(contains(whole, corner) for box in found for corner in points_of(box))
    edges = {edge for box in found for edge in (box.x, box.right)}
    assert {whole.x, whole.right} <= edges
    assert whole.y == min(box.y for box in found)
    assert whole.bottom == max(box.bottom for box in found)


def test_corners_of_boxes_stand_in_rows_and_those_of_none_in_no_row() -> None:
    assert corners([Box(1, 2, 3, 4), Box(0, 0, 1, 1)]).tolist() == [[1, 2, 4, 6], [0, 0, 1, 1]]
    assert corners([]).shape == (0, 4)


def test_no_boxes_have_no_union() -> None:
    with pytest.raises(ValueError, match="empty"):
        union([])


@given(boxes)
def test_the_identity_leaves_a_box_where_it_is(box: Box) -> None:
    assert map_box(box, UPRIGHT) == box


@given(boxes, st.integers(-50, 50), st.integers(-50, 50), st.sampled_from([0.5, 1.0, 2.0]))
def test_a_scale_and_a_shift_map_a_box_exactly(
    box: Box, across: int, down: int, scale: float
) -> None:
    moved = map_box(box, np.array([[scale, 0, across], [0, scale, down]]))
    assert (moved.x, moved.y) == (box.x * scale + across, box.y * scale + down)
    assert (moved.width, moved.height) == (box.width * scale, box.height * scale)


def test_a_quarter_turn_swaps_the_sides() -> None:
    turned = map_box(Box(10, 20, 30, 5), np.array([[0.0, -1.0, 100.0], [1.0, 0.0, 0.0]]))
    assert turned == Box(75, 10, 5, 30)


@given(boxes, st.floats(-3.2, 3.2))
def test_a_turned_box_keeps_its_middle_and_gets_no_smaller(box: Box, angle: float) -> None:
    cosine, sine = np.cos(angle), np.sin(angle)
    turned = map_box(box, np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0]]))
    x, y = box.centre
    assert turned.centre == pytest.approx((cosine * x - sine * y, sine * x + cosine * y), abs=1e-6)
    assert turned.width * turned.height >= box.width * box.height * (1 - 1e-6)


@given(boxes)
def test_a_clipped_box_lies_on_the_page_and_in_the_box(box: Box) -> None:
    on_page = box.x < 300 and box.y < 200 and box.right > 0 and box.bottom > 0
    if not on_page:
        with pytest.raises(ValueError, match="positive size"):
            clip(box, 300, 200)
        return
    clipped = clip(box, 300, 200)
    assert all(contains(Box(0, 0, 300, 200), corner) for corner in points_of(clipped))
    assert all(contains(box, corner) for corner in points_of(clipped))


def test_a_box_on_the_page_is_not_clipped() -> None:
    assert clip(Box(0, 5, 300, 10), 300, 200) == Box(0, 5, 300, 10)


def test_intervals_share_a_length_and_gaps_are_negative() -> None:
    assert overlap(0, 10, 6, 20) == 4
    assert overlap(0, 10, 13, 20) == -3


def test_a_small_box_beside_a_tall_one_overlaps_it_wholly() -> None:
    tall, small = Box(0, 0, 10, 100), Box(50, 40, 20, 10)
    assert vertical_overlap(tall, small) == 1
    assert horizontal_overlap(tall, small) == pytest.approx(-4)


def test_a_box_holds_its_edges_and_nothing_past_them() -> None:
    box = Box(10, 20, 30, 40)
    assert contains(box, (10, 60))
    assert not contains(box, (9.99, 30))
    assert not contains(box, (20, 60.01))


@given(st.floats(-179, 179), st.floats(0.2, 5), st.floats(-500, 500), st.floats(-500, 500))
def test_the_direction_of_a_turn_is_its_angle_wherever_it_is_asked(
    degrees: float, scale: float, x: float, y: float
) -> None:
    c, s = scale * np.cos(np.radians(degrees)), scale * np.sin(np.radians(degrees))
    turn = np.array([[c, s, 7.0], [-s, c, -3.0], [0.0, 0.0, 1.0]])  # anticlockwise, y downwards
    assert direction(turn, x, y) == pytest.approx(degrees, abs=1e-5)


def test_the_direction_of_a_leaning_photo_depends_on_the_place() -> None:
    leaning = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.001, 1.0]])
    falling = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.001, 0.0, 1.0]])
    assert direction(leaning, 100, 100) == pytest.approx(0)
    assert direction(falling, 0, 400) > direction(falling, 0, 100) > 0


@given(
    st.lists(st.tuples(places, places), min_size=2, max_size=20),
    st.lists(places, min_size=1, max_size=5),
)
def test_the_line_through_points_is_the_one_of_least_squares(
    points: list[tuple[float, float]], asked: list[float]
) -> None:
    x, y = np.array(points).T
    at = np.array(asked)
    if np.ptp(x) > 1:  # else the library's own fit depends on how it rounds
        expected = np.polynomial.Polynomial.fit(x, y, 1)(at)
        assert np.allclose(straight_through(x, y, at), expected, atol=1e-3 * (1 + np.ptp(y)))


def test_a_line_through_points_one_above_the_other_is_level() -> None:
    line = straight_through(np.array([3, 3]), np.array([1, 5]), np.arange(3))
    assert line.tolist() == [3.0, 3.0, 3.0]

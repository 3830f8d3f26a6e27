"""Parts of ink are numbered, and as large as they are drawn."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from digitize.records import Pixels
from digitize.separate.parts import (
    boxes_of,
    holes_of,
    number_parts,
    outlines_of,
    part_in,
    sizes_of,
)

masks = arrays.arrays(
    np.uint8,
    st.tuples(st.integers(1, 30), st.integers(1, 30)),
    elements=st.sampled_from([0, 255]),
)


@given(masks)
def test_boxes_are_those_that_counting_every_pixel_gives(ink: Pixels) -> None:
    count, numbers = number_parts(ink)
    boxes = boxes_of(ink, count, numbers)
    assert (boxes[0] == 0).all()
    for number in range(1, count):
        rows, columns = np.nonzero(numbers == number)
        size = np.ptp(columns) + 1, np.ptp(rows) + 1
        assert boxes[number].tolist() == [columns.min(), rows.min(), *size]


@given(masks)
def test_sizes_are_those_of_all_parts(ink: Pixels) -> None:
    count, numbers = number_parts(ink)
    numbered = boxes_of(ink, count, numbers)[1:, 2:]
    assert sorted(sizes_of(ink).tolist()) == sorted(numbered.tolist())


@given(masks)
def test_each_part_is_found_again_from_any_place_on_its_outline(ink: Pixels) -> None:
    _, numbers = number_parts(ink)
    for outline in outlines_of(ink):
        x, y = outline[-1, 0]
        np.testing.assert_array_equal(part_in(ink, outline[-1, 0]), numbers == numbers[y, x])


@pytest.mark.parametrize("radius", [8, 12])
def test_a_part_within_another_ones_hole_is_a_part_of_its_own(radius: int) -> None:
    ink = np.zeros((60, 60), np.uint8)
    cv2.circle(ink, (30, 30), 25, 255, 2)
    cv2.circle(ink, (30, 30), radius, 255, 2)
    assert len(sizes_of(ink)) == 2
    assert sizes_of(ink).min() >= 2 * radius


@given(masks)
def test_holes_are_the_white_that_does_not_reach_the_edge(ink: Pixels) -> None:
    around = np.pad(ink, 1)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(255 - around, connectivity=4)
    enclosed = [tuple(box[:4]) for box in boxes[1:count].tolist() if box[0] > 0]
    assert sorted(holes_of(around)) == sorted(enclosed)


def test_paper_has_no_parts_and_no_holes() -> None:
    paper = np.zeros((20, 30), np.uint8)
    assert len(sizes_of(paper)) == 0
    assert holes_of(paper) == []

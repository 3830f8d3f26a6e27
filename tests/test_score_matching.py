"""Boxes that were read find their true ones, each once, the best first."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.geometry import intersection_over_union
from digitize.records import Box
from digitize.score.edits import edits_between
from digitize.score.matching import (
    best_pairs,
    intersections_over_unions,
    match_digits,
    match_numbers,
    shares_of_the_smaller,
)

lengths = st.integers(1, 40)
boxes = st.lists(st.builds(Box, lengths, lengths, lengths, lengths), max_size=6)
tables = st.integers(0, 5).flatmap(
    lambda rows: st.lists(
        st.lists(st.sampled_from([0.0, 0.2, 0.5, 0.9]), min_size=4, max_size=4),
        min_size=rows,
        max_size=rows,
    )
)
texts = st.text("0123456789.", max_size=8)


@given(tables)
def test_every_row_and_column_is_used_once_and_none_below_the_threshold(
    table: list[list[float]],
) -> None:
    measures = np.array(table).reshape(-1, 4)
    pairs = best_pairs(measures, 0.2)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)
    values = [measures[pair] for pair in pairs]
    assert values == sorted(values, reverse=True)
    assert all(value > 0.2 for value in values)
    left = measures.copy()
    for row, column in pairs:
        left[row], left[:, column] = 0, 0
    assert not (left > 0.2).any(), "two that could be a pair are left alone"


@given(boxes, boxes)
def test_intersections_over_unions_are_those_of_single_boxes(
    read: list[Box], true: list[Box]
) -> None:
    measured = intersections_over_unions(read, true)
    assert measured.shape == (len(read), len(true))
    for i, a in enumerate(read):
        for j, b in enumerate(true):
            assert measured[i, j] == pytest.approx(intersection_over_union(a, b))


@given(boxes)
def test_a_box_holds_all_of_itself(read: list[Box]) -> None:
    assert np.diag(shares_of_the_smaller(read, read)) == pytest.approx(1.0)


def test_a_number_read_in_part_is_found_and_a_digit_in_part_is_not() -> None:
    whole, part = Box(0, 0, 100, 30), Box(0, 0, 25, 30)
    assert match_numbers([part], [whole]) == [(0, 0)]
    assert match_digits([part], [whole]) == []


def test_boxes_that_only_touch_are_strangers() -> None:
    assert match_numbers([Box(0, 0, 10, 10)], [Box(10, 0, 10, 10)]) == []


@pytest.mark.parametrize(
    ("true", "read", "edits"),
    [("123", "123", 0), ("123", "129", 1), ("123", "13", 1), ("123", "", 3), ("", "7", 1)],
)
def test_edits_are_counted(true: str, read: str, edits: int) -> None:
    assert edits_between(true, read) == edits


@given(texts, texts)
def test_edits_are_the_same_both_ways_and_within_their_bounds(a: str, b: str) -> None:
    edits = edits_between(a, b)
    assert edits == edits_between(b, a)
    assert abs(len(a) - len(b)) <= edits <= max(len(a), len(b))
    assert (edits == 0) == (a == b)

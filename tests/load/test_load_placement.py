"""Where a picture lies on a displayed page, for every matrix, crop box and turn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.load.placement import Matrix, Rect, Sheet, place
from digitize.load.take import crop, turn

COLUMNS, ROWS = 6, 4
STORED = np.arange(COLUMNS * ROWS, dtype=np.uint8).reshape(ROWS, COLUMNS)
SIDES = st.floats(10, 1000)
SHIFTS = st.floats(-500, 500)
TURNS = st.sampled_from([0, 90, 180, 270])


@st.composite
def upright_matrices(draw: st.DrawFn) -> Matrix:
    across, down = (draw(SIDES) * draw(st.sampled_from([1, -1])) for _ in range(2))
    e, f = draw(SHIFTS), draw(SHIFTS)
    turned = draw(st.booleans())
    return (0.0, across, down, 0.0, e, f) if turned else (across, 0.0, 0.0, down, e, f)


@st.composite
def crop_boxes(draw: st.DrawFn) -> Rect:
    left, bottom = draw(SHIFTS), draw(SHIFTS)
    return left, bottom, left + draw(SIDES), bottom + draw(SIDES)


@given(upright_matrices(), crop_boxes(), TURNS)
def test_each_pixel_is_seen_where_the_page_shows_it(
    matrix: Matrix, box: Rect, rotation: int
) -> None:
    sheet = Sheet(box, rotation)
    placement = place(matrix, sheet)
    assert placement is not None
    seen = turn(STORED, placement)
    left, top, right, bottom = placement.box
    a, b, c, d, e, f = matrix
    for row, column in np.ndindex(ROWS, COLUMNS):
        u, v = (column + 0.5) / COLUMNS, 1 - (row + 0.5) / ROWS
        x, y = sheet.displayed(a * u + c * v + e, b * u + d * v + f)
        seen_column = int((x - left) / (right - left) * seen.shape[1])
        seen_row = int((y - top) / (bottom - top) * seen.shape[0])
        assert seen[seen_row, seen_column] == STORED[row, column]


@given(crop_boxes(), TURNS)
def test_the_corners_of_the_crop_box_are_the_corners_displayed(box: Rect, rotation: int) -> None:
    sheet = Sheet(box, rotation)
    left, bottom, right, top = box
    shown = {
        tuple(round(n, 6) for n in sheet.displayed(x, y))
        for x in (left, right)
        for y in (bottom, top)
    }
    width, height = (round(side, 6) for side in sheet.size)
    assert {(abs(x), abs(y)) for x, y in shown} == {(x, y) for x in (0, width) for y in (0, height)}


def test_a_slanted_picture_has_no_place() -> None:
    sheet = Sheet((0, 0, 100, 100), 0)
    assert place((100, 1, -1, 100, 0, 0), sheet) is None
    assert place((70, 70, -70, 70, 50, 0), sheet) is None
    assert place((0, 0, 0, 0, 0, 0), sheet) is None


@pytest.mark.parametrize(("gap", "covered"), [(0.9, True), (5.9, True), (7, False)])
def test_a_hair_of_free_edge_is_allowed(gap: float, covered: bool) -> None:
    placement = place((600 - gap, 0, 0, 800, 0, 0), Sheet((0, 0, 600, 800), 0))
    assert placement is not None
    assert placement.covers(600, 800) is covered


def test_a_window_cuts_and_fills_with_white() -> None:
    grey = np.full((4, 6, 3), 100, np.uint8)
    cut = crop(grey, (-1, 1, 5, 5))
    assert cut.shape == (4, 6, 3)
    assert (cut[:3, 1:] == 100).all()
    assert (cut[:, 0] == 255).all()
    assert (cut[3] == 255).all()

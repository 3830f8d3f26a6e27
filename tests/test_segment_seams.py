"""Seams run where least ink is crossed: round strokes over paper, and through the thinnest ink."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from digitize.records import Pixels
from digitize.segment.seams import Seams, find_seams

if TYPE_CHECKING:
    from tests.conftest import Paper

masks = arrays.arrays(
    np.uint8,
    st.tuples(st.integers(1, 30), st.integers(1, 60)),
    elements=st.sampled_from([0, 255]),
)


def cropped(paper: Paper) -> Pixels:
    """All of a paper's ink, without its margins."""
    rows, columns = np.nonzero(paper.ink)
    return paper.ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def crossed(mask: Pixels, seams: Seams) -> list[int]:
    """How many rows each seam crosses ink in."""
    rows = np.arange(len(mask))
    inside = np.clip(seams.columns, 0, mask.shape[1] - 1)
    return [int((mask[rows, column] > 0).sum()) for column in inside]


def nearest(seams: Seams, column: float) -> int:
    """Which seam lies nearest to a column."""
    return int(np.abs(seams.columns.mean(axis=1) - column).argmin())


def two_bars(paper: type[Paper], thickness: int = 3) -> Paper:
    """Two bars 35 pixels apart, and a stroke at their feet that holds them together."""
    return paper().bar(100, 100).bar(140, 100).row(134, 100, 145, thickness)


def test_bars_are_parted_through_the_stroke_that_holds_them(paper: type[Paper]) -> None:
    mask = cropped(two_bars(paper))
    seams = find_seams(mask, 40, 5)
    assert set(crossed(mask, seams)) == {3}
    assert seams.columns[nearest(seams, 22)].min() >= 5
    assert seams.columns[nearest(seams, 22)].max() <= 40


@pytest.mark.xfail(strict=True, reason="each window finds the cheaper way through the circle")
@pytest.mark.parametrize("pen", [2, 3, 4])
def test_a_circle_touching_a_line_is_parted_where_they_touch(paper: type[Paper], pen: int) -> None:
    page = paper()
    cv2.circle(page.pixels, (120, 120), 18, (0, 0, 0), pen)
    page.bar(140, 100, 40, 4)
    mask = cropped(page)
    assert cv2.connectedComponents(mask)[0] == 2
    contact = 140 - np.flatnonzero(page.ink.any(axis=0))[0]
    seams = find_seams(mask, 40, 5).columns
    assert np.abs(seams - contact).max(axis=1).min() <= 3


def test_circles_that_touch_are_parted_between_them(paper: type[Paper]) -> None:
    page = paper()
    for x in (120, 155):
        cv2.circle(page.pixels, (x, 120), 17, (0, 0, 0), 3)
    mask = cropped(page)
    assert cv2.connectedComponents(mask)[0] == 2
    middle = mask.shape[1] / 2
    seams = find_seams(mask, 38, 5)
    across = np.arange(mask.shape[1])
    left = across < seams.columns[nearest(seams, middle)][:, None]
    assert left[:, across < middle - 3][mask[:, across < middle - 3] > 0].mean() > 0.9
    assert not left[:, across > middle + 3][mask[:, across > middle + 3] > 0].any()


def test_a_seam_leans_with_the_strokes_that_it_parts(paper: type[Paper]) -> None:
    page = paper()
    cv2.line(page.pixels, (110, 140), (122, 100), (0, 0, 0), 5)
    cv2.line(page.pixels, (124, 140), (136, 100), (0, 0, 0), 5)
    mask = cropped(page.row(119, 116, 133, 2))
    seams = find_seams(mask, 40, 5)
    middle = nearest(seams, mask.shape[1] / 2)
    assert crossed(mask, seams)[middle] == 2
    assert (mask > 0).sum(axis=0)[8:-8].min() > 2, "every straight cut crosses more"
    assert seams.columns[middle][0] > seams.columns[middle][-1]


def test_a_gap_is_found_before_a_stroke_is_crossed() -> None:
    mask = np.full((40, 90), 255, np.uint8)
    mask[2:, 40:44] = 0
    (seam,) = find_seams(mask, 40, 1).columns
    assert ((seam[2:] >= 40) & (seam[2:] < 44)).all()


def test_ink_without_a_thin_place_is_not_cut() -> None:
    assert not len(find_seams(np.full((40, 90), 255, np.uint8), 40, 5).columns)


def test_of_many_seams_those_through_least_ink_are_kept(paper: type[Paper]) -> None:
    page = two_bars(paper, 2).bar(180, 100).row(120, 140, 180, 10)
    mask = cropped(page)
    few, many = find_seams(mask, 40, 3), find_seams(mask, 40, 9)
    assert set(crossed(mask, few)) == {2}
    assert max(crossed(mask, many)) == 10


def test_nothing_is_cut_off_at_the_ends_of_the_ink(paper: type[Paper]) -> None:
    mask = cropped(paper().digits("36", 100, 100, space=0))
    middles = find_seams(mask, 44, 5).columns.mean(axis=1)
    assert ((middles > 2) & (middles < mask.shape[1] - 2)).all()


def test_every_bar_of_a_chain_is_parted_from_the_next(paper: type[Paper]) -> None:
    page = paper().row(136, 100, 225, 2)
    for x in (100, 140, 180, 220):
        page.bar(x, 100)
    mask = cropped(page)
    seams = find_seams(mask, 40, 11)
    for left in (5, 45, 85):
        between = (seams.columns >= left) & (seams.columns <= left + 35)
        assert between.all(axis=1).any()


@given(masks, st.floats(4, 40), st.integers(0, 6))
def test_seams_run_from_top_to_bottom_in_order_and_never_jump(
    mask: Pixels, height: float, most: int
) -> None:
    columns = find_seams(mask, height, most).columns
    assert columns.shape[1] == len(mask)
    assert len(columns) <= most
    assert ((columns >= 0) & (columns <= mask.shape[1])).all()
    assert (np.abs(np.diff(columns, axis=1)) <= 1).all()
    assert (np.diff(columns, axis=0) >= 0).all()


@given(masks, st.floats(4, 40), st.integers(0, 6))
def test_every_pixel_is_in_one_piece_and_pieces_are_numbered_from_the_left(
    mask: Pixels, height: float, most: int
) -> None:
    seams = find_seams(mask, height, most)
    pieces = seams.piece_of(mask.shape[1])
    assert pieces.shape == mask.shape
    assert pieces.min() >= 0
    assert pieces.max() <= len(seams.columns)
    assert (np.diff(pieces, axis=1) >= 0).all()


def test_a_pixel_on_the_seam_is_right_of_it() -> None:
    seams = Seams(np.array([[2, 3], [4, 4]]))
    np.testing.assert_array_equal(seams.piece_of(6), [[0, 0, 1, 1, 2, 2], [0, 0, 0, 1, 2, 2]])


@pytest.mark.parametrize("factor", [2, 3])
def test_a_finer_scan_is_cut_through_the_same_ink(paper: type[Paper], factor: int) -> None:
    page = two_bars(paper)
    coarse, finer = cropped(page), cropped(page.enlarged(factor))
    once, again = find_seams(coarse, 40, 1), find_seams(finer, 40 * factor, 1)
    assert [count * factor for count in crossed(coarse, once)] == crossed(finer, again)

"""Lattices: pieces hold the ink once, every run of them is a glyph, and some path crosses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.records import Box, Glyph, Pixels
from digitize.segment import Lattice, may_be_several, part, segment

if TYPE_CHECKING:
    from tests.conftest import Paper


@st.composite
def scribbles(draw: st.DrawFn) -> Glyph:
    """Connected ink of a few straight strokes, about 40 pixels high and of any width."""
    width = draw(st.integers(12, 160))
    points = draw(st.lists(st.tuples(st.integers(3, width - 4), st.integers(3, 42)), min_size=3))
    ink = np.zeros((46, width), np.uint8)
    pen = draw(st.integers(2, 6))
    cv2.polylines(ink, [np.array([(3, 3), *points, (width - 4, 42)], np.int32)], False, 255, pen)
    rows, columns = np.nonzero(ink)
    ink = ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    return Glyph(ink, Box(100, 200, ink.shape[1], ink.shape[0]))


def the_glyph(page: Paper, height: float = 40) -> Glyph:
    (glyph,) = segment(page.layers(height))
    return glyph


def placed(glyph: Glyph, on: Glyph) -> Pixels:
    """The glyph's ink as a mask of the size of the one that it was cut from."""
    mask = np.zeros_like(on.ink)
    x, y = round(glyph.box.x - on.box.x), round(glyph.box.y - on.box.y)
    height, width = glyph.ink.shape
    mask[y : y + height, x : x + width] = glyph.ink
    return mask


def paths(lattice: Lattice, start: int = 0) -> list[list[int]]:
    """Every way from a piece to the last one, as candidates."""
    if start == lattice.pieces:
        return [[]]
    return [
        [at, *rest]
        for at, (first, last) in enumerate(lattice.spans)
        if first == start
        for rest in paths(lattice, last)
    ]


def test_two_bars_that_touch_can_be_parted_into_two_bars(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(135, 100).row(118, 100, 140, 3)
    lattice = part(the_glyph(page), 40)
    pairs = [path for path in paths(lattice) if len(path) == 2]
    assert pairs
    halves = [
        [lattice.candidates[at] for at in path]
        for path in pairs
        if lattice.candidates[path[0]].box.right <= 136 and lattice.candidates[path[1]].box.x >= 104
    ]
    assert halves
    for left, right in halves:
        assert left.ink[:, :5].all()
        assert right.ink[:, -5:].all()


@pytest.mark.parametrize("text", ["33", "55", "333", "2020"])
def test_digits_that_touch_can_be_parted_at_every_contact(paper: type[Paper], text: str) -> None:
    page = paper().digits(text, 100, 100, 40, 4, space=0.2)
    page.row(119, 116, round(page.drawn[-1].x) + 10, 3)
    glyph = the_glyph(page, 44)
    lattice = part(glyph, 44)
    ways = [path for path in paths(lattice) if len(path) == len(text)]

    def error(path: list[int]) -> float:
        found = [lattice.candidates[at].box for at in path]
        ends = zip(found, page.drawn, strict=True)
        return max(abs(box.centre[0] - drawn.centre[0]) for box, drawn in ends)

    assert min(error(path) for path in ways) < 6


@given(scribbles(), st.floats(25, 60))
def test_every_path_holds_all_the_ink_and_no_pixel_twice(glyph: Glyph, height: float) -> None:
    lattice = part(glyph, height)
    ways = paths(lattice)
    assert ways
    for path in ways[:50]:
        total = sum(placed(lattice.candidates[at], glyph).astype(int) for at in path)
        np.testing.assert_array_equal(total, glyph.ink)


@given(scribbles(), st.floats(25, 60))
def test_the_glyph_as_it_stands_is_one_way_unless_it_is_far_too_wide(
    glyph: Glyph, height: float
) -> None:
    lattice = part(glyph, height)
    wholes = [
        candidate
        for candidate, span in zip(lattice.candidates, lattice.spans, strict=True)
        if span == (0, lattice.pieces)
    ]
    if glyph.box.width <= height:
        assert len(wholes) == 1
    assert all(whole is glyph for whole in wholes)
    others = [candidate for candidate in lattice.candidates if candidate is not glyph]
    assert all(other.cut for other in others)


@given(scribbles(), st.floats(25, 60))
def test_candidates_are_cropped_to_their_ink_within_the_glyph(glyph: Glyph, height: float) -> None:
    lattice = part(glyph, height)
    for candidate, (first, last) in zip(lattice.candidates, lattice.spans, strict=True):
        assert 0 <= first < last <= lattice.pieces
        assert candidate.ink.shape == (candidate.box.height, candidate.box.width)
        assert candidate.ink.any(axis=1)[[0, -1]].all()
        assert candidate.ink.any(axis=0)[[0, -1]].all()
        assert glyph.box.x <= candidate.box.x
        assert candidate.box.right <= glyph.box.right
        assert glyph.box.y <= candidate.box.y
        assert candidate.box.bottom <= glyph.box.bottom


def test_a_crumb_is_no_digit(paper: type[Paper]) -> None:
    page = paper().digits("3333", 100, 100, 40, 4, space=0.2)
    page.row(119, 116, round(page.drawn[-1].x) + 10, 3)
    glyph = the_glyph(page, 44)
    for candidate in part(glyph, 44).candidates:
        assert max(candidate.ink.shape) > 8


def test_no_run_of_many_digits_is_taken_for_one(paper: type[Paper]) -> None:
    page = paper().row(136, 100, 345, 3)
    for x in range(100, 341, 40):
        page.bar(x, 100)
    glyph = the_glyph(page)
    cuts = [candidate for candidate in part(glyph, 40).candidates if candidate is not glyph]
    assert cuts
    assert max(candidate.box.width for candidate in cuts) < 80


def test_ink_with_no_thin_place_can_only_stand_as_it_is() -> None:
    glyph = Glyph(np.full((40, 80), 255, np.uint8), Box(5, 5, 80, 40))
    lattice = part(glyph, 40)
    assert lattice.candidates == (glyph,)
    assert lattice.spans == ((0, lattice.pieces),)


def test_the_longer_the_ink_the_more_pieces_it_has(paper: type[Paper]) -> None:
    counts = []
    for end in (180, 260, 340):
        page = paper().row(136, 100, end + 5, 3)
        for x in range(100, end + 1, 40):
            page.bar(x, 100)
        counts.append(part(the_glyph(page), 40).pieces)
    assert counts == sorted(set(counts))


@pytest.mark.parametrize(
    ("width", "sureness", "several"),
    [
        pytest.param(8, 0.0, False, id="a one"),
        pytest.param(25, 0.95, False, id="a digit"),
        pytest.param(25, 0.6, True, id="a doubtful digit"),
        pytest.param(45, 0.999, False, id="a broad one, sure"),
        pytest.param(45, 0.95, True, id="a broad one"),
        pytest.param(60, 1.0, True, id="a wide one, sure"),
    ],
)
def test_a_glyph_may_be_several_the_wider_it_is_and_the_less_sure(
    width: int, sureness: float, several: bool
) -> None:
    glyph = Glyph(np.full((40, width), 255, np.uint8), Box(0, 0, width, 40))
    assert may_be_several(glyph, sureness) is several

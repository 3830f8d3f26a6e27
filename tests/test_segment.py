"""One glyph for each digit: fragments come home, dirt goes, what touches is cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from digitize.records import Box, Glyph
from digitize.segment import (
    Component,
    SegmentOptions,
    cut,
    find_components,
    find_cuts,
    find_home,
    is_plausible,
    merge,
    segment,
)

if TYPE_CHECKING:
    from tests.conftest import Paper

OPTIONS = SegmentOptions()


def across(glyphs: list[Glyph]) -> list[Box]:
    return sorted((glyph.box for glyph in glyphs), key=lambda box: box.x)


def test_every_digit_is_a_glyph_in_its_place(paper: type[Paper]) -> None:
    page = paper().digits("0123456789", 100, 100)
    glyphs = segment(page.layers())
    assert len(glyphs) == 10
    for box, drawn in zip(across(glyphs), page.drawn, strict=True):
        assert box.centre == pytest.approx(drawn.centre, abs=1.5)


def test_a_glyph_holds_its_own_ink_and_no_more(paper: type[Paper]) -> None:
    page = paper().digits("80", 100, 100)
    glyphs = segment(page.layers())
    assert len(glyphs) == 2
    for glyph in glyphs:
        x, y = round(glyph.box.x), round(glyph.box.y)
        height, width = glyph.ink.shape
        assert (height, width) == (glyph.box.height, glyph.box.width)
        np.testing.assert_array_equal(glyph.ink, page.ink[y : y + height, x : x + width])


def test_a_digit_inside_anothers_box_is_not_in_its_ink(paper: type[Paper]) -> None:
    page = paper()
    cv2.line(page.pixels, (100, 140), (140, 100), (0, 0, 0), 3)  # a slanted one
    cv2.line(page.pixels, (120, 140), (160, 100), (0, 0, 0), 3)  # and its twin, boxes overlapping
    glyphs = segment(page.layers())
    assert len(glyphs) == 2
    assert sum(int((glyph.ink > 0).sum()) for glyph in glyphs) == (page.ink > 0).sum()


def test_the_loose_roof_of_a_five_comes_home(paper: type[Paper]) -> None:
    page = paper().row(98, 302, 330, 4)
    body = [(302, 108), (300, 120), (315, 116), (324, 123), (322, 134), (312, 140), (300, 137)]
    cv2.polylines(page.pixels, [np.array(body)], False, (0, 0, 0), 4)
    assert len(find_components(page.ink)) == 2
    (glyph,) = segment(page.layers())
    assert glyph.box.y == 98
    assert (glyph.ink > 0).sum() == (page.ink > 0).sum()


def test_the_loose_bar_of_a_crossed_seven_comes_home(paper: type[Paper]) -> None:
    page = paper().digits("7", 100, 100).row(122, 102, 108, 3)
    assert len(find_components(page.ink)) == 2
    assert len(segment(page.layers())) == 1


def test_a_dash_between_digits_joins_neither(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(140, 100).row(118, 114, 130, 4)
    assert across(segment(page.layers())) == page.drawn


def test_a_full_stop_is_no_digit(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(140, 100)
    truth = list(page.drawn)
    assert across(segment(page.row(135, 120, 125, 5).layers())) == truth


def test_specks_are_dropped(paper: type[Paper]) -> None:
    page = paper().digits("0123456789", 100, 300)
    before = across(segment(page.layers(44)))
    dirty = page.specks(200, side=3).layers(44)
    assert len(find_components(dirty.digits)) > 150
    assert len(segment(dirty)) == len(before) == 10


def test_a_speck_beside_a_digit_is_not_taken_for_its_roof(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(140, 100)
    truth = list(page.drawn)
    assert across(segment(page.row(92, 100, 105, 4).layers())) == truth


def test_a_dash_well_above_a_digit_is_not_its_roof(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(140, 100)
    truth = list(page.drawn)
    assert across(segment(page.row(85, 92, 112, 4).layers())) == truth


def test_bars_that_touch_at_the_foot_are_cut_in_two(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(160, 100).row(138, 100, 165, 2)
    left, right = across(segment(page.layers()))
    assert left.x == 100
    assert left.right == pytest.approx(right.x, abs=1)
    assert 105 < right.x < 160
    assert right.right == 165


def test_digits_that_touch_are_cut_between_them(paper: type[Paper]) -> None:
    page = paper().digits("22", 100, 100, space=0.2).row(139, 100, 156, 3)
    assert len(find_components(page.ink)) == 1
    left, right = across(segment(page.layers(44)))
    assert left.right <= page.drawn[1].x + 4
    assert right.x >= page.drawn[0].right - 4


@pytest.mark.parametrize("count", [2, 3, 5])
def test_a_chain_of_touching_digits_is_cut_into_as_many(paper: type[Paper], count: int) -> None:
    page = paper().digits("3" * count, 100, 100, 60, 6, space=0.3)
    page.row(130, 110, round(page.drawn[-1].right) - 10, 3)
    assert len(find_components(page.ink)) == 1
    assert len(segment(page.layers(66))) == count


@pytest.mark.parametrize("half_width", [20, 24, 30])
def test_a_wide_zero_is_not_cut(paper: type[Paper], half_width: int) -> None:
    page = paper()
    cv2.ellipse(page.pixels, (200, 200), (half_width, 20), 0, 0, 360, (0, 0, 0), 4)
    assert len(segment(page.layers())) == 1


def test_cut_pieces_hold_all_the_ink(paper: type[Paper]) -> None:
    page = paper().digits("333", 100, 100, 60, 5, space=0.15).row(130, 110, 240, 3)
    (whole,) = find_components(page.ink)
    pieces = cut(whole, 65, OPTIONS)
    assert sum(int((piece.mask > 0).sum()) for piece in pieces) == (whole.mask > 0).sum()


def test_cuts_lie_where_least_ink_is_crossed() -> None:
    mask = np.full((40, 90), 255, np.uint8)
    mask[2:, 40:44] = 0
    (column,) = find_cuts(mask, 2)
    assert 40 <= column <= 43


def test_cuts_lie_near_even_spacing_where_ink_is_alike() -> None:
    mask = np.full((40, 90), 255, np.uint8)
    mask[:1, 28:33] = 0  # a scratch is no reason to cut one digit twice as wide as the other
    (column,) = find_cuts(mask, 2)
    assert 43 <= column <= 47


@pytest.mark.parametrize("factor", [2, 3])
def test_a_finer_scan_has_the_same_glyphs(paper: type[Paper], factor: int) -> None:
    page = paper(500, 200).digits("4071", 50, 50).bar(300, 50).bar(360, 50).row(88, 300, 365, 2)
    page.specks(40)
    once = across(segment(page.layers(44)))
    finer = across(segment(page.enlarged(factor).layers(44 * factor)))
    assert [(b.x, b.y, b.width, b.height) for b in finer] == [
        pytest.approx((b.x * factor, b.y * factor, b.width * factor, b.height * factor), abs=factor)
        for b in once
    ]


@pytest.mark.parametrize(
    ("width", "height", "plausible"),
    [(5, 40, True), (30, 40, True), (30, 15, False), (30, 90, False), (80, 40, False)],
    ids=["one", "digit", "dash", "flourish", "word"],
)
def test_a_digit_has_a_digits_size(width: float, height: float, plausible: bool) -> None:
    assert is_plausible(Box(0, 0, width, height), 40, OPTIONS) is plausible


def test_two_components_merge_into_the_ink_of_both() -> None:
    full = np.full((4, 4), 255, np.uint8)
    merged = merge(Component(Box(10, 10, 4, 4), full), Component(Box(20, 12, 4, 4), full))
    assert merged.box == Box(10, 10, 14, 6)
    assert (merged.mask > 0).sum() == 32
    assert merged.mask[0, 0]
    assert merged.mask[5, 13]
    assert not merged.mask[0, 13]


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


def test_an_empty_page_has_no_glyphs(paper: type[Paper]) -> None:
    assert segment(paper().layers()) == []

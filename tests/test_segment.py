"""One glyph for each digit: fragments come home, dirt goes, and what touches is one as yet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from digitize.records import Box, Glyph
from digitize.segment import SegmentOptions, find_marks, is_plausible, segment
from digitize.segment.components import Component, drop_specks, find_components, merge

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


def test_a_small_ring_beside_digits_is_a_glyph_and_a_small_blot_is_none(
    paper: type[Paper],
) -> None:
    page = paper().digits("51", 100, 100)
    cv2.circle(page.pixels, (220, 130), 6, (0, 0, 0), 2)
    cv2.circle(page.pixels, (260, 130), 6, (0, 0, 0), cv2.FILLED)
    glyphs = across(segment(page.layers()))
    assert len(glyphs) == 3
    assert glyphs[-1].centre == pytest.approx((220, 130), abs=1)


@pytest.mark.parametrize(("open_from", "is_zero"), [(25, True), (120, False)])
def test_a_small_ring_that_hardly_closes_is_a_zero_and_an_arc_is_none(
    paper: type[Paper], open_from: int, is_zero: bool
) -> None:
    page = paper().digits("51", 100, 100)
    cv2.ellipse(page.pixels, (220, 130), (6, 6), 0, open_from, 360, (0, 0, 0), 2)
    assert len(segment(page.layers())) == 2 + is_zero


def test_a_slanted_comma_is_no_ring(paper: type[Paper]) -> None:
    page = paper().digits("51", 100, 100)
    cv2.line(page.pixels, (182, 138), (178, 146), (0, 0, 0), 4)
    assert len(segment(page.layers())) == 2


def test_a_comma_close_to_a_digit_but_hanging_below_it_is_no_stroke_of_it(
    paper: type[Paper],
) -> None:
    page = paper().digits("3", 100, 100)
    columns, rows = (np.flatnonzero(page.ink.any(axis=axis)) for axis in (0, 1))
    page.bar(int(columns[-1]) + 3, int(rows[-1]) - 6, 14, 4)
    (glyph,) = segment(page.layers())
    assert glyph.box.bottom == rows[-1] + 1


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


@pytest.mark.parametrize("half_width", [20, 24, 30])
def test_a_wide_zero_is_one_glyph(paper: type[Paper], half_width: int) -> None:
    page = paper()
    cv2.ellipse(page.pixels, (200, 200), (half_width, 20), 0, 0, 360, (0, 0, 0), 4)
    assert len(segment(page.layers())) == 1


@pytest.mark.parametrize("count", [2, 3, 5, 8])
def test_digits_that_touch_are_one_glyph_that_nobody_cut(paper: type[Paper], count: int) -> None:
    page = paper().digits("3" * count, 100, 100, 40, 5, space=0.3)
    page.row(120, 106, round(page.drawn[-1].right) - 8, 3)
    (glyph,) = segment(page.layers(45))
    assert not glyph.cut
    assert (glyph.ink > 0).sum() == (page.ink > 0).sum()


def test_ink_longer_than_any_number_is_no_glyph(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(760, 100).row(118, 100, 765, 4)
    assert len(find_components(page.ink)) == 1
    assert segment(page.layers(40)) == []


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
    [(5, 40, True), (30, 40, True), (30, 12, False), (30, 150, False), (300, 40, True)],
    ids=["one", "digit", "dash", "flourish", "several digits"],
)
def test_a_glyph_has_the_size_of_a_digit_or_of_several(
    width: float, height: float, plausible: bool
) -> None:
    assert is_plausible(Box(0, 0, width, height), 40, OPTIONS) is plausible


def test_two_components_merge_into_the_ink_of_both() -> None:
    full = np.full((4, 4), 255, np.uint8)
    merged = merge(Component(Box(10, 10, 4, 4), full), Component(Box(20, 12, 4, 4), full))
    assert merged.box == Box(10, 10, 14, 6)
    assert (merged.mask > 0).sum() == 32
    assert merged.mask[0, 0]
    assert merged.mask[5, 13]
    assert not merged.mask[0, 13]


def test_an_empty_page_has_no_glyphs(paper: type[Paper]) -> None:
    assert segment(paper().layers()) == []


def test_a_component_is_what_lies_inside_its_outline_loops_and_all(paper: type[Paper]) -> None:
    page = paper().digits("80", 100, 100)
    found = find_components(page.ink)
    assert len(found) == 2
    together = np.zeros_like(page.ink)
    for component in found:
        x, y = round(component.box.x), round(component.box.y)
        height, width = component.mask.shape
        together[y : y + height, x : x + width] |= component.mask
    np.testing.assert_array_equal(together, page.ink)


def test_a_long_thin_stroke_is_no_speck(paper: type[Paper]) -> None:
    page = paper().bar(100, 100, 6, 6).bar(200, 100, 40, 2).bar(300, 100, 2, 40)
    kept = drop_specks(find_components(page.ink), 40, OPTIONS)
    assert sorted((c.box for c in kept), key=lambda box: box.x) == page.drawn[1:]


def marks(page: Paper, height: float = 40) -> list[Box]:
    layers = page.layers(height)
    return sorted(find_marks(layers, segment(layers)), key=lambda box: box.x)


def test_a_point_a_dash_and_a_comma_are_marks(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(120, 134, 6, 6).bar(140, 118, 5, 14).bar(170, 132, 14, 5)
    assert marks(page) == page.drawn[1:]


def test_digits_their_loose_strokes_and_specks_are_no_marks(paper: type[Paper]) -> None:
    page = paper().digits("7", 100, 100).row(122, 102, 108, 3).bar(200, 100)
    assert marks(page.specks(40)) == []


def test_a_stray_stroke_too_low_for_a_digit_is_a_mark(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(200, 120, 12, 40)
    assert marks(page) == [Box(200, 120, 40, 12)]


def test_a_point_in_the_box_of_a_7_stands_under_its_arm_and_is_a_mark(paper: type[Paper]) -> None:
    page = paper().digits("7", 100, 100)
    box = page.drawn[0]
    point = page.bar(round(box.right) - 7, round(box.bottom) - 6, 6, 6).drawn[-1]
    assert marks(page) == [point]


def test_a_dash_among_other_writing_may_be_long_but_not_high(paper: type[Paper]) -> None:
    page = paper().bar(100, 120, 5, 34).bar(200, 100, 30, 34)
    layers = page.layers()
    layers = replace(layers, digits=np.zeros_like(page.ink), writing=page.ink)
    assert find_marks(layers, []) == page.drawn[:1]


def test_a_mark_in_the_box_of_a_glyph_is_not_counted_again(paper: type[Paper]) -> None:
    page = paper().digits("0", 100, 100)
    x, y = (round(value) for value in page.drawn[0].centre)
    assert marks(page.bar(x - 2, y - 2, 5, 5)) == []

"""Whatever the light, the paper's colour and its lean: dark ink on white, upright."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.clean import (
    MAX_WORKING_PIXELS,
    CleanOptions,
    binarise,
    clean,
    divide_background,
    find_background,
    find_skew,
    is_coloured,
    is_light_on_dark,
    look_around,
    rotate,
    shrink,
)
from digitize.geometry import contains, intersection_over_union, map_box
from digitize.records import Box, Page, Pixels
from digitize.segment import find_components

if TYPE_CHECKING:
    from tests.conftest import Paper

RED, BLUE, PALE_RED = (200, 40, 40), (40, 60, 200), (230, 150, 150)
WHITE, GREEN, CREAM = (255, 255, 255), (200, 230, 200), (250, 240, 200)


def lines_of_bars(paper: Paper) -> Paper:
    """Fill the page's middle with lines of upright bars, as close as digits."""
    height, width = paper.pixels.shape[:2]
    for y in range(150, height - 150, 48):
        for x in range(150, width - 150, 40):
            paper.bar(x, y, 24, 4)
    return paper


def ink_boxes(ink: Pixels) -> list[Box]:
    return [component.box for component in find_components(ink)]


@settings(max_examples=15)
@given(angle=st.floats(-14, 14))
def test_the_skew_of_lines_is_found_within_a_third_of_a_degree(
    paper: type[Paper], angle: float
) -> None:
    page = lines_of_bars(paper()).turned(angle)
    assert find_skew(page.grey, 15.0) == pytest.approx(angle, abs=0.3)


@pytest.mark.parametrize("angle", [-14, -5.5, -0.6, 0.6, 3.3, 14])
def test_a_larger_page_leans_as_much(paper: type[Paper], angle: float) -> None:
    page = lines_of_bars(paper(1200, 1000)).turned(angle)
    assert find_skew(page.grey, 15.0) == pytest.approx(angle, abs=0.3)


def test_an_upright_page_is_left_as_it_is(paper: type[Paper]) -> None:
    flat = clean(lines_of_bars(paper()).page())
    assert flat.skew_degrees == 0
    np.testing.assert_array_equal(flat.to_page, np.eye(3))


def test_a_leaning_page_is_made_upright(paper: type[Paper]) -> None:
    flat = clean(lines_of_bars(paper()).turned(6).page())
    assert flat.skew_degrees == pytest.approx(6, abs=0.3)
    assert find_skew(flat.grey, 15.0) == pytest.approx(0, abs=0.2)


def test_a_page_is_not_turned_where_no_skew_is_allowed(paper: type[Paper]) -> None:
    flat = clean(lines_of_bars(paper()).turned(6).page(), CleanOptions(max_skew_degrees=0))
    assert flat.skew_degrees == 0
    assert flat.grey.shape == (600, 800)


@pytest.mark.parametrize("angle", [-9, 4.4])
def test_a_page_is_not_turned_further_than_allowed(paper: type[Paper], angle: float) -> None:
    page = lines_of_bars(paper()).turned(angle)
    assert abs(find_skew(page.grey, 4.0)) <= 4.0


@pytest.mark.parametrize("angle", [-7, 5])
def test_a_turned_pages_boxes_come_back_onto_the_ink(paper: type[Paper], angle: float) -> None:
    page = lines_of_bars(paper()).turned(angle)
    flat = clean(page.page())
    back = [map_box(box, flat.to_page) for box in ink_boxes(flat.ink)]
    on_page = ink_boxes(page.ink)
    assert len(back) == len(on_page)
    for box in on_page:  # upright boxes around turned boxes: larger than the ink, about it
        nearest = max(back, key=lambda other: intersection_over_union(box, other))
        assert nearest.centre == pytest.approx(box.centre, abs=1.5)


def test_nothing_is_cut_off_when_a_page_is_turned(paper: type[Paper]) -> None:
    corners = paper(400, 300).bar(2, 2, 20, 4).bar(394, 2, 20, 4).bar(2, 278, 20, 4)
    turned, to_turned = rotate(corners.bar(394, 278, 20, 4).grey, 10)
    found = ink_boxes(np.where(turned < 128, 255, 0).astype(np.uint8))
    assert len(found) == 4
    for box in corners.drawn:
        middle = map_box(box, to_turned).centre
        assert any(contains(ink, middle) for ink in found)


def test_a_huge_page_is_shrunk_and_its_boxes_come_back(paper: type[Paper]) -> None:
    page = paper(4000, 3000)
    for x in range(1000, 3000, 200):
        page.bar(x, 1400, 120, 20)
    flat = clean(page.page())
    assert flat.grey.size <= MAX_WORKING_PIXELS * 1.001
    back = sorted((map_box(box, flat.to_page) for box in ink_boxes(flat.ink)), key=lambda b: b.x)
    assert len(back) == 10
    for found, truth in zip(back, page.drawn, strict=True):
        assert intersection_over_union(found, truth) > 0.85


def test_a_page_of_usual_size_is_not_shrunk(paper: type[Paper]) -> None:
    pixels = paper(2480, 3508).pixels  # A4 at 300 dpi
    same, scale = shrink(pixels)
    assert same is pixels
    assert scale == 1


def test_shading_is_removed(paper: type[Paper]) -> None:
    page = lines_of_bars(paper())
    truth = page.ink
    flat = clean(page.shaded(0.4).page())
    assert flat.grey[truth == 0].min() >= 245
    np.testing.assert_array_equal(flat.ink, truth)


def test_shading_and_grain_leave_the_same_bars(paper: type[Paper]) -> None:
    page = lines_of_bars(paper())
    bars = len(page.drawn)
    flat = clean(page.shaded(0.5).grain(4).page())
    assert len(ink_boxes(flat.ink)) == bars


def test_light_on_dark_is_inverted(paper: type[Paper]) -> None:
    page = lines_of_bars(paper())
    truth = page.ink
    flat = clean(page.inverted().page())
    np.testing.assert_array_equal(flat.ink, truth)


def test_polarity_is_told_by_the_writing(paper: type[Paper]) -> None:
    page = lines_of_bars(paper())
    assert not is_light_on_dark(page.grey)
    assert is_light_on_dark(page.inverted().grey)


@pytest.mark.parametrize("tint", [WHITE, GREEN, CREAM], ids=["white", "green", "cream"])
@pytest.mark.parametrize("ink", [RED, BLUE, PALE_RED], ids=["red", "blue", "pale red"])
def test_coloured_ink_is_found_on_tinted_paper(
    paper: type[Paper], ink: tuple[int, int, int], tint: tuple[int, int, int]
) -> None:
    truth = paper().digits("4071", 100, 100, 40, 5).ink > 0
    found = clean(paper(colour=tint).digits("4071", 100, 100, 40, 5, colour=ink).page()).ink > 0
    assert (found & truth).sum() >= 0.95 * truth.sum()
    assert (found & ~truth).sum() <= 0.05 * truth.sum()


def test_grey_paper_has_no_colour_and_a_red_pen_has_one(paper: type[Paper]) -> None:
    assert not is_coloured(paper(colour=200).digits("4071", 100, 100).pixels)
    assert is_coloured(paper().digits("4071", 100, 100, colour=RED).pixels)


@pytest.mark.parametrize("level", [90, 160, 255])
def test_the_background_under_ink_is_the_papers(paper: type[Paper], level: int) -> None:
    page = lines_of_bars(paper(colour=level))
    background = find_background(page.grey, min(page.grey.shape))
    assert abs(background.astype(int) - level).max() <= 2


@given(level=st.integers(40, 255), tint=st.integers(0, 30))
@settings(max_examples=15)
def test_paper_of_any_colour_becomes_white(paper: type[Paper], level: int, tint: int) -> None:
    page = paper(200, 150, (level, level, max(10, level - tint)))
    assert divide_background(page.pixels, page.pixels).min() >= 250


@pytest.mark.parametrize(("width", "height"), [(200, 150), (2600, 1500)])
def test_the_ink_is_the_dark_pixels(paper: type[Paper], width: int, height: int) -> None:
    page = paper(width, height).bar(50, 50).bar(70, 50)
    np.testing.assert_array_equal(binarise(page.grey, look_around(page.grey), 0.22), page.ink)


@pytest.mark.parametrize("darkest", [1.0, 0.6])
def test_a_punched_hole_is_no_ring(paper: type[Paper], darkest: float) -> None:
    page = paper(900, 1200)
    cv2.circle(page.pixels, (100, 600), 24, (30, 25, 20), -1)
    ink = clean(page.shaded(darkest).page()).ink
    assert ink[600, 100] == ink[590, 110] == 255
    assert ink[600, 60] == ink[560, 100] == 0


def test_the_paper_of_a_shaded_cell_is_no_ink(paper: type[Paper]) -> None:
    page = paper(900, 1200)
    page.pixels[300:390, 200:300] = 120
    ink = clean(page.page()).ink
    assert ink[320:370, 230:270].mean() < 0.2 * 255


def test_paper_in_a_shadow_with_a_hard_edge_is_no_ink(paper: type[Paper]) -> None:
    page = paper(900, 1200)
    page.pixels[700:] //= 2
    assert not clean(page.page()).ink[720:].any()


def test_white_paper_has_no_ink() -> None:
    paper = np.full((100, 80), 255, np.uint8)
    assert not binarise(paper, look_around(paper), 0.22).any()


@pytest.mark.parametrize("shape", [(1, 1), (1, 300), (300, 1), (2, 2), (30, 700)])
@pytest.mark.parametrize("level", [0, 128, 255])
def test_the_oddest_pages_are_cleaned_all_the_same(shape: tuple[int, int], level: int) -> None:
    flat = clean(Page(1, np.full((*shape, 3), level, np.uint8)))
    assert flat.ink.shape == flat.grey.shape
    assert set(np.unique(flat.ink)) <= {0, 255}


@pytest.mark.parametrize("colour", [0, 255])
def test_a_page_of_one_colour_does_not_lean(paper: type[Paper], colour: int) -> None:
    assert find_skew(paper(800, 600, colour).grey, 15.0) == 0

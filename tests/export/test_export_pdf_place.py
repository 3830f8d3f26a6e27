"""The arithmetic of pages: where a pixel lies, and where a character begins."""

from __future__ import annotations

import re
import zlib
from itertools import accumulate, pairwise

import pytest
from export_pages import number
from hypothesis import given
from hypothesis import strategies as st

from digitize.export.pdf.drawing import page_drawing
from digitize.export.pdf.font import EM, WIDTH_STEP, Glyphs, glyphless_ttf
from digitize.export.pdf.pens import DOUBTFUL, SURE, VERY_DOUBTFUL, pen_of
from digitize.export.pdf.place import (
    COARSEST,
    LONGEST_SIDE,
    SHORTEST_SIDE,
    STEPS,
    STEPS_RATIO,
    STEPS_TO_A_NUMBER,
    Matrix,
    page_size,
    pdf_number,
    stepped_for,
    steps,
    upright,
    view_of,
)
from digitize.export.pdf.strokes import label, label_width, strokes
from digitize.export.pdf.text import cell_edges, glyph_widths
from digitize.export.writer import ExportOptions
from digitize.records import Box, Digit, Number, PageResult, Status

SIDES = st.integers(1, 20_000)
LENGTHS = st.floats(0.1, 5000)


def mapped(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


@given(st.floats(-999, 999), st.floats(-999, 999), LENGTHS, LENGTHS, st.sampled_from(range(4)))
def test_the_view_covers_the_crop_box_exactly(
    left: float, bottom: float, width: float, height: float, turns: int
) -> None:
    crop = (left, bottom, left + width, bottom + height)
    view = view_of(crop, 90 * turns, (100, 200))
    corners = [mapped(view.to_user, x, y) for x in (0, view.width) for y in (0, view.height)]
    assert min(x for x, _ in corners) == pytest.approx(crop[0], abs=1e-6)
    assert min(y for _, y in corners) == pytest.approx(crop[1], abs=1e-6)
    assert max(x for x, _ in corners) == pytest.approx(crop[2], abs=1e-6)
    assert max(y for _, y in corners) == pytest.approx(crop[3], abs=1e-6)


@pytest.mark.parametrize(
    ("rotate", "top_left"), [(0, (10, 220)), (90, (10, 20)), (180, (110, 20)), (270, (110, 220))]
)
def test_the_first_pixel_is_where_the_turned_page_has_it(
    rotate: int, top_left: tuple[int, int]
) -> None:
    view = view_of((10, 20, 110, 220), rotate, (50, 50))
    assert mapped(view.to_user, 0, view.height) == pytest.approx(top_left)


@given(SIDES, SIDES, st.floats(0, 10_000))
def test_a_page_keeps_its_proportions_within_the_limits_of_pdf(
    width: int, height: int, dpi: float
) -> None:
    across, down = page_size(width, height, dpi)
    assert across / down == pytest.approx(width / height)
    assert max(across, down) <= LONGEST_SIDE + 1e-6
    assert min(across, down) >= SHORTEST_SIDE - 1e-6 or max(across, down) >= LONGEST_SIDE - 1e-6


@given(st.integers(-5, 20))
def test_every_orientation_fills_the_page(orientation: int) -> None:
    matrix = upright(orientation, 30, 40)
    corners = {mapped(matrix, x, y) for x in (0, 1) for y in (0, 1)}
    assert corners == {(0, 0), (30, 0), (0, 40), (30, 40)}


@pytest.mark.parametrize(
    ("value", "written"), [(1.0, "1"), (-0.0001, "0"), (0.5, "0.5"), (1e-7, "0"), (100, "100")]
)
def test_numbers_are_written_as_pdf_has_them(value: float, written: str) -> None:
    assert pdf_number(value) == written


@given(st.floats(3, 14_400))
def test_what_is_written_in_steps_lies_within_a_hair_of_its_place(side: float) -> None:
    view = view_of((0, 0, side, side / 2), 0, (100, 50))
    written = steps(side / 3, view.step) * view.step
    assert written == pytest.approx(side / 3, abs=side / STEPS)


@given(st.lists(st.floats(0.5, 400), max_size=9))
def test_steps_are_as_long_as_the_smallest_number_allows(heights: list[float]) -> None:
    view = view_of((0, 0, 595, 842), 0, (595, 842))
    step = stepped_for(view, [Box(0, 0, 9, height) for height in heights]).step
    assert view.step == 0.14  # 842 / 6000
    assert view.step <= step <= STEPS_RATIO * 842 / COARSEST + 0.01
    if heights:
        assert step <= STEPS_RATIO * max(min(heights) / STEPS_TO_A_NUMBER, view.step) + 0.01


@given(st.floats(20, 200), st.integers(2, 9))
def test_pages_of_like_numbers_count_in_few_steps(height: float, pages: int) -> None:
    view = view_of((0, 0, 595, 842), 0, (1654, 2339))
    heights = [height * (1 + place / (4 * pages)) for place in range(pages)]
    steps_of_pages = {stepped_for(view, [Box(0, 0, 9, one)]).step for one in heights}
    assert len(steps_of_pages) <= 4


BOXES = st.builds(Box, st.floats(0, 500), st.floats(0, 9), st.floats(0.5, 300), st.floats(1, 50))


@given(st.lists(BOXES, min_size=1, max_size=12), st.integers(-1, 12))
def test_cells_rise_from_0_to_1_however_the_boxes_lie(boxes: list[Box], mark: int) -> None:
    digits = tuple(Digit(1, 0.9, Status.OK, box) for box in boxes)
    text = "1" * len(boxes)
    text = text if mark < 0 else f"{text[:mark]}.{text[mark:]}"
    edges = cell_edges(Number(text, 0.9, Status.OK, 1, Box(0, 0, 800, 60), digits))
    assert len(edges) == len(text) + 1
    assert (edges[0], edges[-1]) == (0, 1)
    assert all(start < end for start, end in pairwise(edges))


def test_cells_meet_between_the_digits_and_a_mark_takes_the_gap() -> None:
    one = number("2.5", 0, 0, height=100)  # 0-60, gap with the mark, 110-170
    assert [round(edge * one.box.width) for edge in cell_edges(one)] == [0, 60, 110, 170]


def test_the_pen_follows_the_status_then_the_confidence() -> None:
    assert pen_of(number("1", confidence=0.3), 0.95) is SURE
    assert pen_of(number("1", confidence=0.6, status=Status.REVIEW), 0.95) is DOUBTFUL
    assert pen_of(number("1", confidence=0.4, status=Status.REVIEW), 0.95) is VERY_DOUBTFUL


def label_places(*numbers: Number, **options: object) -> list[tuple[float, float]]:
    """Where the labels of the numbers begin, (left, bottom), on a page of 200 x 100."""
    view = view_of((0, 0, 200, 100), 0, (200, 100))
    page = PageResult(1, 200, 100, 72, 0, numbers)
    drawing = page_drawing(page, view, Glyphs(), ExportOptions(**options))
    x, y, places = 0, 0, []
    for right, up, left, bottom in re.findall(
        r"^1 0 0 1 (\S+) (\S+) cm.* q \S+ 0 0 \S+ (\S+) (\S+) cm/",
        drawing.numbers.decode(),
        re.MULTILINE,
    ):
        x, y = x + int(right), y + int(up)
        places.append((x + int(left), y + int(bottom)))
    return [(left * drawing.step, bottom * drawing.step) for left, bottom in places]


def test_a_label_stands_right_of_its_number_at_its_height() -> None:
    one = number("12", 50, 50, height=20)
    left, bottom = label_places(one)[0]
    assert left > one.box.right
    assert 100 - one.box.bottom < bottom < 100 - one.box.y


def test_a_label_without_room_at_the_right_stands_above_then_below_then_left() -> None:
    edge = number("12", 165, 50, height=20)
    assert label_places(edge)[0][1] > 100 - edge.box.y
    top = number("12", 165, 4, height=20)
    assert label_places(top)[0][1] < 100 - top.box.bottom
    filled = number("12", 165, 4, height=92)
    assert label_places(filled)[0][0] < filled.box.x


def test_a_label_is_lifted_where_a_number_of_the_next_line_reaches_up_to_it() -> None:
    one, below = number("17", 50, 30, height=20), number("8", 83, 47, height=20, line=2)
    left, bottom = label_places(one, below)[0]
    assert left > one.box.right
    assert 100 - below.box.y < bottom < 100 - one.box.y


def test_a_label_keeps_room_from_other_numbers_and_their_labels() -> None:
    left, right = number("7", 50, 45, height=20), number("8", 72, 45, height=20)
    places = label_places(left, right)
    assert places[0][1] > 100 - left.box.y  # no room between the two: above
    assert places[1][0] > right.box.right


def test_a_label_keeps_off_numbers_that_have_no_mark() -> None:
    doubted, sure = number("7", 50, 45, status=Status.REVIEW), number("8", 72, 45)
    ((_, bottom),) = label_places(doubted, sure, marks="only-review")
    assert bottom > 100 - doubted.box.y


def test_labels_are_drawn_in_lines_alone() -> None:
    drawn = label("0123456789.", 10, 1, 2)
    assert drawn.count(" Do") == 11
    shapes = strokes("0123456789.")
    assert shapes.count(" S") == 11
    assert not {"Tj", "f", "BT"} & {*drawn.split(), *shapes.split()}
    assert label_width("11") > label_width("1.")


@given(st.lists(st.floats(0.001, 12), min_size=1, max_size=12))
def test_glyphs_end_where_their_cells_do_however_many_there_are(widths: list[float]) -> None:
    ends = list(accumulate(max(width, WIDTH_STEP / EM) for width in widths))
    rounded = [at / EM for at in accumulate(glyph_widths(ends))]
    assert all(width >= WIDTH_STEP for width in glyph_widths(ends))
    assert rounded == pytest.approx(ends, abs=WIDTH_STEP / EM)


def test_a_glyph_is_made_once_for_each_character_and_width() -> None:
    glyphs = Glyphs()
    assert [glyphs.code(*one) for one in (("7", 400), ("1", 200), ("7", 400), ("7", 440))] == [
        *(1, 2, 1, 3)
    ]
    assert (glyphs.characters, glyphs.widths) == (["7", "1", "7"], [400, 200, 440])


def test_the_font_is_small_and_always_the_same() -> None:
    widths = [40 * place for place in range(1, 120)]
    assert glyphless_ttf(widths) == glyphless_ttf(widths)
    assert len(zlib.compress(glyphless_ttf(widths))) < 2500
    assert len(glyphless_ttf([])) < 600

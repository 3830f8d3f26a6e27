"""Rules, combs and tables are told from digits, and digits keep the strokes that rules cross."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from digitize.geometry import contains
from digitize.records import Box, Layers
from digitize.segment import find_components
from digitize.separate import SeparateOptions, separate
from digitize.separate.erase import erase_rules
from digitize.separate.heights import estimate_digit_height, split_by_size
from digitize.separate.rules import find_rules

if TYPE_CHECKING:
    from tests.conftest import Paper

NO_FLAT_STROKES = "01236789"  # but at top and foot: no rule below can take one with it


def digit_boxes(layers: Layers) -> list[Box]:
    """What is left of the size of a digit, from left to right."""
    found = (component.box for component in find_components(layers.digits))
    tall = [box for box in found if box.height > 0.5 * layers.digit_height]
    return sorted(tall, key=lambda box: box.x)


def comb(paper: Paper, text: str, pitch: int = 50) -> Paper:
    """A comb at (60, 100) with one digit of `text` in each box."""
    paper.grid([60 + pitch * index for index in range(len(text) + 1)], [100, 165])
    for index, digit in enumerate(text):
        paper.digits(digit, 72 + pitch * index, 112)
    return paper


def test_digits_without_rules_stay_as_they_are(paper: type[Paper]) -> None:
    page = paper().digits("0123456789", 100, 100).digits("57", 100, 200)
    layers = separate(page.flat())
    np.testing.assert_array_equal(layers.digits, page.ink)
    assert not layers.rules.any()
    assert not layers.writing.any()
    assert layers.cells == ()


@pytest.mark.parametrize("text", ["4477", "44444444", "7575", "55555"])
def test_digits_whose_bars_line_up_are_no_rule(paper: type[Paper], text: str) -> None:
    page = paper().digits(text, 100, 100)
    layers = separate(page.flat())
    assert not layers.rules.any()
    assert len(digit_boxes(layers)) == len(text)


def test_a_dash_of_two_digit_heights_is_no_rule(paper: type[Paper]) -> None:
    page = paper().digits("36", 100, 100).row(120, 250, 340, 4).digits("89", 420, 100)
    assert not separate(page.flat()).rules.any()


def test_a_column_of_ones_is_no_rule(paper: type[Paper]) -> None:
    page = paper()
    for y in range(60, 500, 60):
        page.bar(300, y)
    assert not separate(page.flat()).rules.any()


@pytest.mark.parametrize("y", [108, 112, 118, 126, 134])
def test_a_rule_through_digits_goes_and_every_digit_stays_whole(paper: type[Paper], y: int) -> None:
    page = paper().digits(NO_FLAT_STROKES, 100, 100)
    strokes = page.ink > 0
    layers = separate(page.row(y, 60, 760).flat())
    assert (layers.digits[strokes] > 0).mean() > 0.95
    found = digit_boxes(layers)
    assert len(found) == len(page.drawn)
    for box, drawn in zip(found, page.drawn, strict=True):
        assert box.centre == pytest.approx(drawn.centre, abs=3)
    assert layers.rules[y, 400:760].all()
    assert not layers.digits[y, 400:760].any()


@pytest.mark.parametrize("thickness", [1, 2, 3, 4])
def test_bars_keep_their_ink_where_a_rule_crosses_them(paper: type[Paper], thickness: int) -> None:
    page = paper()
    for x in (100, 150, 200, 250):
        page.bar(x, 100)
    strokes = page.ink > 0
    layers = separate(page.row(118, 60, 760, thickness).flat())
    assert layers.digits[strokes].all()
    assert [box.height for box in digit_boxes(layers)] == [40, 40, 40, 40]


@pytest.mark.parametrize("slope", [1.0, -2.0])
def test_a_rule_that_leans_a_little_goes_too(paper: type[Paper], slope: float) -> None:
    page = paper().digits(NO_FLAT_STROKES, 250, 280).row(314, 60, 760).turned(slope)
    layers = separate(page.flat())
    assert len(digit_boxes(layers)) == len(NO_FLAT_STROKES)
    assert (layers.rules > 0).sum() > 800


def test_a_line_to_write_on_goes_and_the_digits_above_stay(paper: type[Paper]) -> None:
    page = paper().digits("0123456789", 100, 100).row(150, 60, 760)
    layers = separate(page.flat())
    assert len(digit_boxes(layers)) == 10
    assert not layers.digits[150, 65:760].any()


@pytest.mark.parametrize("y", [131, 150], ids=["through", "under"])
def test_a_dotted_rule_goes(paper: type[Paper], y: int) -> None:
    page = paper().digits(NO_FLAT_STROKES, 100, 100).dots(y, 60, 760)
    layers = separate(page.flat())
    assert len(digit_boxes(layers)) == len(NO_FLAT_STROKES)
    assert layers.digit_height == pytest.approx(44, abs=2)
    assert layers.rules[y, 400:750].any()
    assert not layers.digits[y : y + 3, 400:750].any()


def test_an_upright_rule_beside_digits_goes(paper: type[Paper]) -> None:
    page = paper().digits("236", 100, 300).column(60, 50, 550).column(300, 50, 550)
    layers = separate(page.flat())
    assert len(digit_boxes(layers)) == 3
    assert layers.rules[300, 60]


@pytest.mark.parametrize("text", ["203", "20315", "203159687"])
def test_a_comb_of_boxes_gives_a_cell_per_digit(paper: type[Paper], text: str) -> None:
    layers = separate(comb(paper(), text).flat())
    cells = sorted(layers.cells, key=lambda cell: cell.x)
    assert len(cells) == len(text)
    assert all(left.right <= right.x for left, right in pairwise(cells))
    found = digit_boxes(layers)
    assert len(found) == len(text)
    assert all(contains(c, d.centre) for c, d in zip(cells, found, strict=True))


def test_an_empty_comb_has_cells_and_no_digits(paper: type[Paper]) -> None:
    page = paper().grid([60 + 50 * index for index in range(6)], [100, 165])
    layers = separate(page.flat())
    assert len(layers.cells) == 5
    assert not digit_boxes(layers)


def test_a_table_gives_its_cells(paper: type[Paper]) -> None:
    columns, rows = [100, 250, 400], [100, 180, 260, 340]
    page = paper().grid(columns, rows)
    for x in columns[:-1]:
        for y in rows[:-1]:
            page.digits("42", x + 40, y + 20)
    layers = separate(page.flat())
    assert len(layers.cells) == 6
    assert len(digit_boxes(layers)) == 12
    for cell in layers.cells:
        assert 140 <= cell.width <= 150
        assert 70 <= cell.height <= 80


def test_an_open_row_of_rules_has_no_cells(paper: type[Paper]) -> None:
    page = paper().digits("236", 100, 112).row(100, 50, 700).row(170, 50, 700)
    assert separate(page.flat()).cells == ()


def test_a_frame_around_the_page_is_a_rule(paper: type[Paper]) -> None:
    page = paper().grid([20, 780], [20, 578]).digits("236", 100, 100)
    layers = separate(page.flat())
    assert len(digit_boxes(layers)) == 3
    assert layers.rules[300, 20]


def test_digits_repaired_and_rules_are_all_the_ink(paper: type[Paper]) -> None:
    page = comb(paper(), "20315").digits("6789", 100, 300).row(330, 60, 700)
    layers = separate(page.flat())
    together = layers.digits | layers.rules | layers.writing
    np.testing.assert_array_equal(together, page.ink)
    assert not (layers.digits & layers.rules).any()


def test_a_flourish_is_writing(paper: type[Paper]) -> None:
    page = paper().digits("123456", 100, 100).digits("8", 400, 250, height=200, pen=12)
    layers = separate(page.flat())
    assert layers.writing[250:450, 400:530].any()
    assert not layers.digits[250:450, 400:530].any()
    assert len(digit_boxes(layers)) == 6


def test_ink_of_one_size_is_not_split(paper: type[Paper]) -> None:
    ink = paper().digits("123456", 100, 100).ink
    digits, writing = split_by_size(ink, 45)
    np.testing.assert_array_equal(digits, ink)
    assert not writing.any()


@pytest.mark.parametrize("height", [20, 40, 80])
def test_the_digit_height_is_the_digits(paper: type[Paper], height: int) -> None:
    pen = max(2, height // 10)
    page = paper(1000, 400).digits("0123456789", 50, 100, height, pen)
    assert estimate_digit_height(page.ink) == pytest.approx(height + pen, abs=2)


@pytest.mark.parametrize("specks", [100, 1000])
def test_specks_do_not_change_the_digit_height(paper: type[Paper], specks: int) -> None:
    page = paper().digits("0123456789", 100, 100)
    clean = estimate_digit_height(page.ink)
    assert estimate_digit_height(page.specks(specks).ink) == pytest.approx(clean, abs=1)


def test_a_few_large_digits_do_not_outweigh_the_many_small(paper: type[Paper]) -> None:
    page = paper().digits("0123456789", 50, 100, 30, 3).digits("0123456789", 50, 200, 30, 3)
    page.digits("18", 500, 300, 90, 6)
    assert estimate_digit_height(page.ink) == pytest.approx(33, abs=2)


def test_paper_without_ink_has_a_digit_height_all_the_same(paper: type[Paper]) -> None:
    assert estimate_digit_height(paper(800, 600).ink) == 15
    assert estimate_digit_height(paper(20, 20).ink) == 6


def test_a_rule_lies_where_it_was_drawn(paper: type[Paper]) -> None:
    page = paper().row(100, 50, 700, thickness=3)
    rows, columns = find_rules(page.ink, 40.0, SeparateOptions())
    assert columns == []
    assert len(rows) == 1
    assert rows[0].start == pytest.approx(50, abs=2)
    assert rows[0].end == pytest.approx(700, abs=2)
    assert rows[0].thickness == pytest.approx(3, abs=0.5)
    np.testing.assert_allclose(rows[0].middles, 101, atol=0.6)


def test_a_thick_block_is_no_rule(paper: type[Paper]) -> None:
    page = paper().row(100, 50, 700, thickness=30)
    assert find_rules(page.ink, 40.0, SeparateOptions()) == ([], [])


def test_without_rules_nothing_is_erased(paper: type[Paper]) -> None:
    ink = paper().digits("4071", 100, 100).ink
    np.testing.assert_array_equal(erase_rules(ink, []), ink)


@pytest.mark.parametrize("shape", [(1, 1), (1, 400), (400, 1), (3, 3)])
@pytest.mark.parametrize("colour", [0, 255])
def test_the_oddest_pages_are_separated_all_the_same(
    paper: type[Paper], shape: tuple[int, int], colour: int
) -> None:
    page = paper(*shape, colour)
    layers = separate(page.flat())
    assert layers.digits.shape == layers.rules.shape == layers.writing.shape == page.ink.shape
    assert layers.digit_height >= 6


def test_nothing_is_left_of_a_lone_rule(paper: type[Paper]) -> None:
    page = paper().row(100, 50, 700)
    assert not separate(page.flat()).digits.any()


def test_a_bar_crossed_by_a_rule_comes_out_as_the_bar(paper: type[Paper]) -> None:
    page = paper().bar(100, 100).bar(150, 100).row(118, 60, 760, 3)
    assert [box.width for box in digit_boxes(separate(page.flat()))] == [5, 5]


@pytest.mark.parametrize("count", [1, 2])
def test_a_short_comb_has_its_cells(paper: type[Paper], count: int) -> None:
    page = paper().digits("4071", 100, 300)
    page.grid([100 + 60 * i for i in range(count + 1)], [100, 170])
    for i in range(count):
        page.digits("5", 118 + 60 * i, 115)
    assert len(separate(page.flat()).cells) == count


@pytest.mark.parametrize("space", [20, 30, 38, 45, 60])
def test_two_boxes_side_by_side_have_a_cell_each_however_near(
    paper: type[Paper], space: int
) -> None:
    page = paper().digits("2609147", 100, 300)
    for left, digit in ((60, "8"), (110 + space, "3")):
        page.grid([left, left + 50], [100, 165]).digits(digit, left + 12, 112)
    assert len(separate(page.flat()).cells) == 2


def test_a_rule_is_found_although_print_hangs_on_it(paper: type[Paper]) -> None:
    page = paper().grid([60, 160, 260, 360], [100, 160, 220, 280, 340, 400, 460])
    for x in (160, 260):  # as of a dark heading
        page.pixels[110:150, x - 25 : x + 25] = 0
    page.digits("4", 90, 170).digits("7", 190, 170).digits("920348", 450, 300)
    cells = separate(page.flat()).cells
    assert sum(cell.y > 150 for cell in cells) == 15


def test_between_two_rules_that_a_dark_block_joins_lies_no_third(paper: type[Paper]) -> None:
    page = paper().row(100, 60, 700, 3).row(180, 60, 700, 3).digits("92034857", 150, 125)
    page.digits("481592", 150, 300).pixels[100:180, 60:110] = 0
    assert not separate(page.flat()).rules[110:175, 140:].any()

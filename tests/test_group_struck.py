"""A number that was struck out is for review, and a digit's own bar strikes nothing out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.geometry import union
from digitize.group.struck import is_struck, longest_run
from digitize.records import Box, Digit, Number, Status
from digitize.segment import segment

if TYPE_CHECKING:
    from tests.conftest import Paper

HEIGHT = 40
BLACK = (0, 0, 0)


def number_of(boxes: list[Box]) -> Number:
    digits = tuple(Digit(1, 0.99, Status.OK, box) for box in boxes)
    return Number("1" * len(boxes), 0.99, Status.OK, 1, union(boxes), digits)


def is_doubted(page: Paper, boxes: list[Box] | None = None) -> bool:
    """Tell whether a page's number is doubted; its boxes are the glyphs', if none are given."""
    layers = page.layers(HEIGHT)
    boxes = boxes or sorted((glyph.box for glyph in segment(layers)), key=lambda box: box.x)
    return is_struck(number_of(boxes), layers.digits, layers.writing, layers.rules)


def stroke(page: Paper, start: tuple[int, int], end: tuple[int, int]) -> Paper:
    cv2.line(page.pixels, start, end, BLACK, 4)
    return page


@pytest.mark.parametrize("digit", list("0123456789"))
@pytest.mark.parametrize("climb", [-5, 0, 5])
def test_a_digit_with_a_stroke_through_it_is_for_review(
    paper: type[Paper], digit: str, climb: int
) -> None:
    page = paper().digits(digit, 100, 100, HEIGHT)
    right = round(page.drawn[0].right)
    assert is_doubted(stroke(page, (90, 120 + climb), (right + 10, 120 - climb)))


@pytest.mark.parametrize("digit", list("0123456789"))
def test_a_digit_as_it_is_written_is_not(paper: type[Paper], digit: str) -> None:
    assert not is_doubted(paper().digits(digit, 100, 100, HEIGHT))


@pytest.mark.parametrize("climb", [2, 4, 7])
def test_a_long_stroke_is_seen_whatever_its_slope(paper: type[Paper], climb: int) -> None:
    page = paper().digits("3858", 100, 100, HEIGHT)
    right = round(page.drawn[-1].right)
    cv2.line(page.pixels, (90, 120 + climb), (right + 10, 120 - climb), BLACK, 7)
    whole = Box(90, 100, right - 80, HEIGHT)
    assert is_doubted(page, [whole, whole])


def test_a_number_with_one_stroke_through_all_its_digits_is_for_review(
    paper: type[Paper],
) -> None:
    page = paper().digits("2805", 100, 100, HEIGHT)
    boxes = list(page.drawn)
    assert not is_doubted(page, boxes)
    assert is_doubted(stroke(page, (90, 122), (round(boxes[-1].right) + 10, 116)), boxes)


def test_one_digit_struck_out_is_enough(paper: type[Paper]) -> None:
    page = paper().digits("38", 100, 100, HEIGHT, space=0.5)
    right = round(page.drawn[0].right)
    assert is_doubted(stroke(page, (93, 120), (right + 7, 120)))


def test_the_stroke_may_lie_in_other_writing(paper: type[Paper]) -> None:
    page = paper().digits("3", 100, 100, HEIGHT)
    layers, boxes = page.layers(HEIGHT), list(page.drawn)
    layers.writing[118:122, 90 : round(boxes[0].right) + 10] = 255
    assert is_struck(number_of(boxes), layers.digits, layers.writing, layers.rules)


@pytest.mark.parametrize(
    ("top", "what"), [(144, "an underline"), (134, "one along its foot"), (98, "an overline")]
)
def test_a_stroke_along_a_number_strikes_nothing_out(
    paper: type[Paper], top: int, what: str
) -> None:
    page = paper().digits("28", 100, 100, HEIGHT)
    boxes = list(page.drawn)
    assert not is_doubted(page.row(top, 90, round(boxes[-1].right) + 10, 4), boxes), what


def test_the_rule_of_a_form_through_a_number_strikes_nothing_out(paper: type[Paper]) -> None:
    page = paper().digits("28", 100, 100, HEIGHT)
    layers, boxes = page.layers(HEIGHT), list(page.drawn)
    layers = replace(layers, rules=np.zeros_like(layers.digits))
    layers.rules[118:121] = 255
    assert not is_struck(number_of(boxes), layers.digits, layers.writing, layers.rules)


def test_a_stroke_so_long_that_it_passes_for_a_rule_strikes_a_number_out(
    paper: type[Paper],
) -> None:
    page = paper().digits("2805", 100, 100, HEIGHT)
    layers, boxes = page.layers(HEIGHT), list(page.drawn)
    right = round(boxes[-1].right)
    layers = replace(layers, rules=np.zeros_like(layers.digits))
    layers.rules[118:121, 84 : right + 16] = 255
    assert is_struck(number_of(boxes), layers.digits, layers.writing, layers.rules)
    layers.rules[118:121, 20 : right + 80] = 255
    assert not is_struck(number_of(boxes), layers.digits, layers.writing, layers.rules)


def test_the_bars_of_a_seven_and_a_four_strike_nothing_out(paper: type[Paper]) -> None:
    seven = paper().digits("7", 100, 100, HEIGHT)
    assert not is_doubted(seven.row(120, 104, round(seven.drawn[0].right) - 2, 4))
    four = stroke(stroke(paper(), (112, 100), (100, 124)), (100, 124), (130, 124))
    assert not is_doubted(stroke(four, (120, 112), (120, 140)))


def test_a_dash_beside_a_number_strikes_nothing_out(paper: type[Paper]) -> None:
    page = paper().digits("28", 100, 100, HEIGHT)
    boxes = list(page.drawn)
    assert not is_doubted(page.row(118, 84, 98, 4), boxes)


def test_a_number_at_the_edge_of_the_page_can_be_looked_at() -> None:
    ink = np.full((40, 30), 255, np.uint8)
    numbers = [number_of([Box(0, 0, 30, 40)]), number_of([Box(29, 39, 1, 1)])]
    assert not any(is_struck(number, ink, ink, ink) for number in numbers)


@given(
    row=st.integers(14, 26), start=st.integers(0, 19), end=st.integers(21, 60), width=st.just(60)
)
def test_a_level_stroke_is_the_longest_run_from_end_to_end(
    row: int, start: int, end: int, width: int
) -> None:
    ink = np.zeros((40, width), dtype=np.bool_)
    ink[row, start:end] = True
    rows, first, last = longest_run(ink, 20)
    assert (first, last) == (start, end)
    assert np.abs(rows[start:end] - row).max() <= 1

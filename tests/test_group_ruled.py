"""Rules that may hide a comma or part two numbers send them to review; other rules do not."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from digitize.group.ruled import may_be_ruled
from digitize.records import Box, Digit, Number, Pixels, Status

HEIGHT, WIDTH, TOP = 40, 24, 100
LINE = TOP + HEIGHT + 4  # the row of the rule that the number stands on


def number(space: int = 18) -> Number:
    """Two digits, so many pixels apart."""
    left = Box(100, TOP, WIDTH, HEIGHT)
    right = Box(100 + WIDTH + space, TOP, WIDTH, HEIGHT)
    digits = tuple(Digit(value, 0.99, Status.OK, box) for value, box in ((4, left), (2, right)))
    box = Box(100, TOP, 2 * WIDTH + space, HEIGHT)
    return Number("42", 0.99, Status.OK, 1, box, digits)


def rules(thickness: int = 2, *, row: int = LINE) -> Pixels:
    ink = np.zeros((300, 400), dtype=np.uint8)
    ink[row : row + thickness] = 255
    return ink


def with_comma(ink: Pixels, x: int = 133) -> Pixels:
    return np.asarray(cv2.line(ink, (x, LINE - 7), (x - 4, LINE + 7), 255, 3), dtype=np.uint8)


def is_doubted(written: Number, ink: Pixels) -> bool:
    return may_be_ruled(written, ink, crossing=False)


def test_a_comma_on_a_line_is_for_review() -> None:
    assert is_doubted(number(), with_comma(rules()))


def test_a_comma_that_was_taken_for_a_piece_of_a_line_is_for_review() -> None:
    assert is_doubted(number(), with_comma(np.zeros_like(rules())))


@pytest.mark.parametrize("thickness", [1, 2, 4])
def test_a_line_alone_is_none(thickness: int) -> None:
    assert not is_doubted(number(), rules(thickness))


def test_a_line_that_climbs_is_none() -> None:
    ink = np.zeros_like(rules())
    cv2.line(ink, (0, LINE + 12), (399, LINE - 4), 255, 2)
    assert not is_doubted(number(), ink)


def test_a_line_down_the_page_is_none() -> None:
    assert not is_doubted(number(), np.ascontiguousarray(rules(row=130)[:, :300].T))


def test_what_hangs_under_a_digit_is_no_comma() -> None:
    assert not is_doubted(number(), with_comma(rules(), x=112))


def test_digits_that_stand_close_have_no_comma_between_them() -> None:
    assert not is_doubted(number(space=6), with_comma(rules(), x=127))


def three(line_after: int, rows: float = 1.0) -> tuple[Number, Pixels]:
    """Three digits 12 pixels apart, and a line that goes down after one, on a share of the rows."""
    boxes = [Box(100 + at * (WIDTH + 12), TOP, WIDTH, HEIGHT) for at in range(3)]
    digits = tuple(Digit(7, 0.99, Status.OK, box) for box in boxes)
    ink = np.zeros((300, 400), dtype=np.uint8)
    x = round(boxes[line_after].right) + 6
    ink[TOP - 30 : TOP + HEIGHT + 30, x : x + 2] = 255
    ink[np.arange(300) % 10 >= 10 * rows] = 0
    box = Box(100, TOP, 3 * WIDTH + 24, HEIGHT)
    return Number("777", 0.99, Status.OK, 1, box, digits), ink


@pytest.mark.parametrize("rows", [1.0, 0.6])
@pytest.mark.parametrize("after", [0, 1])
def test_a_line_down_between_two_of_three_digits_parts_numbers(after: int, rows: float) -> None:
    number, ink = three(after, rows)
    assert is_doubted(number, ink)


def test_lines_down_between_all_digits_are_those_of_squared_paper() -> None:
    number, first = three(0)
    _, second = three(1)
    assert not is_doubted(number, np.maximum(first, second))


def test_dots_of_a_line_part_nothing() -> None:
    number, ink = three(0, rows=0.2)
    assert not is_doubted(number, ink)


def test_where_rules_cross_no_comma_is_looked_for() -> None:
    assert not may_be_ruled(number(), with_comma(rules()), crossing=True)


def arrow(left: int, right: int) -> Pixels:
    """A level rule at half the height of a digit that stands at 200."""
    ink = np.zeros((300, 400), dtype=np.uint8)
    ink[TOP + 18 : TOP + 22, left:right] = 255
    return ink


def head(text: str = "7") -> Number:
    boxes = [Box(200 + 40 * at, TOP, WIDTH, HEIGHT) for at in range(len(text))]
    digits = tuple(
        Digit(int(sign), 0.99, Status.OK, box) for sign, box in zip(text, boxes, strict=True)
    )
    whole = Box(200, TOP, boxes[-1].right - 200, HEIGHT)
    return Number(text, 0.99, Status.OK, 1, whole, digits)


@pytest.mark.parametrize("ends", [(80, 202), (222, 380)])
def test_a_lone_digit_at_the_end_of_a_rule_may_be_an_arrows_head(ends: tuple[int, int]) -> None:
    assert is_doubted(head(), arrow(*ends))


@pytest.mark.parametrize("ends", [(80, 380), (80, 150), (190, 202)])
def test_a_rule_that_goes_on_or_is_short_or_far_is_no_shaft(ends: tuple[int, int]) -> None:
    assert not is_doubted(head(), arrow(*ends))


def test_a_number_of_several_digits_is_no_arrows_head() -> None:
    assert not is_doubted(head("72"), arrow(80, 202))


@pytest.mark.parametrize("left", [0, 1, 10, 400 - WIDTH, 398 - WIDTH])
def test_a_lone_digit_at_the_pictures_edge_is_no_arrows_head(left: int) -> None:
    (digit,) = head().digits
    there = replace(digit, box=replace(digit.box, x=left))
    number = replace(head(), box=there.box, digits=(there,))
    blank = np.zeros((300, 400), dtype=np.uint8)
    assert not is_doubted(number, blank)

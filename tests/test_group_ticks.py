"""A tick that was read as a 1 is for review, and a 1 with its flag or its foot is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest

from digitize.group.ticks import may_have_tick
from digitize.records import Box, Digit, Number, Pixels, Status

if TYPE_CHECKING:
    from tests.conftest import Paper

BLACK = (0, 0, 0)
ARM, FOOT, HEAD = (85, 118), (97, 138), (122, 96)


def number_at(box: Box, digit: int = 1) -> Number:
    read = Digit(digit, 0.99, Status.OK, box)
    return Number(str(digit), 0.99, Status.OK, 1, box, (read,))


def drawn(page: Paper, *points: tuple[int, int], pen: int = 4) -> Paper:
    cv2.polylines(page.pixels, [np.array(points, np.int32)], isClosed=False, color=BLACK,
                  thickness=pen)  # fmt: skip
    return page


def box_of(ink: Pixels) -> Box:
    return Box(*cv2.boundingRect(ink))


def is_doubted(digits: Pixels, writing: Pixels, box: Box, digit: int = 1) -> bool:
    return may_have_tick(number_at(box, digit), digits, writing)


@pytest.mark.parametrize("digit", [1, 7])
def test_a_tick_is_for_review(paper: type[Paper], digit: int) -> None:
    ink = drawn(paper(), ARM, FOOT, HEAD).ink
    assert is_doubted(ink, np.zeros_like(ink), box_of(ink), digit)


@pytest.mark.parametrize("pen", [2, 7, 9])
def test_a_tick_is_one_whatever_the_pen(paper: type[Paper], pen: int) -> None:
    ink = drawn(paper(), ARM, FOOT, HEAD, pen=pen).ink
    assert is_doubted(ink, np.zeros_like(ink), box_of(ink))


def test_a_tick_whose_arm_was_cut_off_is_for_review(paper: type[Paper]) -> None:
    ink = drawn(paper(), ARM, FOOT, HEAD).ink
    rest = ink.copy()
    rest[:, : FOOT[0]] = 0
    rest[FOOT[1] - 4 :] = 0
    assert is_doubted(ink, np.zeros_like(ink), box_of(rest))


def test_a_tick_whose_arm_was_taken_for_other_writing_is_for_review(paper: type[Paper]) -> None:
    ink = drawn(paper(), ARM, FOOT, HEAD).ink
    digits, writing = ink.copy(), ink.copy()
    digits[:, : FOOT[0]] = 0
    writing[:, FOOT[0] :] = 0
    assert is_doubted(digits, writing, box_of(digits))


@pytest.mark.parametrize(
    "points",
    [
        ((97, 138), (122, 96)),
        ((100, 96), (100, 138)),
        ((85, 112), (110, 96), (104, 138)),
        ((90, 104), (106, 96), (96, 138)),
        ((84, 100), (112, 98), (96, 138)),
    ],
    ids=["slanted", "upright", "with a flag", "slanted with a flag", "seven"],
)
def test_a_digit_is_no_tick(paper: type[Paper], points: tuple[tuple[int, int], ...]) -> None:
    ink = drawn(paper(), *points).ink
    for digit in (1, 7):
        assert not is_doubted(ink, np.zeros_like(ink), box_of(ink), digit)


def test_ink_beside_a_slanted_one_makes_it_no_tick(paper: type[Paper]) -> None:
    page = drawn(paper(), FOOT, HEAD)
    box = box_of(page.ink)
    ink = drawn(page, (80, 112), (84, 134)).ink
    assert not is_doubted(ink, np.zeros_like(ink), box)


def test_other_digits_are_not_asked(paper: type[Paper]) -> None:
    ink = drawn(paper(), ARM, FOOT, HEAD).ink
    assert not is_doubted(ink, np.zeros_like(ink), box_of(ink), digit=4)


def test_a_tick_at_the_edge_of_the_page_is_for_review(paper: type[Paper]) -> None:
    points = [(x - ARM[0] + 2, y - HEAD[1] + 2) for x, y in (ARM, FOOT, HEAD)]
    ink = drawn(paper(60, 46), *points).ink
    assert is_doubted(ink, np.zeros_like(ink), box_of(ink))

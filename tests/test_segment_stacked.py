"""Digits of two lines that touch are parted across; a large digit among small ones is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from digitize.records import Glyph
from digitize.segment import part_stacked, segment

if TYPE_CHECKING:
    from tests.conftest import Paper

HEIGHT = 40


def glyphs_of(page: Paper) -> list[Glyph]:
    return segment(page.layers(HEIGHT), stacks=True)


def two_lines(paper: type[Paper], upper: str = "538", lower: str = "269") -> Paper:
    """Two lines so close that the digits in their middles touch, joined by a stroke."""
    page = paper().digits(upper, 100, 100, HEIGHT).digits(lower, 100, 100 + HEIGHT + 8, HEIGHT)
    middle = round(page.drawn[1].centre[0])
    cv2.line(page.pixels, (middle, 100 + HEIGHT - 6), (middle, 100 + HEIGHT + 12), (25, 25, 25), 4)
    return page


def test_a_digit_that_touches_the_one_below_is_parted_from_it(paper: type[Paper]) -> None:
    page = two_lines(paper)
    glyphs = glyphs_of(page)
    assert len(glyphs) == 5
    ((at, parts),) = part_stacked(glyphs, HEIGHT).items()
    assert [part.cut for part in parts] == [True, True]
    for part, drawn in zip(parts, (page.drawn[1], page.drawn[4]), strict=True):
        assert abs(part.box.centre[1] - drawn.centre[1]) < 0.15 * HEIGHT
        assert abs(part.box.height - drawn.height) < 0.3 * HEIGHT
    inked = sum(np.count_nonzero(part.ink) for part in parts)
    assert inked == np.count_nonzero(glyphs[at].ink)


def test_digits_of_three_lines_that_touch_are_three(paper: type[Paper]) -> None:
    page = two_lines(paper).digits("417", 100, 100 + 2 * (HEIGHT + 8), HEIGHT)
    middle, below = round(page.drawn[1].centre[0]), 100 + 2 * HEIGHT + 8
    cv2.line(page.pixels, (middle, below - 6), (middle, below + 12), (25, 25, 25), 4)
    glyphs = glyphs_of(page)
    assert max(glyph.box.height for glyph in glyphs) > 3 * HEIGHT
    ((_, parts),) = part_stacked(glyphs, HEIGHT).items()
    assert len(parts) == 3


def test_a_long_stroke_is_no_stack(paper: type[Paper]) -> None:
    assert glyphs_of(paper().bar(100, 100, 4 * HEIGHT, 6)) == []


def test_a_large_digit_among_small_ones_is_whole(paper: type[Paper]) -> None:
    page = paper().digits("8", 160, 100, 2 * HEIGHT)
    page.digits("3", 90, 100 + HEIGHT // 2, HEIGHT).digits("5", 240, 100 + HEIGHT // 2, HEIGHT)
    assert part_stacked(glyphs_of(page), HEIGHT) == {}


def test_large_digits_side_by_side_are_whole(paper: type[Paper]) -> None:
    page = paper().digits("583", 100, 100, 2 * HEIGHT)
    assert part_stacked(glyphs_of(page), HEIGHT) == {}


def test_a_large_digit_alone_is_whole(paper: type[Paper]) -> None:
    assert part_stacked(glyphs_of(paper().digits("8", 100, 100, 2 * HEIGHT)), HEIGHT) == {}


def test_ink_that_is_wide_too_is_not_parted_across(paper: type[Paper]) -> None:
    page = two_lines(paper)
    page.pixels[100 + HEIGHT : 100 + HEIGHT + 6, 100:180] = 0
    assert part_stacked(glyphs_of(page), HEIGHT) == {}


def test_without_glyphs_there_is_nothing_to_part() -> None:
    assert part_stacked([], HEIGHT) == {}

"""Pale strokes are found by a more sensitive threshold; what hangs on no other ink is not."""

from __future__ import annotations

import numpy as np
import pytest

from digitize.clean.pale import share_weak
from digitize.records import Pixels

PAGE = 400  # pixels, its height and width


def ink_of(*boxes: tuple[int, int, int, int]) -> Pixels:
    """A page of 400 x 400 with filled boxes x, y, width, height of ink."""
    page = np.zeros((PAGE, PAGE), dtype=np.uint8)
    for x, y, width, height in boxes:
        page[y : y + height, x : x + width] = 255
    return page


def stronger(ink: Pixels, weak: Pixels) -> Pixels:
    return share_weak(ink, weak)[0]


STROKES = (20, 20, 60, 60)
STROKE = (200, 200, 4, 30)  # shorter than a tenth of the page
CRUMBS = ((200, 202, 4, 5), (200, 220, 4, 5))  # a third of the stroke


def test_where_hardly_anything_was_found_all_ink_is_pale() -> None:
    weak = ink_of(STROKES)
    np.testing.assert_array_equal(stronger(ink_of((30, 30, 5, 5)), weak), weak)


def test_crumbs_of_a_pale_stroke_become_the_stroke_beside_dark_ink() -> None:
    found = stronger(ink_of(STROKES, *CRUMBS), ink_of(STROKES, STROKE))
    np.testing.assert_array_equal(found, ink_of(STROKES, STROKE))


def test_beside_dark_ink_pale_ink_that_hangs_on_none_stays_paper() -> None:
    ink = ink_of(STROKES)
    np.testing.assert_array_equal(stronger(ink, ink_of(STROKES, STROKE)), ink)


def test_a_texture_darker_at_one_place_by_chance_stays_paper() -> None:
    ink = ink_of(STROKES, (200, 210, 4, 1))
    np.testing.assert_array_equal(stronger(ink, ink_of(STROKES, STROKE)), ink)


def test_dark_strokes_grow_no_rims() -> None:
    ink = ink_of(STROKES, (201, 200, 3, 30))
    np.testing.assert_array_equal(stronger(ink, ink_of(STROKES, STROKE)), ink)


@pytest.mark.parametrize("rule", [(150, 300, 60, 3), (300, 150, 3, 60)])
def test_a_long_pale_rule_on_which_something_dark_hangs_stays_paper(
    rule: tuple[int, int, int, int],
) -> None:
    x, y, *_ = rule
    ink = ink_of(STROKES, (x, y, 8, 8))
    np.testing.assert_array_equal(stronger(ink, ink_of(STROKES, rule, (x, y, 8, 8))), ink)


def test_a_page_of_two_tones_is_left_as_it_is() -> None:
    ink = ink_of(STROKES, STROKE)
    assert stronger(ink, ink.copy()) is ink


def test_a_blank_page_is_blank() -> None:
    assert not stronger(ink_of(), ink_of()).any()


def test_weak_ink_that_hangs_on_none_is_faint_and_dark_ink_with_its_rim_is_not() -> None:
    ink = ink_of(STROKES, (300, 300, 20, 20))
    weak = ink_of(STROKES, STROKE, (298, 298, 24, 24))
    np.testing.assert_array_equal(share_weak(ink, weak)[1], ink_of(STROKE))


def test_on_a_faint_page_all_weak_ink_is_ink_and_none_faint() -> None:
    assert not share_weak(ink_of((30, 30, 5, 5)), ink_of(STROKES))[1].any()

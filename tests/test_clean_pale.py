"""Pale strokes are found whole; what the usual threshold draws well stays as it draws it."""

from __future__ import annotations

import numpy as np

from digitize.clean.pale import with_pale_strokes
from digitize.records import Pixels


def ink_of(*boxes: tuple[int, int, int, int]) -> Pixels:
    """A page of 400 x 400 with filled boxes x, y, width, height of ink."""
    page = np.zeros((400, 400), dtype=np.uint8)
    for x, y, width, height in boxes:
        page[y : y + height, x : x + width] = 255
    return page


DARK = (20, 20, 60, 60)


def test_a_stroke_of_which_crumbs_were_found_is_found_whole() -> None:
    weak = ink_of(DARK, (200, 200, 6, 40))
    found = with_pale_strokes(ink_of(DARK, (200, 200, 6, 3)), weak)
    np.testing.assert_array_equal(found, weak)


def test_grain_that_the_usual_threshold_does_not_see_stays_paper() -> None:
    ink = ink_of(DARK)
    found = with_pale_strokes(ink, ink_of(DARK, (200, 200, 6, 40)))
    np.testing.assert_array_equal(found, ink)


def test_a_dark_stroke_grows_no_thicker() -> None:
    ink = ink_of(DARK, (200, 200, 6, 40))
    found = with_pale_strokes(ink, ink_of(DARK, (199, 199, 8, 42)))
    np.testing.assert_array_equal(found, ink)


def test_a_long_pale_line_is_no_stroke() -> None:
    ink = ink_of(DARK, (100, 200, 9, 2))
    found = with_pale_strokes(ink, ink_of(DARK, (100, 200, 300, 2)))
    np.testing.assert_array_equal(found, ink)


def test_where_hardly_anything_was_found_all_ink_is_pale() -> None:
    weak = ink_of(DARK, (200, 200, 60, 60))
    np.testing.assert_array_equal(with_pale_strokes(ink_of((30, 30, 5, 5)), weak), weak)

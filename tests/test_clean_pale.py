"""A page in pale pencil is found by a more sensitive threshold; no other page is."""

from __future__ import annotations

import numpy as np

from digitize.clean.pale import stronger
from digitize.records import Pixels


def ink_of(*boxes: tuple[int, int, int, int]) -> Pixels:
    """A page of 400 x 400 with filled boxes x, y, width, height of ink."""
    page = np.zeros((400, 400), dtype=np.uint8)
    for x, y, width, height in boxes:
        page[y : y + height, x : x + width] = 255
    return page


STROKES = (20, 20, 60, 60)


def test_where_hardly_anything_was_found_all_ink_is_pale() -> None:
    weak = ink_of(STROKES)
    np.testing.assert_array_equal(stronger(ink_of((30, 30, 5, 5)), weak), weak)


def test_beside_dark_ink_pale_ink_stays_paper() -> None:
    ink = ink_of(STROKES)
    np.testing.assert_array_equal(stronger(ink, ink_of(STROKES, (200, 200, 60, 60))), ink)

"""A list of the inked pixels says all that a page of ink says."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from digitize.separate.places import inked_at, places_of


@given(st.integers(1, 12), st.integers(1, 12), st.integers(0, 2**31))
def test_ink_laid_at_its_places_is_the_ink(height: int, width: int, seed: int) -> None:
    inked = np.random.default_rng(seed).random((height, width)) < 0.4
    ink = np.where(inked, 255, 0).astype(np.uint8)
    np.testing.assert_array_equal(inked_at(places_of(ink), ink.shape), ink)


def test_places_are_counted_row_by_row() -> None:
    ink = np.array([[0, 255, 0], [255, 0, 0]], dtype=np.uint8)
    assert places_of(ink).tolist() == [1, 3]


def test_a_page_without_places_is_blank() -> None:
    assert not inked_at(np.zeros(0, np.int64), (2, 3)).any()

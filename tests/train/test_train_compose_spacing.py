"""Neighbours keep their distance along every row, and lean over one another only so far."""

from __future__ import annotations

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from digitize.records import Pixels
from digitize.train.compose.spacing import DEEPEST_TUCK, Placed, place_beside

sizes = st.tuples(st.integers(1, 12), st.integers(1, 12))
blots = arrays(np.uint8, sizes, elements=st.sampled_from([0, 255]))


def slanted(height: int, lean: int) -> Pixels:
    """Draw a stroke whose head is `lean` pixels right of its foot."""
    ink = np.zeros((height, abs(lean) + 3), dtype=np.uint8)
    ends = (abs(lean) + 1, 0), (1, height - 1)
    cv2.line(ink, ends[0], ends[1], 255, 1)
    return ink


@given(blots, blots, st.integers(-6, 6), st.floats(0.01, 5))
def test_no_row_brings_two_digits_nearer_than_the_gap(
    first: Pixels, second: Pixels, drop: int, gap: float
) -> None:
    last = Placed(first, 20, 20)
    digit = place_beside(last, Placed(second, 0, 20 + drop), gap)
    for row, inked in enumerate(first):
        other = row - drop
        if 0 <= other < len(second) and inked.any() and second[other].any():
            end = last.left + int(np.flatnonzero(inked)[-1]) + 1
            assert digit.left + int(np.flatnonzero(second[other])[0]) - end >= gap - 1e-9


@given(blots, blots, st.integers(-6, 6), st.floats(0.01, 5))
def test_a_digit_reaches_over_its_neighbour_by_a_share_of_the_narrower_at_most(
    first: Pixels, second: Pixels, drop: int, gap: float
) -> None:
    last = Placed(first, 20, 20)
    digit = place_beside(last, Placed(second, 0, 20 + drop), gap)
    over = last.right + gap - digit.left
    assert over <= DEEPEST_TUCK * min(first.shape[1], second.shape[1]) + 1e-9


def test_parallel_slants_stand_nearer_than_their_boxes() -> None:
    ink = slanted(40, 12)
    digit = place_beside(Placed(ink, 0, 0), Placed(ink, 0, 0), gap=2.0)
    assert digit.left < ink.shape[1] + 2


def test_upright_blocks_stand_just_a_gap_apart() -> None:
    block = np.full((10, 4), 255, dtype=np.uint8)
    assert place_beside(Placed(block, 7, 0), Placed(block, 0, 3), gap=3.0).left == 7 + 4 + 3

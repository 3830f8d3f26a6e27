"""Digits drawn large: as high as asked, in the pen's width, with sharp edges and open loops."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from drawn_digits import drawn_digit

from digitize.ink import stroke_width
from digitize.records import Pixels
from digitize.train.compose.ink import Pen, Stance, draw_ink

FINE = Pen((0, 0, 0), width=0.09)
UPRIGHT = Stance(48.0)


def ink_of(digit: int, stance: Stance = UPRIGHT, pen: Pen = FINE, seed: int = 0) -> Pixels:
    return draw_ink(drawn_digit(digit), stance, pen, np.random.default_rng(seed))


@pytest.mark.parametrize("height", [28.0, 45.0, 70.0])
def test_a_digit_becomes_as_high_as_asked(height: float) -> None:
    ink = ink_of(8, Stance(height))
    assert len(ink) == pytest.approx(height, abs=0.08 * height)


def test_a_wider_pen_leaves_more_ink_of_the_same_digit() -> None:
    fine, broad = (int(ink_of(2, pen=replace(FINE, width=w)).sum()) for w in (0.08, 0.16))
    assert broad > 1.25 * fine


def test_a_fine_pen_writes_finer_than_half_the_strokes_that_were_scanned() -> None:
    wanted = 0.05
    ink = ink_of(2, pen=replace(FINE, width=wanted, uneven=0.0))
    assert stroke_width(ink / np.float32(255)) == pytest.approx(wanted * UPRIGHT.height, abs=0.7)


def test_no_pen_is_finer_than_a_pixel() -> None:
    ink = ink_of(2, Stance(14.0), replace(FINE, width=0.02))
    assert int(ink.max()) > 96
    assert len(ink) > 10


def test_the_loops_of_an_8_stay_open() -> None:
    paper = np.pad((ink_of(8) < 128).astype(np.uint8), 1, constant_values=1)
    regions = cv2.connectedComponents(paper, connectivity=4)[0] - 1
    assert regions == 3  # the paper around it and two loops


def test_a_slant_leans_the_head_of_a_1_to_the_right_of_its_foot() -> None:
    ink = ink_of(1, Stance(48.0, slant=0.4))
    head, foot = (np.flatnonzero(row).mean() for row in (ink[2], ink[-3]))
    assert head - foot == pytest.approx(0.5 * 46, abs=0.15 * 48)  # its own slant is 0.1


def test_ink_is_sharp_and_not_a_blurred_picture() -> None:
    ink = ink_of(3, Stance(64.0))
    soft = ((ink > 0) & (ink < 230)).sum()
    outline = cv2.Canny(np.pad(ink, 2), 100, 200).astype(bool).sum()
    assert soft < 2 * outline


def test_a_speck_of_the_scan_it_came_from_is_left_out() -> None:
    image = drawn_digit(1)
    image[3, 3] = 255
    ink = draw_ink(image, UPRIGHT, FINE, np.random.default_rng(0))
    assert ink.shape[1] == pytest.approx(ink_of(1).shape[1], abs=2)


def test_the_same_generator_draws_the_same_ink_and_another_other_edges() -> None:
    assert np.array_equal(ink_of(5, seed=1), ink_of(5, seed=1))
    assert not np.array_equal(ink_of(5, seed=1), ink_of(5, seed=2))

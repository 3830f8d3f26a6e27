"""A number's ink becomes a strip: its digits of one height whatever the scan, in the middle."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.sequence import DIGIT_PIXELS, HEIGHT, make_strip
from digitize.sequence.strips import MARGIN, TALLEST, WIDEST


def bars(height, count=3):
    """Ones beside one another, (height, width) uint8, cropped to the ink."""
    ink = np.zeros((height, count * height), np.uint8)
    for at in range(count):
        ink[:, at * height : at * height + max(2, height // 8)] = 255
    return ink[:, : (count - 1) * height + max(2, height // 8)]


def inked(strip):
    rows, columns = np.flatnonzero(strip.max(axis=1) > 0.5), np.flatnonzero(strip.max(axis=0) > 0.5)
    return rows[0], rows[-1] + 1, columns[0], columns[-1] + 1


@given(st.integers(8, 200), st.integers(1, 6))
def test_digits_are_brought_to_one_height_and_stand_in_the_middle(height, count):
    strip, _, offset = make_strip(bars(height, count), height)
    top, bottom, left, right = inked(strip)
    assert strip.shape[0] == HEIGHT
    assert strip.dtype == np.float32
    assert 0 <= strip.min() <= strip.max() <= 1
    assert bottom - top == pytest.approx(DIGIT_PIXELS, abs=1)
    assert (top + bottom) / 2 == pytest.approx(HEIGHT / 2, abs=1)
    assert left >= MARGIN - 1
    assert strip.shape[1] - right >= MARGIN - 1
    assert offset == MARGIN


@given(st.integers(2, 5))
def test_a_larger_scan_gives_the_same_strip(factor):
    ink = bars(24)
    larger = cv2.resize(ink, None, fx=factor, fy=factor, interpolation=cv2.INTER_NEAREST)
    small, large = make_strip(ink, 24)[0], make_strip(larger, 24 * factor)[0]
    assert np.allclose(small, large, atol=0.01)


@given(st.integers(10, 100), st.integers(0, 2))
def test_a_column_of_the_ink_is_found_again_on_the_strip(height, at):
    ink = bars(height)
    strip, scale, offset = make_strip(ink, height)
    middle = at * height + max(2, height // 8) / 2
    assert strip[:, int(middle * scale + offset)].max() > 0.5


def test_what_climbs_higher_than_the_strip_is_made_smaller():
    strip, scale, _ = make_strip(bars(80), digit_height=40)
    top, bottom, _, _ = inked(strip)
    assert bottom - top == pytest.approx(TALLEST, abs=1)
    assert scale == pytest.approx(TALLEST / 80, rel=0.02)


def test_no_strip_is_wider_than_a_number_can_be():
    rule = np.full((3, 9000), 255, np.uint8)
    strip, _, _ = make_strip(rule, digit_height=20)
    assert strip.shape == (HEIGHT, WIDEST + 2 * MARGIN)

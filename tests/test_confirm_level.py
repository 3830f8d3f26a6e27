"""What the second reader sees of a number follows its digits, not their tails."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.confirm.level import levelled, middle_line
from digitize.records import Box

HEIGHT = 40.0


@given(st.floats(-0.3, 0.3), st.integers(2, 9), st.floats(0, 50))
def test_the_line_goes_through_the_digits_middles(slope: float, count: int, top: float) -> None:
    boxes = [Box(30 * at, 100 + top + slope * 30 * at, 20, HEIGHT) for at in range(count)]
    line = middle_line(boxes, HEIGHT, 300)
    for box in boxes:
        x, y = box.centre
        assert line[round(x)] == pytest.approx(y, abs=0.01)


def test_tails_and_low_zeros_do_not_bend_the_line() -> None:
    digits = [Box(30 * at, 100, 20, HEIGHT) for at in range(4)]
    odd = [Box(120, 100, 20, 3 * HEIGHT), Box(150, 125, 15, 15)]
    line = middle_line([*digits, *odd], HEIGHT, 200)
    np.testing.assert_allclose(line, 120)


def test_one_digit_alone_has_a_level_line_even_where_it_is_all_tail() -> None:
    np.testing.assert_allclose(middle_line([Box(0, 0, 20, 100)], HEIGHT, 20), 50)


def test_a_climbing_line_of_ink_lies_level_afterwards() -> None:
    ink = np.zeros((120, 100), dtype=np.uint8)
    middle = np.linspace(100, 20, 100)
    for x, y in enumerate(middle):
        ink[round(y) - 5 : round(y) + 5, x] = 255
    level = levelled(ink, middle, 30)
    assert level.shape == (30, 100)
    assert level[12:18].all()
    assert not level[:8].any()
    assert not level[22:].any()


@given(st.integers(1, 60), st.integers(1, 60), st.integers(-40, 90))
def test_rows_beyond_the_ink_are_paper(height: int, rows: int, middle: int) -> None:
    ink = np.full((height, 3), 255, np.uint8)
    level = levelled(ink, np.full(3, float(middle)), rows)
    first = round(middle - rows / 2)
    inside = len(set(range(first, first + rows)) & set(range(height)))
    assert level.shape == (rows, 3)
    assert np.count_nonzero(level) == 3 * inside

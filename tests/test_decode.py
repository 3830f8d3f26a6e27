"""Scores become readings: the best digit, how sure, and the runners-up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from digitize.classify import softmax
from digitize.decode import DecodeOptions, decode

rows_of_scores = arrays.arrays(
    np.float32, st.tuples(st.integers(0, 6), st.just(11)), elements=st.floats(-9, 9, width=32)
).map(softmax)


def test_the_likeliest_digit_is_read_and_the_next_kept() -> None:
    row = np.array([[0, 0.2, 0, 0, 0, 0.05, 0, 0.7, 0, 0.02, 0.03]], np.float32)
    (reading,) = decode(row)
    assert reading.digit == 7
    assert reading.confidence == pytest.approx(0.7)
    assert [digit for digit, _ in reading.alternatives] == [1, 5, 9]
    assert [share for _, share in reading.alternatives] == pytest.approx([0.2, 0.05, 0.02])


def test_of_two_alike_the_smaller_digit_is_read() -> None:
    row = np.array([[0, 0, 0, 0.5, 0, 0, 0, 0, 0.5, 0, 0]], np.float32)
    assert decode(row)[0].digit == 3


@given(rows_of_scores, st.integers(0, 9))
def test_every_reading_falls_from_its_best_and_names_no_digit_twice(
    scores: np.ndarray, kept: int
) -> None:
    readings = decode(scores, DecodeOptions(alternatives=kept, refuse_from=2))
    assert len(readings) == len(scores)
    for reading, row in zip(readings, scores, strict=True):
        assert reading is not None
        ranked = [(reading.digit, reading.confidence), *reading.alternatives]
        shares = [share for _, share in ranked]
        assert shares[0] == row[:10].max()
        assert shares == sorted(shares, reverse=True)
        assert len({digit for digit, _ in ranked}) == min(kept + 1, 10)
        assert all(share == row[digit] for digit, share in ranked)
        assert sum(shares) <= 1 + 1e-5


def test_readings_are_plain_python() -> None:
    (reading,) = decode(np.full((1, 11), 0.09, np.float32))
    assert type(reading.digit) is int
    assert type(reading.confidence) is float
    assert {type(value) for pair in reading.alternatives for value in pair} == {int, float}


def test_no_scores_are_no_readings() -> None:
    assert list(decode(np.zeros((0, 11), np.float32))) == []


@pytest.mark.parametrize(("no_digit", "refused"), [(0.95, True), (0.8, True), (0.79, False)])
def test_what_is_most_likely_no_digit_is_refused(no_digit: float, refused: bool) -> None:
    row = np.full((1, 11), (1 - no_digit) / 10, np.float32)
    row[0, 10] = no_digit
    (reading,) = decode(row)
    assert (reading is None) is refused


def test_what_may_be_no_digit_is_read_but_never_surely() -> None:
    row = np.zeros((1, 11), np.float32)
    row[0, 4], row[0, 10] = 0.4, 0.6
    (reading,) = decode(row)
    assert reading is not None
    assert (reading.digit, reading.confidence) == (4, pytest.approx(0.4))


def test_a_stricter_reader_refuses_more() -> None:
    scores = np.array([[0.5] + [0] * 9 + [0.5], [0.9] + [0] * 9 + [0.1]], np.float32)
    readings = decode(scores, DecodeOptions(refuse_from=0.3))
    assert [reading and reading.digit for reading in readings] == [None, 0]


@given(rows_of_scores)
def test_each_row_is_read_by_itself(scores: np.ndarray) -> None:
    together = decode(scores)
    assert list(together) == [decode(scores[at : at + 1])[0] for at in range(len(scores))]

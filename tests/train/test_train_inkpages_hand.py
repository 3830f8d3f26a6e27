"""Someone who writes: digits, words, and what is struck out."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from drawn_pages import SLANTED, blank_bench, drawn_pool
from hypothesis import given
from hypothesis import strategies as st

from digitize.train.inkpages.bench import Bench
from digitize.train.inkpages.classes import BY_RANK, DIGITS, PAPER, WRITING
from digitize.train.inkpages.digit_pool import Habits
from digitize.train.inkpages.hand import STROKE_WIDTHS, Hand


def hand_of(bench: Bench, **changes: object) -> Hand:
    steady = replace(bench.hand(), slant=0.0, stroke=0.1, jitter=1.0, joins=0.0, face=SLANTED)
    return replace(steady, **changes)


def kinds(bench: Bench) -> np.ndarray:
    return BY_RANK[bench.canvas.rank]


def test_a_number_is_digits_apart_as_far_as_its_gaps_say():
    bench = blank_bench(1)
    end = hand_of(bench, gaps=(0.4, 0.5)).write_number(20, 100, 4)
    ink = (kinds(bench) == DIGITS).astype(np.uint8)
    assert set(np.unique(kinds(bench))) == {PAPER, DIGITS}
    assert cv2.connectedComponents(cv2.dilate(ink, np.ones((3, 3), np.uint8)))[0] - 1 >= 4
    assert abs(np.flatnonzero(ink.any(axis=0)).max() + 1 - end) <= 2


def test_digits_are_as_high_as_the_hand_writes():
    heights = []
    for seed in range(20):
        bench = blank_bench(seed, height=30.0)
        hand_of(bench).write_digit_at(150, 150)
        rows = np.flatnonzero((kinds(bench) == DIGITS).any(axis=1))
        heights.append(np.ptp(rows) + 1)
    assert 26 < np.median(heights) < 34


def test_negative_gaps_make_digits_touch():
    touching = 0
    for seed in range(20):
        bench = blank_bench(seed)
        hand_of(bench, gaps=(-0.12, -0.08)).write_number(40, 100, 2)
        ink = (kinds(bench) == DIGITS).astype(np.uint8)
        touching += cv2.connectedComponents(ink)[0] - 1 == 1
    assert touching >= 8


def test_words_are_writing_in_a_font_and_as_a_scrawl():
    for face in (SLANTED, None):
        bench = blank_bench(2)
        end = replace(hand_of(bench), face=face).write_words(20, 100, 60)
        assert end > 60
        assert set(np.unique(kinds(bench))) == {PAPER, WRITING}


def test_digits_under_a_scribble_are_no_digits_any_more():
    for seed in range(20):
        bench = blank_bench(seed)
        hand = hand_of(bench)
        end = hand.write_number(40, 100, 3)
        before = (kinds(bench) == DIGITS).sum()
        hand.strike_out(30, 60, end - 20, 60)
        assert (kinds(bench) == DIGITS).sum() in (0, before)


@given(st.floats(0.3, 3))
def test_a_hand_that_writes_larger_keeps_its_pen(factor):
    hand = hand_of(blank_bench(3))
    sized = hand.sized(factor)
    assert STROKE_WIDTHS[0] <= sized.stroke <= STROKE_WIDTHS[1]
    if STROKE_WIDTHS[0] < sized.stroke < STROKE_WIDTHS[1]:
        assert abs(sized.pen_width - hand.pen_width) < 1e-6 or sized.pen_width == 1


def test_what_is_taller_than_other_digits_hangs_below_the_baseline():
    bench = blank_bench(3, height=30.0)
    pool = drawn_pool()
    nines = pool.labels == 9
    nines_alone = replace(pool, images=pool.images[nines], labels=pool.labels[nines])
    long = replace(nines_alone, habits=Habits(tail=2.5))
    hand_of(bench, pool=long, jitter=0.0).write_number(40, 100, 1)
    rows = np.flatnonzero((kinds(bench) == DIGITS).any(axis=1))
    assert rows[0] > 60
    assert rows[-1] > 105


def test_a_hand_that_joins_its_digits_makes_one_piece_of_ink():
    one_piece = 0
    for seed in range(20):
        bench = blank_bench(seed)
        hand_of(bench, gaps=(0.2, 0.3), jitter=0.0, joins=1.0).write_number(40, 100, 3)
        ink = (kinds(bench) == DIGITS).astype(np.uint8)
        one_piece += cv2.connectedComponents(ink)[0] - 1 == 1
    assert one_piece >= 10

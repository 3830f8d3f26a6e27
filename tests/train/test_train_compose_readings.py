"""What was read, matched with what was written: right, wrong, doubted and missed."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_digits import drawn_digits

from digitize.classify import AlwaysDigit
from digitize.errors import UsageError
from digitize.options import PageOptions
from digitize.readers import Readers
from digitize.records import Box, Floats, Page
from digitize.train.compose import (
    ComposedPage,
    ComposeOptions,
    TrueNumber,
    join_readings,
    read_composed,
    read_composed_pages,
    read_numbers,
)
from digitize.train.datasets import DigitSet

OPTIONS = PageOptions()
QUICK = ComposeOptions(styles=("plain",), wears=("clean",), dpi=(100,))
BAR = 5, 40  # width and height of a bar, in pixels


class NeverADigit:
    """Refuses all that it sees."""

    def scores(self, images: Floats) -> Floats:
        scores = np.zeros((len(images), 11), dtype=np.float32)
        scores[:, 10] = 1.0
        return scores


def page_of_bars(*places: tuple[int, int], numbers: tuple[TrueNumber, ...]) -> ComposedPage:
    """Draw bars, a 1 each, at their (left, top)."""
    pixels = np.full((600, 800, 3), 255, dtype=np.uint8)
    for x, y in places:
        pixels[y : y + BAR[1], x : x + BAR[0]] = 25
    return ComposedPage(Page(1, pixels), numbers, "plain", "clean")


def eleven_at(x: int, y: int) -> TrueNumber:
    return TrueNumber("11", Box(x, y, 15 + BAR[0], BAR[1]))


TWO_ELEVENS = page_of_bars(
    (100, 100), (115, 100), (400, 300), (415, 300),
    numbers=(eleven_at(100, 100), eleven_at(400, 300)),
)  # fmt: skip
BLANK = page_of_bars(numbers=())


def test_a_number_read_as_it_was_written_is_right() -> None:
    readings = read_composed(Readers(AlwaysDigit(1, confidence=0.9)), TWO_ELEVENS, OPTIONS)
    assert readings.right.tolist() == [True, True]
    assert readings.confidence == pytest.approx([0.81, 0.81])
    assert not readings.forced.any()
    assert (readings.written, readings.missed) == (2, 0)


def test_another_text_is_wrong_though_it_stands_in_the_right_place() -> None:
    readings = read_composed(Readers(AlwaysDigit(7)), TWO_ELEVENS, OPTIONS)
    assert readings.right.tolist() == [False, False]
    assert readings.missed == 0


def test_a_number_where_none_was_written_is_wrong() -> None:
    page = page_of_bars((100, 100), (115, 100), numbers=(eleven_at(500, 500),))
    readings = read_composed(Readers(AlwaysDigit(1)), page, OPTIONS)
    assert readings.right.tolist() == [False]
    assert readings.missed == 1


def test_a_number_with_a_mark_beside_it_is_forced_and_a_doubtful_one_is_not() -> None:
    page = page_of_bars((100, 100), (115, 100), (400, 300), (415, 300), numbers=())
    page.page.pixels[104:110, 126:132] = 25  # a blot at the top after the first
    readings = read_composed(Readers(AlwaysDigit(1, confidence=0.3)), page, OPTIONS)
    assert readings.forced.tolist() == [True, False]


def test_what_is_refused_is_missed() -> None:
    readings = read_composed(Readers(NeverADigit()), TWO_ELEVENS, OPTIONS)
    assert len(readings) == 0
    assert (readings.written, readings.missed) == (2, 2)


def test_pages_are_counted_together_and_a_blank_one_adds_nothing() -> None:
    readings = read_numbers(
        Readers(AlwaysDigit(1)), iter([TWO_ELEVENS, BLANK, TWO_ELEVENS]), OPTIONS
    )
    assert len(readings) == 4
    assert (readings.written, readings.missed) == (4, 0)
    assert readings.confidence.dtype == np.float32


def test_no_pages_give_no_readings() -> None:
    nothing = join_readings([])
    assert (len(nothing), nothing.written, nothing.missed) == (0, 0, 0)


def test_pages_are_composed_until_enough_numbers_are_read() -> None:
    digits = drawn_digits(5, np.random.default_rng(0))
    rng = np.random.default_rng(3)
    one = read_composed_pages(Readers(AlwaysDigit(1)), digits, rng, OPTIONS, count=1, compose=QUICK)
    more = read_composed_pages(
        Readers(AlwaysDigit(1)),
        digits,
        np.random.default_rng(3),
        OPTIONS,
        count=len(one) + 1,
        compose=QUICK,
    )
    assert len(more) > len(one) > 0
    assert np.array_equal(more.right[: len(one)], one.right)
    assert one.right.mean() < 0.2  # few numbers are all ones


def test_composing_ends_where_nothing_is_ever_read() -> None:
    digits = drawn_digits(2, np.random.default_rng(0))
    rng = np.random.default_rng(0)
    readings = read_composed_pages(
        Readers(NeverADigit()), digits, rng, OPTIONS, count=5, compose=QUICK
    )
    assert len(readings) == 0
    assert readings.missed == readings.written > 0


def test_without_digits_nothing_can_be_composed() -> None:
    empty = DigitSet(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8))
    with pytest.raises(UsageError, match="no digits to compose"):
        read_composed_pages(Readers(AlwaysDigit(1)), empty, np.random.default_rng(0), OPTIONS)

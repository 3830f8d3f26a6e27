"""Composed pages: what the truth says stands there in ink, and nothing else was written with."""

from __future__ import annotations

from itertools import cycle

import cv2
import numpy as np
import pytest
from drawn_digits import drawn_digits

from digitize.train.clutter import FontFace, find_fonts
from digitize.train.compose import (
    ComposedPage,
    ComposeOptions,
    DigitSupply,
    compose_page,
    compose_round,
)
from digitize.train.compose.hand import Hand
from digitize.train.compose.ink import Pen
from digitize.train.compose.letters import CAPITALS, WORDS
from digitize.train.compose.sheet import Sheet
from digitize.train.compose.styles import STYLES
from digitize.train.compose.wear import WEARS
from digitize.train.datasets import DigitSet

SMALL = (100,)  # pixels per inch: the least digits, and pages drawn fast


@pytest.fixture(scope="module")
def digits() -> DigitSet:
    return drawn_digits(12, np.random.default_rng(0))


def page_of(digits: DigitSet, style: str, wear: str, seed: int = 1) -> ComposedPage:
    options = ComposeOptions(styles=(style,), wears=(wear,), dpi=SMALL)
    return compose_page(digits, np.random.default_rng(seed), options)


def darkness(composed: ComposedPage) -> np.ndarray:
    return 255 - composed.page.pixels.min(axis=2)


@pytest.mark.parametrize(("style", "wear"), list(zip(cycle(STYLES), WEARS)))
def test_every_style_and_wear_yields_numbers_within_the_page(
    digits: DigitSet, style: str, wear: str
) -> None:
    composed = page_of(digits, style, wear)
    height, width = composed.page.pixels.shape[:2]
    assert (composed.style, composed.wear) == (style, wear)
    assert len(composed.numbers) >= 20
    for number in composed.numbers:
        assert number.text.isdigit()
        assert 1 <= len(number.text) <= 8
        assert 0 <= number.box.x < number.box.right <= width
        assert 0 <= number.box.y < number.box.bottom <= height


@pytest.mark.parametrize("style", STYLES)
def test_no_two_numbers_stand_in_one_place(digits: DigitSet, style: str) -> None:
    composed = page_of(digits, style, "clean")
    taken = np.zeros(composed.page.pixels.shape[:2], dtype=np.uint8)
    for number in composed.numbers:
        box = number.box
        place = taken[int(box.y) : int(box.bottom), int(box.x) : int(box.right)]
        place += 1
    assert (taken > 1).sum() < 0.01 * (taken > 0).sum()


def test_on_a_plain_clean_page_all_ink_stands_in_the_true_boxes(digits: DigitSet) -> None:
    options = ComposeOptions(styles=("plain",), wears=("clean",), dpi=SMALL)
    composed = next(
        page
        for seed in range(20)
        if not _has_letters(page := compose_page(digits, np.random.default_rng(seed), options))
    )
    inked = darkness(composed) > 90
    for number in composed.numbers:
        box = number.box
        place = inked[int(box.y) : int(box.bottom), int(box.x) : int(box.right)]
        assert place[0].any() or place[1].any()
        assert place[:, 0].any() or place[:, 1].any()
        place[:] = False
    assert not inked.any()


def _has_letters(composed: ComposedPage) -> bool:
    return _ink_elsewhere(composed) > 0.002


def _ink_elsewhere(composed: ComposedPage) -> float:
    """Return the share of the page's ink that lies outside the numbers."""
    inked = darkness(composed) > 90
    total = inked.sum()
    for number in composed.numbers:
        box = number.box
        inked[int(box.y) : int(box.bottom), int(box.x) : int(box.right)] = False
    return float(inked.sum() / total)


def test_digits_of_a_plain_number_do_not_touch() -> None:
    ones = drawn_digits(20, np.random.default_rng(0))
    ones = ones.subset(np.flatnonzero(np.isin(ones.labels, [1, 7, 0])))
    composed = page_of(ones, "plain", "clean")
    inked = (darkness(composed) > 60).astype(np.uint8)
    for number in composed.numbers:
        box = number.box
        place = inked[int(box.y) : int(box.bottom), int(box.x) : int(box.right)]
        assert cv2.connectedComponents(place, connectivity=8)[0] - 1 == len(number.text)


def test_numbers_are_made_of_the_given_digits_only(digits: DigitSet) -> None:
    sevens = digits.subset(np.flatnonzero(digits.labels == 7))
    for style in STYLES:
        assert {c for n in page_of(sevens, style, "clean").numbers for c in n.text} == {"7"}


def test_the_same_generator_composes_the_same_page(digits: DigitSet) -> None:
    first, again = (page_of(digits, "table", "phone", seed=5) for _ in range(2))
    assert np.array_equal(first.page.pixels, again.page.pixels)
    assert first.numbers == again.numbers
    assert not np.array_equal(
        first.page.pixels[:9], page_of(digits, "table", "phone").page.pixels[:9]
    )


def test_a_round_has_each_style_with_each_wear_once(digits: DigitSet) -> None:
    rng = np.random.default_rng(0)
    options = ComposeOptions(styles=("plain", "boxed"), wears=("clean", "fax"), dpi=SMALL)
    pages = list(compose_round(DigitSupply(digits, rng), rng, options))
    kinds = [(page.style, page.wear) for page in pages]
    assert kinds == [("plain", "clean"), ("plain", "fax"), ("boxed", "clean"), ("boxed", "fax")]


def filled_table(digits: DigitSet, faces: list[FontFace]) -> Sheet:
    rng, sheet = np.random.default_rng(2), Sheet.blank(827, 1169)
    hand = Hand(sheet, DigitSupply(digits, rng), rng, Pen((0, 0, 0)), 30.0, faces)
    STYLES["table"](hand)
    return sheet


def test_fonts_add_print_to_a_table_and_without_fonts_there_is_none(digits: DigitSet) -> None:
    assert not filled_table(digits, []).printed.any()
    faces = find_fonts("train")
    if not faces:
        pytest.skip("there are no fonts installed")
    sheet = filled_table(digits, faces[:1])
    assert sheet.printed.any()
    assert all(number.text.isdigit() for number in sheet.numbers)


def test_no_digit_stands_in_any_word_or_letter() -> None:
    assert all(word.isalpha() for word in WORDS)
    assert not set(CAPITALS) & set("BDIOQSZGL")

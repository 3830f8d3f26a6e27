"""Faint ink is read where the network sees a digit, and stays paper elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from digitize.records import Pixels
from digitize.separate.faint import with_faint
from digitize.separate.ink_network import Ink
from digitize.separate.kinds import Kinds

HEIGHT = 40.0
STROKE = (100, 60, 8, 40)  # x, y, width, height: as high as a digit
DARK = (20, 60, 8, 40)


def ink_of(*boxes: tuple[int, int, int, int]) -> Pixels:
    page = np.zeros((200, 300), dtype=np.uint8)
    for x, y, width, height in boxes:
        page[y : y + height, x : x + width] = 255
    return page


def seen(kind: Ink, *boxes: tuple[int, int, int, int], top: int = 0, left: int = 0) -> Kinds:
    """What a network made of a page from this corner on: paper, but in the boxes."""
    ink = ink_of(*boxes)[top:, left:]
    logits = np.zeros((len(Ink), *ink.shape), np.float32)
    logits[Ink.PAPER] = 1
    logits[kind][ink > 0] = 5
    return Kinds(logits, (ink.shape[0], ink.shape[1]), HEIGHT, (top, left))


@pytest.mark.parametrize("corner", [(0, 0), (30, 12)])
def test_a_faint_stroke_that_is_seen_as_a_digit_is_ink(corner: tuple[int, int]) -> None:
    kinds = seen(Ink.DIGITS, STROKE, DARK, top=corner[0], left=corner[1])
    found = with_faint(ink_of(DARK), ink_of(STROKE), kinds, HEIGHT)
    np.testing.assert_array_equal(found, ink_of(DARK, STROKE))


@pytest.mark.parametrize("kind", [Ink.PAPER, Ink.WRITING, Ink.RULES, Ink.PRINTED])
def test_a_faint_stroke_that_is_seen_as_anything_else_stays_paper(kind: Ink) -> None:
    found = with_faint(ink_of(DARK), ink_of(STROKE), seen(kind, STROKE), HEIGHT)
    np.testing.assert_array_equal(found, ink_of(DARK))


@pytest.mark.parametrize("part", [(100, 60, 8, 12), (20, 150, 200, 8)])
def test_crumbs_and_long_patterns_are_no_digits_whatever_is_seen(
    part: tuple[int, int, int, int],
) -> None:
    plain = ink_of(DARK, STROKE, (200, 40, 60, 60))
    kinds = seen(Ink.DIGITS, part, DARK, STROKE, (200, 40, 60, 60))
    np.testing.assert_array_equal(with_faint(plain, ink_of(part), kinds, HEIGHT), plain)


def test_a_texture_of_which_a_piece_looks_like_a_digit_stays_paper() -> None:
    texture = (60, 60, 50, 40)
    kinds = seen(Ink.DIGITS, STROKE, DARK)
    found = with_faint(ink_of(DARK), ink_of(texture), kinds, HEIGHT)
    np.testing.assert_array_equal(found, ink_of(DARK))


def test_where_nearly_all_that_looks_like_digits_is_faint_it_stays_paper() -> None:
    faint = ink_of(STROKE, (140, 60, 8, 40), (180, 60, 8, 40))
    kinds = seen(Ink.DIGITS, STROKE, (140, 60, 8, 40), (180, 60, 8, 40), DARK)
    np.testing.assert_array_equal(with_faint(ink_of(DARK), faint, kinds, HEIGHT), ink_of(DARK))


def test_a_digit_among_faint_words_stays_paper() -> None:
    words = (20, 120, 150, 30)
    kinds = seen(Ink.DIGITS, STROKE, DARK)
    kinds.logits[Ink.WRITING][ink_of(words) > 0] = 5
    found = with_faint(ink_of(DARK), ink_of(STROKE, words), kinds, HEIGHT)
    np.testing.assert_array_equal(found, ink_of(DARK))


def test_where_nothing_is_faint_the_ink_is_as_it_was() -> None:
    ink = ink_of(DARK)
    assert with_faint(ink, None, seen(Ink.DIGITS, STROKE), HEIGHT) is ink
    assert with_faint(ink, ink_of(), seen(Ink.DIGITS, STROKE), HEIGHT) is ink

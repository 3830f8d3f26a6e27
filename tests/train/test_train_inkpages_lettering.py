"""Words, figures, and the lines of letters that fonts draw of them."""

from __future__ import annotations

import numpy as np
from drawn_pages import BOLD, FOLDER, SANS, SERIF

from digitize.train.clutter import FontFace
from digitize.train.inkpages.lettering import (
    draw_line,
    draw_loose_line,
    families_of,
    has_figures,
    open_font,
    pick_face,
    pick_figures,
    pick_letter,
    pick_word,
    pick_words,
)


def test_a_letter_alone_is_never_like_a_digit():
    rng = np.random.default_rng(0)
    assert not set("IlOoSsZzqgb0123456789") & {pick_letter(rng) for _ in range(500)}


def test_words_hold_no_figures():
    rng = np.random.default_rng(0)
    words = "".join(pick_words(3, rng) + pick_word(rng) for _ in range(300))
    assert not set("0123456789") & set(words)


def test_figures_hold_figures():
    rng = np.random.default_rng(0)
    assert all(any(sign.isdigit() for sign in pick_figures(rng)) for _ in range(300))


def test_a_line_is_ink_cropped_to_its_letters():
    ink = draw_line("mark 7", SANS, 24)
    assert ink is not None
    assert ink.max() == 255
    assert ink[0].any()
    assert ink[-1].any()
    assert ink[:, 0].any()
    assert 12 < len(ink) < 30


def test_a_line_of_nothing_is_none():
    assert draw_line(" ", SANS, 24) is None


def test_a_line_with_a_letter_that_the_font_lacks_is_none():
    assert draw_line("mark 字", SANS, 24) is None


def test_a_larger_size_gives_larger_letters():
    small, large = draw_line("H", SANS, 12), draw_line("H", SANS, 36)
    assert len(large) > 2 * len(small)


def test_sizes_that_differ_little_share_one_font():
    assert open_font(SANS, 24.0) is open_font(SANS, 24.2)


def test_families_count_once_however_many_faces_they_have():
    families = families_of([SANS, BOLD, SERIF])
    assert families == ((SANS, BOLD), (SERIF,))
    rng = np.random.default_rng(0)
    serif = np.mean([pick_face(families, rng) == SERIF for _ in range(400)])
    assert 0.4 < serif < 0.6


def test_no_families_give_no_face():
    assert pick_face((), np.random.default_rng(0)) is None


def test_a_font_of_signs_has_no_figures():
    signs = FontFace("STIXSizeOneSym", FOLDER / "STIXSizOneSymReg.ttf")
    assert has_figures(SANS)
    assert not has_figures(signs)


def test_letters_that_stand_apart_are_wider_and_uneven():
    rng = np.random.default_rng(0)
    joined = draw_line("marks", SANS, 32)
    loose = [draw_loose_line("marks", SANS, 32, rng) for _ in range(12)]
    assert np.median([ink.shape[1] for ink in loose]) > joined.shape[1]
    assert len({ink.shape for ink in loose}) > 6
    assert all(ink[0].any() and ink[:, -1].any() for ink in loose)


def test_a_loose_line_with_a_letter_that_the_font_lacks_is_none():
    assert draw_loose_line("mark 字", SANS, 24, np.random.default_rng(0)) is None


def test_lone_letters_are_often_choices_among_answers():
    rng = np.random.default_rng(0)
    picked = [pick_letter(rng) for _ in range(400)]
    assert 0.25 < np.mean([letter in "ABCDE" for letter in picked]) < 0.55

"""Letters, signs and pieces of words as glyphs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import cv2
import matplotlib
import numpy as np
import pytest

from digitize.train.clutter.fonts import FontFace
from digitize.train.clutter.letters import (
    DIGIT_LIKE,
    LETTERS,
    SIGNS,
    WIDEST,
    draw_letters,
    draw_text,
    pick_text,
)

ROUNDING = 1e-6  # of single floats
FOLDER = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
SANS = FontFace("DejaVu Sans", FOLDER / "DejaVuSans.ttf")
BOLD = FontFace("DejaVu Sans", FOLDER / "DejaVuSans-Bold.ttf")
SERIF = FontFace("DejaVu Serif", FOLDER / "DejaVuSerif.ttf")


def pieces(ink: np.ndarray) -> int:
    return cv2.connectedComponents(ink, connectivity=8)[0] - 1


def test_letters_are_images_of_ink():
    images = draw_letters(50, [SANS, SERIF], np.random.default_rng(1))
    assert images.shape == (50, 28, 28)
    assert images.dtype == np.float32
    assert images.min() == 0
    assert images.max() <= 1 + ROUNDING
    assert np.all(images.max(axis=(1, 2)) > 0.3)


def test_letters_differ():
    images = draw_letters(50, [SANS], np.random.default_rng(1))
    assert len(np.unique(images, axis=0)) > 40


def test_families_get_equal_shares_however_many_faces_they_have(monkeypatch):
    drawn: Counter[str] = Counter()

    def counting(text, face, size):
        drawn[face.family] += 1
        return np.full((20, 20), 255, dtype=np.uint8)

    monkeypatch.setattr("digitize.train.clutter.letters.draw_text", counting)
    draw_letters(400, [SANS, BOLD, SANS, BOLD, SERIF], np.random.default_rng(1))
    assert 150 < drawn["DejaVu Serif"] < 250


def test_what_looks_like_a_digit_is_never_drawn_alone():
    rng = np.random.default_rng(1)
    texts = [pick_text(rng) for _ in range(3000)]
    alone = {text for text in texts if len(text) == 1}
    assert not alone & DIGIT_LIKE
    assert not any(sign.isdigit() for text in texts for sign in text)
    assert alone >= set("aekmxAEHKM?&+")


def test_letters_signs_and_pieces_of_words_all_occur():
    rng = np.random.default_rng(1)
    texts = [pick_text(rng) for _ in range(3000)]
    shares = {
        "words": np.mean([len(text) > 1 for text in texts]),
        "signs": np.mean([text in SIGNS for text in texts if len(text) == 1]),
    }
    assert shares["words"] == pytest.approx(0.25, abs=0.04)
    assert shares["signs"] == pytest.approx(0.2 / 0.75, abs=0.05)
    assert {len(text) for text in texts} == {1, 2, 3, 4}
    assert not set(LETTERS) & DIGIT_LIKE


def test_text_is_cropped_in_width_and_full_ink():
    ink = draw_text("A", SANS, 44)
    assert ink is not None
    assert ink.any(axis=0)[[0, -1]].all()
    assert ink.max() == 255


def test_letters_of_a_piece_of_a_word_touch():
    alone, together = draw_text("n", SANS, 64), draw_text("nn", SANS, 64)
    assert alone is not None
    assert together is not None
    assert pieces(together) == 1
    assert together.shape[1] < 2 * alone.shape[1] + 2


def test_a_sign_that_the_font_lacks_is_not_drawn():
    assert draw_text("\U0010fffd", SANS, 44) is None
    assert draw_text("a\U0010fffd", SANS, 44) is None


def test_a_space_is_not_drawn():
    assert draw_text(" ", SANS, 44) is None


def test_what_is_wider_than_a_glyph_could_be_is_not_drawn():
    assert draw_text("mmmmmmmmmm", SANS, 44) is None
    narrow = draw_text("il", SANS, 44)
    assert narrow is not None
    assert narrow.shape[1] <= WIDEST * narrow.shape[0]


def test_the_same_seed_draws_the_same():
    first, again = (draw_letters(20, [SANS], np.random.default_rng(4)) for _ in range(2))
    assert np.array_equal(first, again)

"""Crops of pages with the true class of every pixel."""

from __future__ import annotations

import pickle

import cv2
import numpy as np
import pytest
from drawn_pages import DIGITS_DRAWN, drawn_pages

from digitize.errors import UsageError
from digitize.train.datasets import DigitSet
from digitize.train.inkpages import DIGITS, PAPER, PRINTED, RULES, WRITING, InkPages
from digitize.train.inkpages.pages import SCENES

CLASSES = {PAPER, DIGITS, WRITING, RULES, PRINTED}


@pytest.fixture(scope="module")
def crops():
    pages = drawn_pages()
    return [pages.crop(np.random.default_rng(seed), 160) for seed in range(200)]


def test_a_crop_is_colour_and_classes_of_the_side_asked_for():
    pixels, classes = drawn_pages().crop(np.random.default_rng(0))
    assert (pixels.shape, pixels.dtype) == ((256, 256, 3), np.uint8)
    assert (classes.shape, classes.dtype) == ((256, 256), np.uint8)


def test_the_same_seed_gives_the_same_crop_in_another_composer():
    first, second = drawn_pages(), pickle.loads(pickle.dumps(drawn_pages()))
    first.crop(np.random.default_rng(99))
    for seed in range(5):
        once, again = (pages.crop(np.random.default_rng(seed), 96) for pages in (first, second))
        np.testing.assert_array_equal(once[0], again[0])
        np.testing.assert_array_equal(once[1], again[1])


def test_every_class_appears_and_no_other(crops):
    held = [set(np.unique(classes)) for _, classes in crops]
    assert set.union(*held) == CLASSES
    for kind in CLASSES:
        assert sum(kind in classes for classes in held) >= 40


def test_about_a_fifth_of_the_crops_hold_no_digit(crops):
    without = np.mean([not (classes == DIGITS).any() for _, classes in crops])
    assert 0.12 <= without <= 0.4


def test_most_of_a_crop_is_paper(crops):
    assert 0.7 <= np.mean([(classes == PAPER).mean() for _, classes in crops]) <= 0.95


def test_digits_are_darker_than_the_paper_around_them(crops):
    darker, near = [], np.ones((9, 9), np.uint8)
    for pixels, classes in crops:
        grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(float)
        ink = classes == DIGITS
        around = (cv2.dilate(ink.astype(np.uint8), near) > 0) & (classes == PAPER)
        if ink.sum() > 50 and around.any():
            darker.append(np.median(grey[around]) - np.median(grey[ink]))
    assert np.mean(np.array(darker) > 5) >= 0.97
    assert np.median(darker) > 70


def test_some_crops_are_grey_and_some_have_colour(crops):
    grey = np.mean([(pixels == pixels[:, :, :1]).all() for pixels, _ in crops])
    assert 0.3 <= grey <= 0.8


def test_without_fonts_nothing_is_printed_and_words_are_a_scrawl():
    pages = InkPages(DIGITS_DRAWN, [], [])
    held = [np.unique(pages.crop(np.random.default_rng(seed), 160)[1]) for seed in range(40)]
    assert set(np.concatenate(held)) == CLASSES - {PRINTED}


def test_what_is_no_digit_is_not_written():
    none = DigitSet(DIGITS_DRAWN.images, np.full(len(DIGITS_DRAWN), 10, dtype=np.uint8))
    with pytest.raises(UsageError, match="no digits to compose pages of"):
        InkPages(none, [], [])


def test_blank_pictures_are_no_digits():
    blank = DigitSet(np.zeros((3, 28, 28), np.uint8), np.zeros(3, np.uint8))
    with pytest.raises(UsageError, match="no digits to compose pages of"):
        InkPages(blank, [], [])


def test_the_scenes_shares_sum_to_one():
    assert sum(share for _, share in SCENES) == pytest.approx(1)

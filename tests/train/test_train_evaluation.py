"""Evaluations of classifiers whose errors are known beforehand."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from drawn_digits import drawn_digits, write_idx_folder

from digitize.classify import NOT_A_DIGIT, AlwaysDigit
from digitize.errors import UnreadableInput, UsageError
from digitize.train.datasets import DigitSet, ink_levels
from digitize.train.evaluation import (
    evaluate,
    evaluate_folder,
    read_labelled_images,
)

DIGITS = drawn_digits(4, np.random.default_rng(3))


class Recorder:
    """Sees sevens, and keeps the images that it was shown."""

    def scores(self, images):
        self.images = images
        return AlwaysDigit(7).scores(images)


def test_a_classifier_that_always_says_seven_is_right_on_the_sevens():
    figures = evaluate(AlwaysDigit(7, 0.6), ink_levels(DIGITS.images), DIGITS.labels)
    assert (figures.count, figures.errors, figures.error_rate) == (40, 36, 0.9)
    assert figures.low < 0.9 < figures.high
    assert figures.ece == pytest.approx(0.5, abs=0.01)  # 0.6 sure, right once in ten
    assert figures.digits_per_second > 0


def test_images_of_another_size_are_refused():
    with pytest.raises(UsageError, match="20 x 20"):
        evaluate(AlwaysDigit(7), np.zeros((1, 20, 20), np.float32), np.zeros(1, np.uint8))


def test_a_missing_label_is_refused():
    with pytest.raises(UsageError, match="2 images and 1 labels"):
        evaluate(AlwaysDigit(7), np.zeros((2, 28, 28), np.float32), np.zeros(1, np.uint8))


def test_refusing_a_digit_is_an_error_and_is_told_apart():
    figures = evaluate(AlwaysDigit(NOT_A_DIGIT), ink_levels(DIGITS.images), DIGITS.labels)
    assert (figures.errors, figures.refused) == (40, 40)
    assert figures.digit_errors == 36  # of ten equal digits the first, 0, is taken


def test_confidence_above_the_truth_has_a_positive_signed_error():
    sevens = DIGITS.subset(np.flatnonzero(DIGITS.labels == 7))
    images = ink_levels(sevens.images)
    too_sure = evaluate(AlwaysDigit(1, 0.9), images, sevens.labels)
    not_sure = evaluate(AlwaysDigit(7, 0.9), images, sevens.labels)
    assert too_sure.signed_error == pytest.approx(0.9)
    assert not_sure.signed_error == pytest.approx(-0.1)


def test_what_is_no_digit_is_judged_apart():
    labels = DIGITS.labels.copy()
    labels[DIGITS.labels == 0] = NOT_A_DIGIT
    figures = evaluate(AlwaysDigit(7), ink_levels(DIGITS.images), labels)
    assert (figures.count, figures.errors) == (36, 32)
    assert (figures.others.count, figures.others.passed) == (4, 4)
    assert figures.others.threshold == pytest.approx(0.99)


def test_images_without_a_digit_are_refused():
    labels = np.full(2, NOT_A_DIGIT, np.uint8)
    with pytest.raises(UsageError, match="none of the 2 images is a digit"):
        evaluate(AlwaysDigit(7), np.zeros((2, 28, 28), np.float32), labels)


def test_a_folder_without_a_digit_is_an_error_that_names_it(tmp_path):
    others = DigitSet(DIGITS.images[:3], np.full(3, NOT_A_DIGIT, np.uint8))
    folder = write_idx_folder(tmp_path / "clutter", others, "test")
    with pytest.raises(UnreadableInput, match="clutter: the test set holds no digits"):
        read_labelled_images(folder)


def test_a_folder_is_judged_by_its_test_digits(tmp_path):
    write_idx_folder(tmp_path / "school", DIGITS, "train")
    write_idx_folder(tmp_path / "school", DigitSet(DIGITS.images[:8], DIGITS.labels[:8]), "t10k")
    result = evaluate_folder(AlwaysDigit(1), tmp_path / "school")
    assert (result.data, result.split, result.note) == ("school", "test", "")
    assert (result.evaluation.count, result.evaluation.errors) == (8, 4)


def test_a_folder_without_test_digits_falls_back_and_says_so(tmp_path):
    result = evaluate_folder(AlwaysDigit(1), write_idx_folder(tmp_path, DIGITS, "train"))
    assert result.split == "train"
    assert "may have been learnt" in result.note


def test_an_empty_folder_is_an_error(tmp_path):
    with pytest.raises(UnreadableInput, match="there are no labelled images in it"):
        evaluate_folder(AlwaysDigit(1), tmp_path)


def test_an_empty_set_is_an_error(tmp_path):
    empty = DigitSet(DIGITS.images[:0], DIGITS.labels[:0])
    with pytest.raises(UnreadableInput, match="is empty"):
        evaluate_folder(AlwaysDigit(1), write_idx_folder(tmp_path, empty, "test"))


def test_normalising_brings_a_shifted_digit_back_to_the_middle(tmp_path):
    shifted = DigitSet(np.roll(DIGITS.images, 4, axis=2), DIGITS.labels)
    folder, recorder = write_idx_folder(tmp_path, shifted, "test"), Recorder()
    evaluate_folder(recorder, folder, normalise=True)
    columns = recorder.images.sum(axis=1) @ np.arange(28) / recorder.images.sum(axis=(1, 2))
    assert np.all(np.abs(columns - 14) < 1)


def test_evaluation_and_the_table_of_families_need_no_training_library():
    code = (
        "import sys, digitize.train.evaluation, digitize.train.families;"
        "heavy = {'tensorflow', 'keras', 'sklearn', 'onnx', 'matplotlib'} & set(sys.modules);"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

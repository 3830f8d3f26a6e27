"""Folders of IDX files: which of them belong to a split, and what is wrong with them."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_digits import drawn_digits, idx_bytes, write_idx_folder

from digitize.errors import UnreadableInput
from digitize.train.datasets import DigitSet, read_idx_folder

DIGITS = drawn_digits(3, np.random.default_rng(1))


def not_digits(count: int) -> DigitSet:
    return DigitSet(DIGITS.images[:count], np.full(count, 10, dtype=np.uint8))


@pytest.mark.parametrize(
    ("prefix", "split"), [("train", "train"), ("t10k", "test"), ("test", "test")]
)
def test_a_folder_gives_the_digits_of_its_split(tmp_path, prefix, split):
    folder = write_idx_folder(tmp_path, DIGITS, prefix)
    read = read_idx_folder(folder, split)
    assert np.array_equal(read.images, DIGITS.images)
    assert np.array_equal(read.labels, DIGITS.labels)


def test_files_called_other_follow_the_training_digits(tmp_path):
    write_idx_folder(tmp_path, DIGITS)
    write_idx_folder(tmp_path, not_digits(4), "other")
    read = read_idx_folder(tmp_path, "train")
    assert read.labels.tolist() == [*DIGITS.labels, 10, 10, 10, 10]
    assert np.array_equal(read.images[:30], DIGITS.images)


def test_files_called_other_are_not_tested_with(tmp_path):
    write_idx_folder(tmp_path, DIGITS, "test")
    write_idx_folder(tmp_path, not_digits(4), "other")
    assert len(read_idx_folder(tmp_path, "test")) == 30


def test_a_digit_among_what_is_none_is_an_error(tmp_path):
    write_idx_folder(tmp_path, DIGITS)
    write_idx_folder(tmp_path, DigitSet(DIGITS.images, np.full(30, 4, dtype=np.uint8)), "other")
    with pytest.raises(UnreadableInput, match=r"other-labels-idx1-ubyte: label 4 among"):
        read_idx_folder(tmp_path, "train")


def test_training_digits_may_themselves_hold_what_is_no_digit(tmp_path):
    write_idx_folder(tmp_path, not_digits(5))
    assert read_idx_folder(tmp_path, "train").labels.tolist() == [10] * 5


def test_a_folder_without_the_split_says_which_file_is_missing(tmp_path):
    with pytest.raises(UnreadableInput, match=r"t10k-images-\* or test-images-\*"):
        read_idx_folder(tmp_path, "test")


def test_images_without_labels_say_which_file_is_missing(tmp_path):
    write_idx_folder(tmp_path, DIGITS)
    (tmp_path / "train-labels-idx1-ubyte").unlink()
    with pytest.raises(UnreadableInput, match=r"train-labels-\*"):
        read_idx_folder(tmp_path, "train")


def test_fewer_labels_than_images_is_an_error(tmp_path):
    write_idx_folder(tmp_path, DIGITS)
    (tmp_path / "train-labels-idx1-ubyte").write_bytes(idx_bytes(DIGITS.labels[:-1]))
    with pytest.raises(UnreadableInput, match="29 labels for 30 images"):
        read_idx_folder(tmp_path, "train")


def test_a_label_beyond_10_is_an_error(tmp_path):
    write_idx_folder(tmp_path, DigitSet(DIGITS.images, DIGITS.labels + 2))
    with pytest.raises(UnreadableInput, match="label 11 is not a digit"):
        read_idx_folder(tmp_path, "train")


def test_images_of_another_size_are_an_error_that_gives_the_size(tmp_path):
    write_idx_folder(tmp_path, DigitSet(DIGITS.images[:, :20, :], DIGITS.labels))
    with pytest.raises(UnreadableInput, match="images of 20 x 28 pixels, not 28 x 28"):
        read_idx_folder(tmp_path, "train")

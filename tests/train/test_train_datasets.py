"""Folders of digits, and the split into digits trained on and digits held back."""

from __future__ import annotations

import numpy as np
import pytest
from drawn_digits import drawn_digits, idx_bytes, write_idx_folder
from hypothesis import given
from hypothesis import strategies as st

from digitize.errors import DigitizeError, UnreadableInput, UsageError
from digitize.train.datasets import (
    DigitSet,
    has_split,
    ink_levels,
    read_idx_folder,
    read_training_data,
    split_held_back,
)

DIGITS = drawn_digits(3, np.random.default_rng(1))


@pytest.mark.parametrize(
    ("prefix", "split"), [("train", "train"), ("t10k", "test"), ("test", "test")]
)
def test_a_folder_gives_the_digits_of_its_split(tmp_path, prefix, split):
    folder = write_idx_folder(tmp_path, DIGITS, prefix)
    read = read_idx_folder(folder, split)
    assert np.array_equal(read.images, DIGITS.images)
    assert np.array_equal(read.labels, DIGITS.labels)


def test_a_folder_tells_which_splits_it_has(tmp_path):
    folder = write_idx_folder(tmp_path, DIGITS, "t10k")
    assert has_split(folder, "test")
    assert not has_split(folder, "train")


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


def test_a_label_that_is_no_digit_is_an_error(tmp_path):
    write_idx_folder(tmp_path, DigitSet(DIGITS.images, DIGITS.labels + 1))
    with pytest.raises(UnreadableInput, match="label 10 is not a digit"):
        read_idx_folder(tmp_path, "train")


def test_images_of_another_size_are_an_error_that_gives_the_size(tmp_path):
    write_idx_folder(tmp_path, DigitSet(DIGITS.images[:, :20, :], DIGITS.labels))
    with pytest.raises(UnreadableInput, match="images of 20 x 28 pixels, not 28 x 28"):
        read_idx_folder(tmp_path, "train")


def test_ink_is_one_and_paper_is_zero():
    levels = ink_levels(np.array([[[0, 255, 51]]], dtype=np.uint8))
    assert levels.dtype == np.float32
    assert np.allclose(levels, [[[0, 1, 0.2]]])


@given(
    labels=st.lists(st.integers(0, 9), min_size=2, max_size=300),
    share=st.floats(0, 0.9),
    seed=st.integers(0, 2**32),
)
def test_the_split_is_whole_disjoint_and_stratified(labels, share, seed):
    labels = np.array(labels, dtype=np.uint8)
    count = int(share * len(labels))
    kept, held = split_held_back(labels, count, seed)
    assert len(held) == count
    assert sorted([*kept, *held]) == list(range(len(labels)))
    wanted = np.bincount(labels, minlength=10) * count / len(labels)
    assert np.all(np.abs(np.bincount(labels[held], minlength=10) - wanted) < 1)


def test_the_split_is_the_same_for_a_seed_and_another_for_another():
    labels = np.tile(np.arange(10, dtype=np.uint8), 50)
    first, again, other = (split_held_back(labels, 100, seed)[1] for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_holding_back_every_digit_is_an_error():
    with pytest.raises(UsageError, match="3 digits cannot be held back from 3"):
        split_held_back(np.array([1, 2, 3], dtype=np.uint8), 3, seed=1)


def test_training_data_joins_folders_and_names_them(tmp_path):
    folders = [write_idx_folder(tmp_path / name, DIGITS) for name in ("school", "office")]
    data = read_training_data(folders, seed=1)
    assert (len(data.training), len(data.held_back)) == (55, 5)
    assert data.sources == "school train (30), office train (30)"
    assert data.split == "55 trained on, 5 held back, stratified by digit"


def test_training_on_no_folder_is_an_error_with_a_remedy():
    with pytest.raises(DigitizeError, match="--data"):
        read_training_data([], seed=1)

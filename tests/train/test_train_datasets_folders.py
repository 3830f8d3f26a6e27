"""Folders of every kind, told apart by what is in them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from drawn_digits import drawn_digit, drawn_digits, write_idx_folder
from PIL import Image

from digitize.errors import UnreadableInput
from digitize.train.datasets import has_split, read_labelled_folder

DIGITS = drawn_digits(1, np.random.default_rng(1))


def pictures(folder: Path) -> Path:
    for digit in (4, 2):
        (folder / str(digit)).mkdir(parents=True)
        Image.fromarray(drawn_digit(digit)).save(folder / str(digit) / "a.png")
    return folder


def corrections(folder: Path) -> Path:
    folder.mkdir()
    Image.fromarray(drawn_digit(6)).save(folder / "a.png")
    (folder / "corrections.csv").write_text("image,digit\na.png,6\n")
    return folder


def test_an_idx_folder_is_read_by_its_split(tmp_path):
    folder = write_idx_folder(tmp_path, DIGITS, "t10k")
    assert read_labelled_folder(folder, "test").labels.tolist() == list(range(10))
    with pytest.raises(UnreadableInput, match=r"train-images-\*"):
        read_labelled_folder(folder, "train")


@pytest.mark.parametrize("split", ["train", "test"])
def test_pictures_and_corrections_are_whole_in_either_split(tmp_path, split):
    assert read_labelled_folder(pictures(tmp_path / "p"), split).labels.tolist() == [2, 4]
    assert read_labelled_folder(corrections(tmp_path / "c"), split).labels.tolist() == [6]


def test_a_folder_tells_which_splits_it_has(tmp_path):
    idx = write_idx_folder(tmp_path / "i", DIGITS, "t10k")
    assert has_split(idx, "test")
    assert not has_split(idx, "train")
    assert has_split(pictures(tmp_path / "p"), "train")
    assert has_split(corrections(tmp_path / "c"), "test")
    assert not has_split(tmp_path, "train")


def test_corrections_may_keep_their_pictures_in_folders_called_as_digits(tmp_path):
    folder = corrections(tmp_path / "c")
    pictures(folder)
    assert read_labelled_folder(folder, "train").labels.tolist() == [6]


def test_a_folder_of_no_kind_names_the_three_that_there_are(tmp_path):
    with pytest.raises(UnreadableInput) as caught:
        read_labelled_folder(tmp_path, "train")
    said = str(caught.value)
    assert said.startswith(f"{tmp_path}: there are no labelled images in it.")
    assert all(form in said for form in ("IDX files", "sub-folders 0 to 9", "corrections.csv"))


def test_a_folder_that_is_not_there_is_said_so(tmp_path):
    with pytest.raises(UnreadableInput, match="gone: there is no such folder"):
        read_labelled_folder(tmp_path / "gone", "train")

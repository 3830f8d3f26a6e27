"""Pictures in sub-folders that say what they show."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from drawn_digits import drawn_digit
from PIL import Image

from digitize.errors import UnreadableInput
from digitize.train.datasets.picture_folder import holds_pictures, read_picture_folder


def put(folder: Path, name: str, digit: int) -> None:
    """Save a drawn digit as dark ink on light paper under `name`."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(255 - drawn_digit(digit)).save(path)


def test_the_sub_folder_is_the_label(tmp_path):
    put(tmp_path, "7/b.png", 7)
    put(tmp_path, "7/a.png", 1)
    put(tmp_path, "3/c.png", 3)
    read = read_picture_folder(tmp_path)
    assert read.labels.tolist() == [3, 7, 7]
    assert read.labels.dtype == np.uint8
    assert np.array_equal(read.images, np.stack([drawn_digit(digit) for digit in (3, 1, 7)]))


def test_x_is_for_what_is_no_digit(tmp_path):
    put(tmp_path, "0/a.png", 0)
    put(tmp_path, "x/b.png", 8)
    assert read_picture_folder(tmp_path).labels.tolist() == [0, 10]


def test_pictures_may_lie_deeper(tmp_path):
    put(tmp_path, "5/anna/a.png", 5)
    assert read_picture_folder(tmp_path).labels.tolist() == [5]


def test_other_files_and_hidden_ones_are_passed_over(tmp_path):
    put(tmp_path, "5/a.png", 5)
    put(tmp_path, "5/.thumbs/a.png", 5)
    put(tmp_path, "5/._a.png", 5)
    put(tmp_path, ".cache/a.png", 5)
    (tmp_path / "5" / "Thumbs.db").write_bytes(b"\0")
    (tmp_path / "readme.txt").write_text("digits of the third form")
    assert len(read_picture_folder(tmp_path)) == 1


def test_a_sub_folder_called_otherwise_is_an_error(tmp_path):
    put(tmp_path, "5/a.png", 5)
    put(tmp_path, "letters/a.png", 5)
    with pytest.raises(UnreadableInput, match=r"letters: the sub-folder is not called 0 to 9"):
        read_picture_folder(tmp_path)


def test_a_picture_that_cannot_be_read_is_named(tmp_path):
    put(tmp_path, "5/a.png", 5)
    (tmp_path / "5" / "b.png").write_bytes(b"")
    with pytest.raises(UnreadableInput, match=r"5/b\.png: the file is empty"):
        read_picture_folder(tmp_path)


def test_empty_sub_folders_are_an_error(tmp_path):
    (tmp_path / "5").mkdir()
    with pytest.raises(UnreadableInput, match="there are no pictures in its sub-folders"):
        read_picture_folder(tmp_path)


def test_a_sub_folder_called_as_a_digit_makes_a_folder_of_pictures(tmp_path):
    assert not holds_pictures(tmp_path)
    (tmp_path / "4").write_text("a file")
    assert not holds_pictures(tmp_path)
    (tmp_path / "9").mkdir()
    assert holds_pictures(tmp_path)

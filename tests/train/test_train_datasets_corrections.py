"""Corrections: a table that says what pictures of glyphs show."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from drawn_digits import drawn_digit
from PIL import Image

from digitize.errors import UnreadableInput
from digitize.train.datasets.corrections import holds_corrections, read_corrections


def corrections(folder: Path, table: str, encoding: str = "utf-8") -> Path:
    """Write a table beside pictures glyphs/1.png to glyphs/3.png of the digits 1 to 3."""
    (folder / "glyphs").mkdir(parents=True)
    for digit in (1, 2, 3):
        Image.fromarray(drawn_digit(digit)).save(folder / "glyphs" / f"{digit}.png")
    (folder / "corrections.csv").write_text(table, encoding=encoding)
    return folder


def test_each_row_gives_a_picture_its_digit(tmp_path):
    folder = corrections(tmp_path, "image,digit\nglyphs/2.png,7\nglyphs/1.png,0\n")
    read = read_corrections(folder)
    assert read.labels.tolist() == [7, 0]
    assert np.array_equal(read.images, np.stack([drawn_digit(2), drawn_digit(1)]))


def test_x_is_for_what_is_no_digit(tmp_path):
    folder = corrections(tmp_path, "image,digit\nglyphs/2.png,x\n")
    assert read_corrections(folder).labels.tolist() == [10]


def test_other_columns_and_the_mark_of_spreadsheets_do_not_matter(tmp_path):
    table = 'document,digit,image,when\n"a, b.pdf", 4 ,glyphs/3.png,today\n\n'
    folder = corrections(tmp_path, table, "utf-8-sig")
    assert read_corrections(folder).labels.tolist() == [4]


def test_the_last_word_about_an_image_holds(tmp_path):
    table = "image,digit\nglyphs/1.png,7\nglyphs/2.png,2\n./glyphs/1.png,1\n"
    read = read_corrections(corrections(tmp_path, table))
    assert read.labels.tolist() == [1, 2]


@pytest.mark.parametrize("digit", ["", "12", "-1", "seven", "X!", "٣"])
def test_a_digit_that_is_none_is_named_with_its_row(tmp_path, digit):
    folder = corrections(tmp_path, f"image,digit\nglyphs/1.png,1\nglyphs/2.png,{digit}\n")
    with pytest.raises(UnreadableInput, match=r"corrections\.csv, row 3: .* is not a digit"):
        read_corrections(folder)


@pytest.mark.parametrize("path", ["../secret.png", "glyphs/../../secret.png", "/etc/passwd", ""])
def test_a_path_that_leaves_the_folder_is_refused(tmp_path, path):
    Image.fromarray(drawn_digit(1)).save(tmp_path / "secret.png")
    folder = corrections(tmp_path / "desk", f"image,digit\n{path},1\n")
    with pytest.raises(UnreadableInput, match=r"row 2: .* is not a file in this folder"):
        read_corrections(folder)


def test_a_link_that_leaves_the_folder_is_refused(tmp_path):
    Image.fromarray(drawn_digit(1)).save(tmp_path / "secret.png")
    folder = corrections(tmp_path / "desk", "image,digit\nlink.png,1\n")
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(UnreadableInput, match=r"row 2: 'link.png' is not a file in this folder"):
        read_corrections(folder)


def test_links_that_run_in_a_circle_are_refused(tmp_path):
    folder = corrections(tmp_path, "image,digit\na.png,1\n")
    (folder / "a.png").symlink_to(folder / "b.png")
    (folder / "b.png").symlink_to(folder / "a.png")
    with pytest.raises(UnreadableInput, match="row 2"):
        read_corrections(folder)


def test_a_zero_byte_is_refused(tmp_path):
    folder = corrections(tmp_path, "image,digit\nglyphs/1\0.png,1\n")
    with pytest.raises(UnreadableInput, match=r"corrections\.csv"):
        read_corrections(folder)


def test_a_folder_that_is_itself_a_link_is_no_reason_to_refuse(tmp_path):
    folder = corrections(tmp_path / "desk", "image,digit\nglyphs/1.png,1\n")
    (tmp_path / "link").symlink_to(folder)
    assert len(read_corrections(tmp_path / "link")) == 1


def test_a_picture_that_is_not_there_is_named_with_its_row(tmp_path):
    folder = corrections(tmp_path, "image,digit\nglyphs/9.png,9\n")
    with pytest.raises(UnreadableInput, match=r"row 2: .*9\.png: it cannot be opened"):
        read_corrections(folder)


def test_a_blank_picture_is_named_with_its_row(tmp_path):
    folder = corrections(tmp_path, "image,digit\nblank.png,9\n")
    Image.new("L", (30, 30), 255).save(folder / "blank.png")
    with pytest.raises(UnreadableInput, match=r"row 2: .*blank\.png: the picture is blank"):
        read_corrections(folder)


@pytest.mark.parametrize(
    ("table", "missing"),
    [
        ("", "no column image and no column digit"),
        ("image,label\na.png,1\n", "no column digit"),
        ("image;digit\na.png;1\n", "no column image and no column digit"),
    ],
)
def test_a_table_without_the_columns_says_which(tmp_path, table, missing):
    with pytest.raises(UnreadableInput, match=missing):
        read_corrections(corrections(tmp_path, table))


def test_a_table_without_rows_is_an_error(tmp_path):
    with pytest.raises(UnreadableInput, match="there are no corrections in it"):
        read_corrections(corrections(tmp_path, "image,digit\n"))


def test_a_table_in_another_encoding_is_an_error(tmp_path):
    folder = corrections(tmp_path, "image,digit\nglyphs/ä.png,1\n", "latin-1")
    with pytest.raises(UnreadableInput, match="the table cannot be read"):
        read_corrections(folder)


def test_the_table_makes_a_folder_of_corrections(tmp_path):
    assert not holds_corrections(tmp_path)
    assert holds_corrections(corrections(tmp_path / "desk", ""))

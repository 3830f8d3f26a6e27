"""A folder of corrections: pictures of glyphs, and what a person says each of them is.

`corrections.csv` has at least the columns `image`, a path inside the folder, and `digit`: 0 to 9,
or x for what is no digit. Other columns are passed over.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import numpy as np

from digitize.errors import UnreadableInput
from digitize.records import Pixels
from digitize.train.datasets.digit_set import LABELS, DigitSet
from digitize.train.datasets.glyph_picture import read_glyph_picture

FILE = "corrections.csv"
IMAGE, DIGIT = "image", "digit"
ENCODING = "utf-8-sig"  # spreadsheets begin a UTF-8 file with a mark

Row: TypeAlias = tuple[str, dict[str, str]]  # where it stands, what it says


def holds_corrections(folder: Path) -> bool:
    """Tell whether `folder` has a table of corrections."""
    return (folder / FILE).is_file()


def read_corrections(folder: Path) -> DigitSet:
    """Return the corrected glyphs of `folder` in MNIST's form, in the order of the table.

    Where several rows are about one image, the last one holds. UnreadableInput, naming the table
    and the row, where a digit or a picture is not what it should be.
    """
    glyphs: dict[Path, tuple[str, int]] = {}
    for where, row in _read_rows(folder / FILE):
        path = inner_path(folder, row[IMAGE], where)
        glyphs[path] = where, _label(row[DIGIT], where)
    if not glyphs:
        raise UnreadableInput(
            f"{folder / FILE}: there are no corrections in it", "Correct some digits first"
        )
    images = [_read_image(path, where) for path, (where, _) in glyphs.items()]
    labels = [label for _, label in glyphs.values()]
    return DigitSet(np.stack(images), np.array(labels, dtype=np.uint8))


def _read_rows(table: Path) -> Iterator[Row]:
    """Yield each row that is not empty and, for messages, where it stands."""
    try:
        with table.open(encoding=ENCODING, newline="") as file:
            rows = csv.DictReader(file, restval="", strict=True)
            missing = [name for name in (IMAGE, DIGIT) if name not in (rows.fieldnames or ())]
            if missing:
                raise UnreadableInput(
                    f"{table}: it has no column {' and no column '.join(missing)}",
                    "Its first row must name the columns image and digit, separated by commas",
                )
            for row in rows:
                yield f"{table}, row {rows.line_num}", row
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UnreadableInput(
            f"{table}: the table cannot be read ({error})",
            "Save it as CSV with commas, in UTF-8",
        ) from error


def inner_path(folder: Path, name: str, where: str) -> Path:
    """Return where `name` lies, links followed; UnreadableInput where it leaves `folder`."""
    try:
        path = (folder / name).resolve()
        inside = bool(name) and path.is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a loop of links, a zero byte
        inside = False
    if not inside:
        raise UnreadableInput(
            f"{where}: {name!r} is not a file in this folder",
            "Give the picture's path from the folder of the table on",
        )
    return path


def _label(text: str, where: str) -> int:
    """Return the label that a person wrote."""
    if text.strip() not in LABELS:
        raise UnreadableInput(
            f"{where}: {text!r} is not a digit",
            "Write 0 to 9, or x for what is no digit",
        )
    return LABELS[text.strip()]


def _read_image(path: Path, where: str) -> Pixels:
    try:
        return read_glyph_picture(path)
    except UnreadableInput as error:
        raise UnreadableInput(f"{where}: {error.cause}", error.remedy) from error

"""The workbook and the tables as LibreOffice opens them, without a screen."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from export_pages import document, drawn, number, page
from export_records import OPTIONS
from PIL import Image

from digitize.export import ExportOptions, TableWriter, XlsxWriter
from digitize.records import DocumentResult, Status

EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
"""Commas, quotes, UTF-8, all cells as they are shown, each sheet a file of its own."""

PATIENCE = 180  # seconds; its first start takes some ten
FRAME = (213, 94, 0)
TEXTS = ("007", "0042.50", "12345678901234567890", "1")

Convert = Callable[[Path, str], list[Path]]


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Let LibreOffice write a file in another form; return what it wrote."""
    if shutil.which("soffice") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is not installed, and CI may not skip")
        pytest.skip("LibreOffice is not installed: apt install libreoffice-calc")
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def converted(path: Path, form: str) -> list[Path]:
        folder = tmp_path_factory.mktemp("converted")
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless"]
        command += ["--convert-to", form, "--outdir", str(folder), str(path)]
        subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
        return sorted(folder.iterdir())

    return converted


def doubtful_scan(folder: Path) -> DocumentResult:
    """A picture with numbers of all shapes, two of them for review."""
    numbers = (
        *(number(text, y=30 + 60 * place) for place, text in enumerate(TEXTS[:2])),
        number("90817263", 40, 250, confidence=0.2, status=Status.REVIEW),
        number("4", 40, 350, confidence=0.5, status=Status.REVIEW),
        number(TEXTS[3], 40, 450),
    )
    drawn(numbers).save(folder / "=scan, 1.png")
    return document("=scan, 1.png", folder / "=scan, 1.png", page(numbers))


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workbook")
    with XlsxWriter(folder, [], OPTIONS) as book:
        book.add(doubtful_scan(folder))
        book.add(document("b.png", folder, page((number(TEXTS[2]),))))
    return folder / "results.xlsx"


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_every_value_and_leading_zero_comes_back(convert: Convert, workbook: Path) -> None:
    sheets = {path.stem.rpartition("-")[2]: path for path in convert(workbook, EVERY_SHEET)}
    assert sorted(sheets) == ["Digits", "Numbers", "Review", "Summary"]
    opened = openpyxl.load_workbook(workbook)
    for title, path in sheets.items():
        expected = [list(row) for row in opened[title].iter_rows(values_only=True)]
        for shown, row in zip(table(path), expected, strict=True):
            for cell, value in zip(shown, row, strict=True):
                same = float(cell) == value if isinstance(value, (int, float)) else cell == value
                assert same or (cell, value) == ("", None), (title, cell, value)
    texts = [row[4] for row in table(sheets["Numbers"])[1:]]
    assert texts == [*TEXTS[:2], "90817263", "4", TEXTS[3], TEXTS[2]]


def test_the_pictures_of_the_review_sheet_are_seen_in_their_rows(
    convert: Convert, workbook: Path, tmp_path: Path
) -> None:
    (pdf,) = convert(workbook, "pdf")
    subprocess.run(["pdftoppm", "-r", "200", "-png", pdf, tmp_path / "page"], check=True)
    framed = sorted(map(framed_rows, tmp_path.glob("page*.png")))
    assert (framed[-1], sum(framed[:-1])) == (2, 0)


def framed_rows(path: Path) -> int:
    """How many frames stand below each other on a page."""
    pixels = np.asarray(Image.open(path).convert("RGB")).astype(int)
    rows = (np.abs(pixels - FRAME).max(axis=2) < 60).any(axis=1)
    return int((rows[1:] & ~rows[:-1]).sum())


@pytest.mark.parametrize("dialect", ["rfc4180", "excel"])
def test_no_name_in_a_table_is_run_as_a_formula(
    convert: Convert, tmp_path: Path, dialect: str
) -> None:
    names = ["=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "\n=1+1", "＝1+1", '=HYPERLINK("x";"y")',
             'a"\r\n=1+1', "a;=1+1", "a,=1+1"]  # fmt: skip
    with TableWriter(tmp_path, names, ExportOptions(csv_dialect=dialect)) as tables:
        for name in names:
            tables.add(document(name, tmp_path, page((number("007"),))))
    separator = {"rfc4180": "44", "excel": "59"}[dialect]
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += [f"--infilter=CSV:{separator},34,76,1,,0,false,true,false,true"]
    command += ["--convert-to", "xlsx", "--outdir", str(tmp_path), str(tmp_path / "numbers.csv")]
    subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True)
    sheet = openpyxl.load_workbook(tmp_path / "numbers.xlsx").worksheets[0]
    rows = list(sheet.iter_rows(min_row=2))
    assert len(rows) == len(names)
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}
    assert {row[6].value for row in rows} == {"ok"}

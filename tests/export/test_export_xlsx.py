from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from export_pages import NUMBERS, document, drawn, number, page
from export_records import DOCUMENTS, OPTIONS
from hypothesis import HealthCheck, given, settings
from PIL import Image

from digitize.errors import OutputNotWritable, UsageError
from digitize.export import ExportOptions, XlsxWriter
from digitize.export.tables import DIGITS_HEADER, NUMBERS_HEADER
from digitize.export.xlsx import WORKBOOK
from digitize.export.xlsx.sheet import TEXT, Column, Sheet
from digitize.records import DocumentResult, Status


def written(out: Path, *documents: DocumentResult, options: ExportOptions = OPTIONS) -> Path:
    with XlsxWriter(out, [one.document for one in documents], options) as book:
        for one in documents:
            assert book.add(one) == ()
    return out / WORKBOOK


def scanned(tmp_path: Path) -> Path:
    source = tmp_path / "scan.png"
    drawn().save(source)
    return source


def sheet(path: Path, name: str) -> Any:
    return openpyxl.load_workbook(path)[name]


def rows(path: Path, name: str) -> list[tuple[Any, ...]]:
    return list(sheet(path, name).iter_rows(values_only=True))


def picture(image: Any) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(image._data())).convert("RGB"))


def test_the_sheets_are_in_the_order_people_need_them(tmp_path: Path) -> None:
    path = written(tmp_path, document("a.png", tmp_path))
    assert openpyxl.load_workbook(path).sheetnames == ["Numbers", "Digits", "Review", "Summary"]


def test_numbers_and_digits_hold_what_the_tables_do(tmp_path: Path) -> None:
    path = written(tmp_path, document("a/b.png", tmp_path))
    numbers, digits = rows(path, "Numbers"), rows(path, "Digits")
    assert (numbers[0], digits[0]) == (NUMBERS_HEADER, DIGITS_HEADER)
    assert numbers[1] == ("a/b.png", 1, 1, 1, "17", 0.99, "ok", 40, 60, 28.5, 30)
    assert digits[2] == ("a/b.png", 1, 1, 1, 2, 7, 0.99, "ok", 50.5, 60, 18, 30)
    assert len(numbers) == 1 + len(NUMBERS)
    assert len(digits) == 1 + sum(len(one.digits) for one in NUMBERS)


@pytest.mark.parametrize("text", ["007", "0042.50", "12345678901234567890", "1"])
def test_the_text_of_a_number_stays_text(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, document("a", tmp_path, page((number(text),))))
    cell = sheet(path, "Numbers")["E2"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


@pytest.mark.parametrize("name", ["=1+1.png", "+1", "-1", "@SUM(1)", "#N/A", "0123", "TRUE"])
def test_a_name_is_never_a_formula_or_an_error(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, document(name, tmp_path))
    for title in ("Numbers", "Digits", "Review", "Summary"):
        cell = sheet(path, title)["A2"]
        assert (cell.value, cell.data_type) == (name, "s"), title
    assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")


def test_names_that_xml_cannot_hold_are_shown_with_backslashes(tmp_path: Path) -> None:
    path = written(tmp_path, document("a\x01\nb\udce9.png", tmp_path))
    assert sheet(path, "Numbers")["A2"].value == "a\\x01\\nb\\udce9.png"


def test_the_header_stays_in_sight_and_has_filters(tmp_path: Path) -> None:
    path = written(tmp_path, document("a", tmp_path))
    for title, last in (("Numbers", "K6"), ("Digits", "L18"), ("Review", "H3"), ("Summary", "F3")):
        found = sheet(path, title)
        assert (found.freeze_panes, found.auto_filter.ref) == ("A2", f"A1:{last}")
        assert found["A1"].font.bold


def test_confidence_is_coloured_about_the_limit_for_review(tmp_path: Path) -> None:
    options = replace(OPTIONS, review_below=0.9)
    path = written(tmp_path, document("a", tmp_path), options=options)
    for title, column in (("Numbers", "F"), ("Digits", "G"), ("Review", "G")):
        (found,) = sheet(path, title).conditional_formatting
        assert str(found.sqref).startswith(f"{column}2:")
        limits = [float(limit.val) for limit in found.rules[0].colorScale.cfvo]
        assert limits == [0, 0.9, 1]


@pytest.mark.parametrize("limit", [0.0, 1.0])
def test_a_limit_at_an_end_of_the_scale_leaves_two_colours(tmp_path: Path, limit: float) -> None:
    options = ExportOptions(review_below=limit)
    path = written(tmp_path, document("a", tmp_path), options=options)
    (found,) = sheet(path, "Numbers").conditional_formatting
    assert [float(each.val) for each in found.rules[0].colorScale.cfvo] == [0, 1]


def test_each_doubtful_number_has_its_picture_in_its_row(tmp_path: Path) -> None:
    path = written(tmp_path, document("a.png", scanned(tmp_path)))
    review = sheet(path, "Review")
    assert [row[5:7] for row in review.iter_rows(min_row=2, values_only=True)] == [
        ("4", 0.6),
        ("90817263", 0.2),
    ]
    assert [image.anchor._from.row for image in review._images] == [1, 2]
    assert {image.anchor._from.col for image in review._images} == {4}
    ones, many = (picture(image) for image in review._images)
    assert bars(ones) == 1
    assert bars(many) == 8


def bars(pixels: np.ndarray) -> int:
    """How many dark bars stand side by side across the middle of a picture."""
    dark = pixels[pixels.shape[0] // 2, :, 0] < 128
    return int((dark[1:] & ~dark[:-1]).sum() + dark[0])


def test_a_picture_goes_with_its_cell_and_fits_into_it(tmp_path: Path) -> None:
    path = written(tmp_path, document("a.png", scanned(tmp_path)))
    review = sheet(path, "Review")
    for image in review._images:
        start, end = image.anchor._from, image.anchor.to
        assert image.anchor.editAs == "twoCell"
        assert (start.row, start.col) == (end.row, end.col)
        assert end.rowOff <= review.row_dimensions[start.row + 1].height * 12_700
        assert end.colOff <= review.column_dimensions["E"].width * 7 * 9525


def test_without_its_document_a_row_stays_without_a_picture(tmp_path: Path) -> None:
    path = written(tmp_path, document("gone.png", tmp_path / "gone.png"))
    assert len(rows(path, "Review")) == 3
    assert sheet(path, "Review")._images == []


def test_a_page_that_cannot_be_loaded_keeps_its_place_among_the_others(tmp_path: Path) -> None:
    pages = [page(count=count) for count in (1, 2, 3)]
    pages[1] = replace(pages[1], width=9000)
    source = tmp_path / "scan.tif"
    drawn().save(source, save_all=True, append_images=[drawn(), drawn()])
    path = written(tmp_path, document("a.tif", source, *pages))
    assert [row[1] for row in rows(path, "Review")[1:]] == [1, 1, 2, 2, 3, 3]
    shown = [image.anchor._from.row for image in sheet(path, "Review")._images]
    assert shown == [1, 2, 5, 6]


def test_review_says_what_else_a_number_may_be(tmp_path: Path) -> None:
    one = number("17", confidence=0.5, status=Status.REVIEW)
    first, last = one.digits
    one = replace(one, digits=(first, replace(last, confidence=0.5, alternatives=((1, 0.25),))))
    path = written(tmp_path, document("a", tmp_path, page((one,))))
    assert rows(path, "Review")[1][7] == "11 (0.1250)"


def test_the_summary_counts_each_document_and_all(tmp_path: Path) -> None:
    two = document("b", tmp_path, page((number("3"),)))
    found = rows(written(tmp_path, document("a", tmp_path), two), "Summary")
    assert found[1:4] == [
        ("a", 1, 5, 17, 3, 2),
        ("b", 1, 1, 1, 1, 0),
        ("all", 2, 6, 18, 4, 2),
    ]
    assert ("program", "digitize 1.2.3") in [row[:2] for row in found]
    assert any(row[1] and str(row[1]).startswith("cnn 0123") for row in found[4:])


def test_a_run_of_no_document_has_a_workbook_that_says_so(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert rows(path, "Numbers") == [NUMBERS_HEADER]
    assert rows(path, "Summary")[1] == ("all", 0, 0, 0, 0, 0)


def test_where_a_sheet_is_full_another_goes_on(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    full = Sheet(book, "Digits", (Column("text", 9, TEXT), Column("page", 9)), most_rows=3)
    for count in range(5):
        full.append((str(count), count))
    full.finish()
    book.save(tmp_path / "a.xlsx")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames == [
        "Digits",
        "Digits (2)",
        "Digits (3)",
    ]
    assert rows(tmp_path / "a.xlsx", "Digits (2)") == [("text", "page"), ("2", 2), ("3", 3)]
    assert sheet(tmp_path / "a.xlsx", "Digits").auto_filter.ref == "A1:B3"
    assert sheet(tmp_path / "a.xlsx", "Digits (3)").auto_filter.ref == "A1:B2"


def test_two_runs_give_the_same_bytes_whatever_the_hour_and_the_hashes(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from export_pages import document
from digitize.export import XlsxWriter

with XlsxWriter(Path(sys.argv[1])) as book:
    book.add(document("a.png", Path(sys.argv[2])))
"""
    source, made = scanned(tmp_path), []
    for seed in "12":
        subprocess.run(
            [sys.executable, "-W", "error", "-c", program, str(tmp_path / seed), str(source)],
            cwd=Path(__file__).parent,
            env={**os.environ, "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1700000000"},
            check=True,
        )
        made.append((tmp_path / seed / WORKBOOK).read_bytes())
    assert made[0] == made[1]
    dates = {member.date_time for member in zipfile.ZipFile(tmp_path / "1" / WORKBOOK).infolist()}
    assert dates == {(2023, 11, 14, 22, 13, 20)}
    assert openpyxl.load_workbook(tmp_path / "1" / WORKBOOK).properties.modified.year == 2023


def test_a_date_that_is_none_is_refused_before_anything_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="'yesterday' is not a count of seconds"):
        written(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_breaks_off_leaves_the_earlier_workbook(tmp_path: Path) -> None:
    before = written(tmp_path, document("a", tmp_path)).read_bytes()
    with suppress(KeyboardInterrupt), XlsxWriter(tmp_path) as book:
        book.add(document("b", tmp_path))
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == [WORKBOOK]
    assert (tmp_path / WORKBOOK).read_bytes() == before


def test_an_output_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputNotWritable, match="file"), XlsxWriter(tmp_path / "file" / "out"):
        pass


@given(DOCUMENTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_any_document_gives_a_workbook_with_its_texts(tmp_path: Path, one: DocumentResult) -> None:
    path = written(tmp_path, one)
    expected = [number.text for page in one.pages for number in page.numbers]
    assert [row[4] for row in rows(path, "Numbers")[1:]] == expected

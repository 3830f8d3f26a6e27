"""What text and marks add to a PDF: 15 KB, and 2 KB for every 100 digits."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pikepdf
import pytest
from export_pages import document, image_bytes, number, page, words
from pikepdf import Dictionary, Name, Pdf

from digitize.export import ExportOptions, PdfWriter
from digitize.records import Number, PageResult, Status

A4 = (1654, 2339)
"""Pixels at 200 dpi."""

AT_FIRST, A_DIGIT = 15 * 1024, 2 * 1024 / 100
COLUMNS = 8


def written_digits(rng: random.Random, count: int, share_to_review: float) -> tuple[Number, ...]:
    """Digits in the cells of a table, as a hand writes them: no two alike in place and size."""
    numbers = []
    for place in range(count):
        row, column = divmod(place, COLUMNS)
        doubtful = rng.random() < share_to_review
        numbers.append(
            number(
                str(rng.randrange(10)),
                150 + 170 * column + rng.uniform(-25, 25),
                150 + 2000 / (count // COLUMNS + 1) * row + rng.uniform(-12, 12),
                height=rng.uniform(34, 52),
                line=row + 1,
                confidence=rng.uniform(0.2, 0.95) if doubtful else rng.uniform(0.95, 1),
                status=Status.REVIEW if doubtful else Status.OK,
            )
        )
    return tuple(numbers)


def blank(path: Path, pages: int) -> Path:
    with Pdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595.44, 842.04))
        pdf.save(path)
    return path


def tightly_packed_scan(path: Path, pages: int) -> Path:
    """A picture a page, drawn in the same words; no byte is left that could make up for ours."""
    with Pdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595.44, 842.04))
            picture = pdf.make_stream(b"\0")
            picture.Type, picture.Subtype = Name.XObject, Name.Image
            picture.Width = picture.Height = 1
            picture.ColorSpace, picture.BitsPerComponent = Name.DeviceGray, 8
            shown = pdf.pages[-1].obj
            shown.Resources = Dictionary(XObject=Dictionary(Im0=picture))
            shown.Contents = pdf.make_stream(b"q 595.44 0 0 842.04 0 0 cm /Im0 Do Q")
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return path


def pages_of_digits(pages: int, each: int, share_to_review: float) -> list[PageResult]:
    rng = random.Random(5)
    return [
        page(written_digits(rng, each, share_to_review), count=count, size=A4, dpi=200)
        for count in range(1, pages + 1)
    ]


def searchable(source: Path, pages: list[PageResult], **options: object) -> Path:
    out = source.parent / "out"
    with PdfWriter(out, [source.name], ExportOptions(**options)) as pdfs:
        pdfs.add(document(source.name, source, *pages))
    return out / source.name


@pytest.mark.parametrize("share_to_review", [0, 0.2, 1])
@pytest.mark.parametrize("marks", ["on", "off", "only-review"])
@pytest.mark.parametrize(("count", "each"), [(1, 62), (50, 62), (10, 250)])
def test_pages_full_of_single_digits_grow_by_2_kb_for_100_of_them(
    tmp_path: Path, count: int, each: int, marks: str, share_to_review: float
) -> None:
    source = blank(tmp_path / "in.pdf", count)
    pdf = searchable(source, pages_of_digits(count, each, share_to_review), marks=marks)
    grown = pdf.stat().st_size - source.stat().st_size
    assert grown <= AT_FIRST + A_DIGIT * count * each


@pytest.mark.parametrize("share_to_review", [0, 0.2, 1])
@pytest.mark.parametrize("marks", ["on", "off", "only-review"])
def test_many_pages_of_few_digits_keep_well_below_that(
    tmp_path: Path, marks: str, share_to_review: float
) -> None:
    source = blank(tmp_path / "in.pdf", 50)
    pdf = searchable(source, pages_of_digits(50, 20, share_to_review), marks=marks)
    assert pdf.stat().st_size - source.stat().st_size <= 0.85 * (15_000 + 20 * 50 * 20)


@pytest.mark.parametrize("share_to_review", [0, 0.2, 1])
def test_a_number_a_page_costs_hundreds_of_pages_no_more(
    tmp_path: Path, share_to_review: float
) -> None:
    source = blank(tmp_path / "in.pdf", 200)
    pdf = searchable(source, pages_of_digits(200, 1, share_to_review))
    assert pdf.stat().st_size - source.stat().st_size <= 15_000 + 20 * 200


def test_a_scan_that_is_packed_as_tightly_as_can_be_grows_no_more(tmp_path: Path) -> None:
    source = tightly_packed_scan(tmp_path / "in.pdf", 50)
    pdf = searchable(source, pages_of_digits(50, 20, 0.2))
    assert pdf.stat().st_size - source.stat().st_size <= 15_000 + 20 * 50 * 20
    assert image_bytes(pdf) == image_bytes(source)


def test_a_page_full_of_digits_grows_by_half_of_that(tmp_path: Path) -> None:
    source = blank(tmp_path / "in.pdf", 1)
    pdf = searchable(source, pages_of_digits(1, 2000, 0.2))
    assert pdf.stat().st_size - source.stat().st_size <= 0.6 * (15_000 + 20 * 2000)


def test_pages_that_draw_other_things_keep_them(tmp_path: Path) -> None:
    with Pdf.new() as pdf:
        for contents in (b"0 0 9 9 re f", b"0 0 9 9 re f", b"0 0 8 8 re f"):
            pdf.add_blank_page(page_size=(595.44, 842.04))
            pdf.pages[-1].obj.Contents = pdf.make_stream(contents)
        pdf.save(tmp_path / "in.pdf")
    found = searchable(tmp_path / "in.pdf", pages_of_digits(3, 8, 0))
    with pikepdf.open(found) as opened:
        first, second, third = (one.obj.Contents.as_list()[1] for one in opened.pages)
    assert first.objgen == second.objgen != third.objgen


def test_nothing_of_them_is_lost(tmp_path: Path) -> None:
    pages = pages_of_digits(3, 62, 0.2)
    pdf = searchable(blank(tmp_path / "in.pdf", 3), pages)
    assert words(pdf, "-raw") == [one.text for each in pages for one in each.numbers]
    assert image_bytes(pdf) == []
    with pikepdf.open(pdf) as opened:
        drawing = opened.pages[0].obj.Contents[-1].read_bytes()
    assert drawing.count(b" re S") == 62


def test_poppler_finds_no_fault_in_what_is_drawn(tmp_path: Path) -> None:
    pdf = searchable(blank(tmp_path / "in.pdf", 1), pages_of_digits(1, 62, 0.5))
    command = ["pdftoppm", "-r", "20", "-png", str(pdf), str(tmp_path / "page")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stderr == ""

"""Awkward PDFs: text on the ink, pictures untouched, and not a byte more than it takes."""

from __future__ import annotations

import csv
import subprocess
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from awkward_pdfs import BUILDERS, Awkward, awkward
from export_pages import document, found_words

from digitize.export import WRITERS, ExportOptions
from digitize.geometry import intersection_over_union
from digitize.load import LoadOptions, load_pages
from digitize.records import Box, DocumentResult

KILOBYTE = 1024


@pytest.fixture(params=list(BUILDERS))
def given(request: pytest.FixtureRequest, tmp_path: Path) -> Awkward:
    return awkward(request.param, tmp_path)


def searchable(given: Awkward, out: Path, **options: object) -> Path:
    with WRITERS["pdf"](
        out, ["in.pdf"], ExportOptions(passwords=given.passwords, **options)
    ) as pdfs:
        assert pdfs.add(result_of(given)) == ("in.pdf",)
    return out / "in.pdf"


def result_of(given: Awkward) -> DocumentResult:
    return document("in.pdf", given.path, *given.pages)


def boxes_of_the_table(given: Awkward, out: Path) -> dict[int, list[tuple[str, Box]]]:
    """Each page's numbers as numbers.csv has them."""
    with WRITERS["csv"](out, ["in.pdf"], ExportOptions()) as tables:
        tables.add(result_of(given))
    found: dict[int, list[tuple[str, Box]]] = {}
    with (out / "numbers.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            box = Box(*(float(row[side]) for side in ("x", "y", "width", "height")))
            found.setdefault(int(row["page"]), []).append((row["text"], box))
    return found


def pixels(pdf: Path, *options: str) -> list[bytes]:
    """Every page as poppler draws it, 700 pixels high."""
    target = pdf.parent / "page"
    command = ["pdftoppm", "-cropbox", "-scale-to", "700", *options, str(pdf), str(target)]
    subprocess.run(command, check=True, capture_output=True)
    pages = sorted(pdf.parent.glob("page-*.ppm"))
    drawn = [page.read_bytes() for page in pages]
    for page in pages:
        page.unlink()
    return drawn


def stored_images(pdf: Path, password: str = "") -> Counter[bytes]:
    with pikepdf.open(pdf, password=password) as opened:
        return Counter(
            thing.read_raw_bytes()
            for thing in opened.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
        )


def test_each_number_is_found_on_its_ink(given: Awkward, tmp_path: Path) -> None:
    pdf = searchable(given, tmp_path / "out")
    table = boxes_of_the_table(given, tmp_path / "out")
    for page in given.pages:
        words = found_words(pdf, page.number, (page.width, page.height))
        for text, box in table[page.number]:
            overlaps = [
                intersection_over_union(box, place) for word, place in words if word == text
            ]
            assert len(overlaps) == 1, (text, words)
            assert overlaps[0] >= 0.6, (text, overlaps)


def test_the_records_lie_on_what_the_loader_sees(given: Awkward) -> None:
    """That the awkward pages are drawn as their records say, or the tests would prove nothing."""
    loaded = list(load_pages(given.path, LoadOptions(dpi=100, passwords=given.passwords)))
    assert len(loaded) == len(given.pages)
    for seen, page in zip(loaded, given.pages, strict=True):
        across, down = seen.pixels.shape[1] / page.width, seen.pixels.shape[0] / page.height
        assert across == pytest.approx(down, rel=0.01)
        for number in page.numbers:
            for digit in number.digits:
                x, y = digit.box.centre
                assert seen.pixels[int(y * down), int(x * across)].mean() < 90, number.text


def test_the_page_looks_as_before_where_marks_are_off(given: Awkward, tmp_path: Path) -> None:
    key = ["-upw", given.passwords[-1]] if given.passwords else []
    before = pixels(given.path, *key)
    assert pixels(searchable(given, tmp_path / "out", marks="off")) == before
    assert pixels(searchable(given, tmp_path / "on")) != before


def test_pictures_keep_their_bytes(given: Awkward, tmp_path: Path) -> None:
    key = given.passwords[-1] if given.passwords else ""
    assert stored_images(searchable(given, tmp_path / "out")) == stored_images(given.path, key)


def test_a_pdf_grows_by_little(given: Awkward, tmp_path: Path) -> None:
    digits = sum(len(number.digits) for page in given.pages for number in page.numbers)
    limit = given.path.stat().st_size + 15 * KILOBYTE + 2 * KILOBYTE * digits / 100
    assert searchable(given, tmp_path / "out").stat().st_size <= limit


def test_qpdf_finds_no_fault(given: Awkward, tmp_path: Path) -> None:
    pdf = searchable(given, tmp_path / "out")
    checked = subprocess.run(["qpdf", "--check", str(pdf)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_same_result_gives_the_same_bytes(given: Awkward, tmp_path: Path) -> None:
    first, second = (searchable(given, tmp_path / name) for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()

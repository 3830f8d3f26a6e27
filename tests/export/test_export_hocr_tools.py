"""hOCR files as other people's programs see them: hocr-spec's validator, hocr-tools, OCRmyPDF."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from export_pages import (
    DPI,
    HEIGHT,
    NUMBERS,
    WIDTH,
    climbing,
    document,
    found_words,
    number,
    page,
)
from export_records import OPTIONS

from digitize.export import HocrWriter, TableWriter
from digitize.geometry import intersection_over_union
from digitize.records import Box, PageResult

PROGRAMS = Path(sys.executable).parent
VALIDATOR = (sys.executable, "-W", "ignore", "-m", "hocr_spec.cli")  # it warns about its own code


def written(out: Path, *pages: PageResult) -> Path:
    one = document('in/"odd"; <name>.png', out, *pages)
    with HocrWriter(out, [one.document], OPTIONS) as files:
        (name,) = files.add(one)
    return out / name


def told(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)


@pytest.mark.parametrize("profile", ["standard", "relaxed"])
def test_the_validator_finds_no_fault(tmp_path: Path, profile: str) -> None:
    path = written(tmp_path, page(skew=1.25), page((), count=2), replace(page(count=3), turn=1))
    done = told(*VALIDATOR, "--profile", profile, path)
    assert done.returncode == 0, done.stdout
    assert "Document is valid" in done.stdout
    assert "[WARN]" not in done.stdout
    assert "[ERROR]" not in done.stdout


def test_the_validator_can_find_a_fault(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text("utf-8").replace("x_wconf 60", "x_wconf sixty", 1), "utf-8")
    assert told(*VALIDATOR, path).returncode != 0


def test_lines_lie_on_their_page_and_apart_from_each_other(tmp_path: Path) -> None:
    done = told(PROGRAMS / "hocr-check", written(tmp_path))
    checks = [line for line in done.stderr.splitlines() if "ok " in line]
    assert [line for line in checks if line.startswith("not ok")] == []
    assert any("mostly_nonoverlapping/line" in line for line in checks)
    assert sum("in an ocr_page" in line for line in checks) >= 3


def test_lines_are_read_as_they_were_written(tmp_path: Path) -> None:
    done = told(PROGRAMS / "hocr-lines", written(tmp_path, page(), page((number("5"),), count=2)))
    assert done.stdout.splitlines() == ["17 250.5", "4 90817263", "11", "5"]


@pytest.mark.parametrize("skew", [0.0, 1.5, -2.0])
def test_ocrmypdf_sets_each_word_where_the_table_has_it(tmp_path: Path, skew: float) -> None:
    """The way of Tesseract's results into a PDF: hOCR, one file a page, to text on the page."""
    from ocrmypdf.hocrtransform import HocrTransform

    second = page((number("007", 60, 80), number("5", 300, 400, line=2)), count=2)
    pages = (page(tuple(climbing(one, skew) for one in NUMBERS), skew=skew), second)
    assert (
        told(PROGRAMS / "hocr-split", written(tmp_path, *pages), tmp_path / "%d.hocr").stderr == ""
    )
    for count in (1, 2):
        hocr, pdf = tmp_path / f"{count}.hocr", tmp_path / f"{count}.pdf"
        HocrTransform(hocr_filename=hocr, dpi=DPI).to_pdf(out_filename=pdf)
        found = dict(found_words(pdf, 1, (WIDTH, HEIGHT)))
        expected = table_of_numbers(tmp_path, count, *pages)
        assert sorted(found) == sorted(expected)
        for text, box in expected.items():
            assert intersection_over_union(found[text], box) >= 0.6, text


def table_of_numbers(out: Path, count: int, *pages: PageResult) -> dict[str, Box]:
    """Where numbers.csv has the numbers of a page, by their text."""
    one = document("a.png", out, *pages)
    with TableWriter(out, [one.document], OPTIONS) as tables:
        tables.add(one)
    with (out / "numbers.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["page"] == str(count)]
    sides = ("x", "y", "width", "height")
    return {row["text"]: Box(*(float(row[side]) for side in sides)) for row in rows}

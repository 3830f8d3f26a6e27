"""PDFs as users make them: `digitize run` and `digitize export`, on the sample documents."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from awkward_pdfs import awkward
from export_pages import found_words, image_bytes, rendered
from PIL import Image

from digitize.geometry import intersection_over_union
from digitize.records import Box

SAMPLES = Path(__file__).parents[2] / "sample_docs"


def digitize(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "digitize", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a sheet turned by /Rotate, a table on its side, and a signed PDF."""
    folder = tmp_path_factory.mktemp("given")
    with pikepdf.open(SAMPLES / "answer_sheet.pdf") as opened:
        for page in opened.pages:
            page.obj.Rotate, page.obj.UserUnit = 270, 2
        del opened.pages[1]
        opened.save(folder / "sheet.pdf")
    with Image.open(SAMPLES / "mark_table.jpg") as table:
        table.transpose(Image.Transpose.ROTATE_90).save(folder / "table.jpg", dpi=(200, 200))
    awkward("signed", folder)
    return folder


@pytest.fixture(scope="module")
def run(given: Path) -> Path:
    out = given.parent / f"{given.name}-out"
    done = digitize("run", given, "-o", out, "--format", "csv,json,pdf", "--marks", "off")
    assert done.returncode == 0, done.stderr
    return out


def exported(run: Path, *options: object) -> subprocess.CompletedProcess[str]:
    done = digitize("export", run, *options)
    assert done.returncode == 0, done.stderr
    return done


def test_each_number_of_a_real_run_is_found_on_its_ink(run: Path) -> None:
    report = json.loads((run / "report.json").read_text("utf-8"))
    table = (run / "numbers.csv").read_text("utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    assert len(rows) > 60
    pages = {
        (document["document"], page["page"]): (page["width"], page["height"])
        for document in report["documents"]
        for page in document["pages"]
    }
    found = {
        (name, page): found_words(run / Path(name).with_suffix(".pdf"), page, size)
        for (name, page), size in pages.items()
    }
    for row in rows:
        box = Box(*(float(row[side]) for side in ("x", "y", "width", "height")))
        overlaps = [
            intersection_over_union(box, place)
            for word, place in found[row["document"], int(row["page"])]
            if word == row["text"]
        ]
        assert max(overlaps, default=0) >= 0.6, row


def test_the_report_of_a_run_says_which_pdf_was_signed(run: Path) -> None:
    report = json.loads((run / "report.json").read_text("utf-8"))
    notes = {document["document"]: document["notes"] for document in report["documents"]}
    assert notes["sheet.pdf"] == notes["table.jpg"] == []
    assert notes["signed.pdf"][0].startswith("it is signed by A. Registrar, and its searchable PDF")


def test_the_turn_of_a_page_stands_in_its_json(run: Path) -> None:
    table = json.loads((run / "table.json").read_text("utf-8"))
    assert [page["turn"] for page in table["pages"]] == [1]


def test_nothing_is_to_be_seen_where_marks_are_off(run: Path, given: Path) -> None:
    assert np.array_equal(rendered(run / "sheet.pdf", 50), rendered(given / "sheet.pdf", 50))
    assert image_bytes(run / "sheet.pdf") == image_bytes(given / "sheet.pdf")
    assert (given / "table.jpg").read_bytes() in (run / "table.pdf").read_bytes()


def test_marks_come_back_by_an_export_and_a_signature_is_spoken_of(run: Path, given: Path) -> None:
    exported(run, "--format", "pdf")  # as in the run
    assert np.array_equal(rendered(run / "sheet.pdf", 50), rendered(given / "sheet.pdf", 50))
    done = exported(run, "--format", "pdf", "--marks", "on")
    assert not np.array_equal(rendered(run / "sheet.pdf", 50), rendered(given / "sheet.pdf", 50))
    assert "signed.pdf: it is signed by A. Registrar, and its searchable PDF" in done.stderr


@pytest.mark.parametrize("format_", ["pdfa", "pdfa3"])
def test_a_run_is_exported_as_pdfa(run: Path, format_: str) -> None:
    exported(run, "--format", format_, "--marks", "only-review")
    for name in ("sheet.pdf", "table.pdf", "signed.pdf"):
        with pikepdf.open(run / name) as opened:
            assert opened.open_metadata().pdfa_status == ("3B" if format_ == "pdfa3" else "2B")
            assert len(opened.attachments) == (3 if format_ == "pdfa3" else 0)


def test_two_kinds_of_pdf_would_be_the_same_files(run: Path) -> None:
    done = digitize("export", run, "--format", "pdf,pdfa")
    assert done.returncode == 2
    assert "pdf and pdfa would write the same files; choose one" in done.stderr

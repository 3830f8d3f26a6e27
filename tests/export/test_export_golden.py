"""Every format, character by character or cell by cell, for one small run.

What a PDF draws is held by test_export_pdf_golden.
"""

from __future__ import annotations

import re
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from export_pages import document, drawn, page
from export_records import MADE, OPTIONS
from pyarrow import parquet

from digitize.export import WRITERS
from digitize.export.ndjson import page_line
from digitize.export.writer import Noting
from digitize.records import Box, Digit, DocumentResult, Failure, Number, Outcome, Status

SURE = Digit(1, 0.998, Status.OK, Box(40.5, 60.0, 6.25, 30.0), ((7, 0.001),), False, 0.125, 0.75)
CUT = Digit(2, 0.75, Status.REVIEW, Box(50.0, 61.0, 18.0, 29.5), ((3, 0.125),), True, 0.125, 0.5)
SMALL = page(
    (
        Number("12", 0.7485, Status.REVIEW, 1, Box(40.5, 60.0, 27.5, 30.5), (SURE, CUT), True),
        Number("1.1", 0.996, Status.OK, 2, Box(40.5, 60.0, 40.0, 30.0), (SURE, SURE)),
    ),
    skew=1.5,
)
TORN = Failure("UnreadableInput", "the file is empty", "Copy or scan it again")
PICTURE = re.compile(r"(?<=base64,)[A-Za-z0-9+/=]+")
"""Its bytes depend on the version of OpenCV."""


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DocumentResult:
    """A document whose picture is there, in the current folder, so that no path is the test's."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    Path("scans").mkdir()
    drawn().save("scans/form.png")
    return document("scans/form.png", Path("scans/form.png"), SMALL)


def written(small: DocumentResult, name: str, **options: object) -> list[Path]:
    """The files of one format, after a run in which another document failed."""
    out, names = Path("out"), ["scans/form.png", "scans/torn.png"]
    with WRITERS[name](out, names, replace(OPTIONS, **options)) as files:
        files.add(small)
        if isinstance(files, Noting):
            files.note(Outcome(small.document, small, seconds=1.25))
            files.note(Outcome("scans/torn.png", None, (TORN,), 0.01))
    return sorted(path for path in out.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", ["json", "hocr", "alto"])
def test_the_file_of_a_small_page_is_as_it_was(
    small: DocumentResult, golden: Callable[[str, object], None], name: str
) -> None:
    (path,) = written(small, name)
    golden(f"export_{name}", path.read_text("utf-8").splitlines())


@pytest.mark.parametrize("dialect", ["rfc4180", "excel"])
def test_the_tables_of_a_small_run_are_as_they_were(
    small: DocumentResult, golden: Callable[[str, object], None], dialect: str
) -> None:
    paths = written(small, "csv", csv_dialect=dialect)
    read = {path.name: path.read_bytes().decode().splitlines(keepends=True) for path in paths}
    golden(f"export_csv_{dialect}", read)


def test_the_lines_of_a_small_run_are_as_they_were(
    small: DocumentResult, golden: Callable[[str, object], None]
) -> None:
    lines = [
        page_line(small.document, small.source, SMALL, MADE),
        page_line("scans/torn.png", Path("scans/torn.png"), TORN, MADE),
    ]
    golden("export_ndjson", lines)


def test_the_cells_of_a_small_workbook_are_as_they_were(
    small: DocumentResult, golden: Callable[[str, object], None]
) -> None:
    (path,) = written(small, "xlsx")
    book = openpyxl.load_workbook(path)
    cells = {sheet.title: list(map(list, sheet.iter_rows(values_only=True))) for sheet in book}
    pictures = [image.anchor._from.row + 1 for image in book["Review"]._images]
    golden("export_xlsx", {"cells": cells, "rows of pictures": pictures})


def test_the_rows_of_a_small_index_are_as_they_were(
    small: DocumentResult, golden: Callable[[str, object], None]
) -> None:
    (path,) = written(small, "sqlite")
    tables = ("documents", "pages", "numbers", "readings")
    with closing(sqlite3.connect(path)) as index:
        rows = {name: index.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    golden("export_sqlite", rows)


def test_the_rows_and_types_of_small_typed_tables_are_as_they_were(
    small: DocumentResult, golden: Callable[[str, object], None]
) -> None:
    tables = {path.name: parquet.read_table(path) for path in written(small, "parquet")}
    golden(
        "export_parquet",
        {
            name: {
                "types": {field.name: str(field.type) for field in table.schema},
                "rows": table.to_pylist(),
                "made": table.schema.metadata[b"digitize"].decode(),
            }
            for name, table in tables.items()
        },
    )


def test_the_page_of_a_small_run_is_as_it_was(
    small: DocumentResult, golden: Callable[[str, object], None]
) -> None:
    (path,) = written(small, "html")
    golden("export_html", PICTURE.sub("...", path.read_text("utf-8")).splitlines())


def test_what_a_small_pdf_for_archives_carries_is_as_it_was(
    small: DocumentResult, golden: Callable[[str, object], None]
) -> None:
    (path,) = written(small, "pdfa3")
    with pikepdf.open(path) as pdf:
        metadata = pdf.open_metadata()
        files = {name: file.obj for name, file in pdf.attachments.items()}
        found = {
            "claim": metadata.pdfa_status,
            "title": metadata["dc:title"],
            "colours": str(pdf.Root.OutputIntents[0].OutputConditionIdentifier),
            "layers": [str(layer.Name) for layer in pdf.Root.OCProperties.OCGs],
            "attached": {name: attached(file) for name, file in files.items()},
        }
    said = {
        "text": told("pdftotext", "-raw", path, "-").split(),
        "listed": told("pdfdetach", "-list", path).splitlines(),
    }
    golden("export_pdfa3", {**found, **said})


def attached(specification: pikepdf.Object) -> dict[str, object]:
    file = specification.EF.F
    return {
        "what": str(specification.Desc),
        "tied": str(specification.AFRelationship),
        "type": str(file.Subtype),
        "made": str(file.Params.ModDate),
        "lines": file.read_bytes().decode().splitlines(),
    }


def told(*command: str | Path) -> str:
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout

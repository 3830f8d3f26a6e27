"""The examples in docs/outputs.md are cut from what the golden run writes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).resolve().parents[1]
PAGE = (TESTS.parent / "docs" / "outputs.md").read_text("utf-8")
PYTHON = ">>> "


def golden(name: str) -> Any:
    return json.loads((TESTS / "golden" / f"export_{name}.json").read_text("utf-8"))


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def code(heading: str) -> list[str]:
    """The lines of code of a section, but for commands."""
    lines = [line[4:] for line in section(heading).splitlines() if line.startswith("    ")]
    return [line for line in lines if not line.startswith(("digitize ", "SELECT ", "$ "))]


def rows(heading: str) -> list[list[str]]:
    """The cells of all tables of a section."""
    lines = [line for line in section(heading).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def is_cut_from(example: str, line: str) -> bool:
    pieces = [re.escape(piece.strip()) for piece in example.split("…")]
    return re.fullmatch(".*".join(pieces), line.strip()) is not None


@pytest.mark.parametrize(
    ("heading", "formats"),
    [
        ("JSON", ["json"]),
        ("Lines for pipes", ["ndjson"]),
        ("hOCR and ALTO", ["hocr", "alto"]),
        ("One page to look at", ["html"]),
    ],
)
def test_an_example_stands_in_the_files_in_that_order(heading: str, formats: list[str]) -> None:
    lines = iter([line for name in formats for line in golden(name)])
    examples = code(heading)
    assert examples
    for example in examples:
        assert any(is_cut_from(example, line) for line in lines), example


def test_the_examples_of_tables_are_their_lines() -> None:
    tables = [golden(f"csv_{dialect}") for dialect in ("rfc4180", "excel")]
    lines = [line for files in tables for table in files.values() for line in table]
    examples = [line for line in code("Tables") if line]
    assert len(examples) == 9
    assert set(examples) <= {line.strip("\r\n\ufeff") for line in lines}


def test_the_examples_of_pdfs_are_what_other_programs_find_in_them() -> None:
    carried = golden("pdfa3")
    assert [line for line in code("PDFs") if line] == [*carried["text"], *carried["listed"]]
    assert list(carried["attached"]) == [line.split(": ")[1] for line in carried["listed"][1:]]


def test_the_example_of_the_workbook_is_a_row_of_it() -> None:
    header, row = golden("xlsx")["cells"]["Review"]
    shown = dict(zip(header, map(str, row), strict=True)) | {"picture": "(the crop)"}
    assert rows("Workbook")[-3] == list(shown)
    assert rows("Workbook")[-1] == list(shown.values())


def test_the_example_of_the_index_is_its_first_rows() -> None:
    found = [[str(cell) for cell in row] for row in golden("sqlite")["readings"]]
    assert rows("Search")[-2:] == found[:2]


def test_the_example_of_typed_tables_gives_that_value() -> None:
    *commands, value = code("Typed tables")
    assert all(line.startswith(PYTHON) for line in commands)
    asked = re.search(r'to_pylist\(\)\[(\d+)\]\["(\w+)"\]$', commands[-1])
    assert asked
    row = golden("parquet")["numbers.parquet"]["rows"][int(asked[1])]
    assert str(row[asked[2]]) == value

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pyarrow
import pytest
from export_pages import document, number, page
from export_records import DOCUMENTS, MADE, OPTIONS
from hypothesis import HealthCheck, given, settings
from pyarrow import parquet

from digitize.errors import OutputNotWritable
from digitize.export import ParquetWriter
from digitize.export.parquet import ROWS_AT_ONCE
from digitize.export.tables import DIGITS_HEADER, NUMBERS_HEADER
from digitize.records import DocumentResult


def written(out: Path, *documents: DocumentResult) -> tuple[pyarrow.Table, pyarrow.Table]:
    """Numbers and digits."""
    with ParquetWriter(out, [], OPTIONS) as tables:
        for one in documents:
            assert tables.add(one) == ()
    return tuple(parquet.read_table(out / f"{name}.parquet") for name in ("numbers", "digits"))


def test_columns_are_those_of_the_csv_tables_with_types(tmp_path: Path) -> None:
    numbers, digits = written(tmp_path, document("a.png", tmp_path))
    assert tuple(numbers.column_names) == NUMBERS_HEADER
    assert tuple(digits.column_names) == DIGITS_HEADER
    types = {name: str(digits.schema.field(name).type) for name in ("page", "digit", "x")}
    assert types == {"page": "int32", "digit": "int32", "x": "double"}
    assert str(numbers.schema.field("text").type) == "string"


def test_leading_zeros_stay_and_nothing_is_rounded(tmp_path: Path) -> None:
    one = number("007", x=1 / 3, confidence=0.1 + 0.2)
    numbers, digits = written(tmp_path, document("=a.png", tmp_path, page((one,))))
    (row,) = numbers.to_pylist()
    assert row["document"] == "=a.png"
    assert (row["text"], row["confidence"], row["x"]) == ("007", 0.1 + 0.2, 1 / 3)
    assert [one["position"] for one in digits.to_pylist()] == [1, 2, 3]


def test_what_made_the_results_stands_in_the_file(tmp_path: Path) -> None:
    numbers, _ = written(tmp_path, document("a", tmp_path))
    made = json.loads(numbers.schema.metadata[b"digitize"])
    assert (made["program"], made["version"], made["page_readers"]) == (
        "digitize",
        "1.2.3",
        MADE.page_readers,
    )
    assert made["options"] == {"page": {"clean": {"max_skew_degrees": 5.0}}}


def test_a_run_without_numbers_leaves_empty_tables(tmp_path: Path) -> None:
    numbers, digits = written(tmp_path, document("a", tmp_path, page(())))
    assert (numbers.num_rows, digits.num_rows) == (0, 0)
    assert tuple(numbers.column_names) == NUMBERS_HEADER


def test_many_rows_go_to_the_file_in_groups(tmp_path: Path) -> None:
    many = document("a", tmp_path, page((number("1"),) * (ROWS_AT_ONCE - 1)))
    numbers, _ = written(tmp_path, many, document("b", tmp_path, page((number("2"),) * 3)))
    assert parquet.ParquetFile(tmp_path / "numbers.parquet").num_row_groups >= 1
    assert numbers.num_rows == ROWS_AT_ONCE + 2
    assert numbers["document"].to_pylist()[-4:] == ["a", "b", "b", "b"]


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    for run in ("1", "2"):
        written(tmp_path / run, document("a", tmp_path))
    for name in ("numbers", "digits"):
        first, second = tmp_path.glob(f"*/{name}.parquet")
        assert first.read_bytes() == second.read_bytes()


def test_a_run_that_breaks_off_leaves_the_earlier_tables(tmp_path: Path) -> None:
    written(tmp_path, document("a", tmp_path))
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with suppress(KeyboardInterrupt), ParquetWriter(tmp_path) as tables:
        tables.add(document("b", tmp_path))
        raise KeyboardInterrupt
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_an_output_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputNotWritable, match="file"), ParquetWriter(tmp_path / "file" / "out"):
        pass


def test_without_pyarrow_the_format_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.png").touch()
    code = "import sys; sys.modules['pyarrow'] = None; from digitize.cli import main; main()"
    command = [sys.executable, "-c", code, "run", tmp_path / "a.png", "-o", tmp_path / "out"]
    done = subprocess.run(
        [*map(str, command), "--format", "parquet"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "--format parquet: pyarrow is not installed" in done.stderr
    assert "pip install '.[parquet]'" in done.stderr
    assert not (tmp_path / "out").exists()


@given(DOCUMENTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_any_document_gives_tables_with_its_numbers(tmp_path: Path, one: DocumentResult) -> None:
    numbers, digits = written(tmp_path, one)
    found = [number for page in one.pages for number in page.numbers]
    assert numbers["text"].to_pylist() == [number.text for number in found]
    assert numbers["confidence"].to_pylist() == [number.confidence for number in found]
    read = [digit.digit for number in found for digit in number.digits]
    assert digits["digit"].to_pylist() == read

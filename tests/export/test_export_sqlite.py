from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest
from export_pages import NUMBERS, document, number, page
from export_records import DOCUMENTS
from hypothesis import HealthCheck, given, settings

from digitize.errors import OutputNotWritable
from digitize.export import SqliteWriter
from digitize.export.sqlite import INDEX
from digitize.records import DocumentResult


def written(out: Path, *documents: DocumentResult) -> Path:
    with SqliteWriter(out) as index:
        for one in documents:
            assert index.add(one) == ()
    return out / INDEX


def rows(path: Path, query: str, *values: object) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as index:
        return index.execute(query, values).fetchall()


def test_each_number_is_a_row_and_a_reading(tmp_path: Path) -> None:
    path = written(tmp_path, document("a/b.png", tmp_path), document("c.png", tmp_path))
    texts = [one.text for one in NUMBERS]
    assert [text for (text,) in rows(path, "SELECT text FROM numbers")] == texts * 2
    assert [text for (text,) in rows(path, "SELECT text FROM readings")] == texts * 2
    (first,) = rows(path, "SELECT line, number, confidence, x, width FROM numbers WHERE id = 1")
    assert first == (1, 1, 0.99, 40.0, 28.5)


def test_a_plain_sqlite_client_finds_a_text(tmp_path: Path) -> None:
    path = written(tmp_path, document("a.png", tmp_path))
    query = "SELECT text FROM readings WHERE readings MATCH ?"
    assert rows(path, query, '"250.5"') == [("250.5",)]
    assert rows(path, query, "908*") == [("90817263",)]
    assert rows(path, query, "250") == []


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    pages = [page((number("17"), number("250")), count=count) for count in range(1, 40)]
    one = DocumentResult("a", Path("a"), tuple(pages))
    first, second = (written(tmp_path / name, one) for name in "ab")
    assert first.read_bytes() == second.read_bytes()


def test_a_run_that_breaks_off_leaves_the_earlier_index(tmp_path: Path) -> None:
    before = written(tmp_path, document("a", tmp_path)).read_bytes()
    with suppress(KeyboardInterrupt), SqliteWriter(tmp_path) as index:
        index.add(document("b", tmp_path))
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == [INDEX]
    assert (tmp_path / INDEX).read_bytes() == before


def test_names_that_are_no_unicode_are_kept(tmp_path: Path) -> None:
    path = written(tmp_path, document("caf\udce9.png", Path("/x/caf\udce9.png")))
    (found,) = rows(path, "SELECT document, source FROM documents")
    assert found == ("caf\\udce9.png", b"/x/caf\xe9.png")


def test_an_output_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OutputNotWritable, match="file"), SqliteWriter(tmp_path / "file" / "out"):
        pass


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    """A limit on file sizes stands for the full disk; it holds for a process of its own."""
    program = f"""
import resource, signal
from pathlib import Path
from export_pages import document, number, page
from digitize.errors import OutputNotWritable
from digitize.export import SqliteWriter

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, 60_000))
numbers = tuple(number("1234") for _ in range(5000))
try:
    with SqliteWriter(Path({str(tmp_path)!r})) as index:
        index.add(document("a", Path("a"), page(numbers)))
except OutputNotWritable as error:
    print(error)
"""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=Path(__file__).parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"{INDEX}: cannot be written" in done.stdout, done.stderr
    assert list(tmp_path.iterdir()) == []


@given(DOCUMENTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
def test_any_document_can_be_indexed(tmp_path: Path, one: DocumentResult) -> None:
    path = written(tmp_path, one)
    expected = [number.text for page in one.pages for number in page.numbers]
    assert [text for (text,) in rows(path, "SELECT text FROM numbers ORDER BY id")] == expected

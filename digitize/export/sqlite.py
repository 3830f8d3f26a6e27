"""search.sqlite: every number of a run, and what else each may be, to be searched by its text.

Tables `documents`, `pages` and `numbers` hold what the CSV tables do; `readings` is an FTS5 index
with a row per text that a number may have. The same results give the same bytes, with one SQLite.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from digitize.errors import OutputNotWritable, UsageError
from digitize.export.atomic import MAKE_ROOM, inside
from digitize.export.likely import other_readings
from digitize.export.run_file import RunFile
from digitize.export.unicode_text import unicode_text
from digitize.export.writer import ExportOptions
from digitize.records import Box, DocumentResult, Number, PageResult

INDEX = "search.sqlite"

APPLICATION_ID = 0x64696769
"""Stands at byte 68 of the file, as SQLite provides: "digi" in ASCII."""

INDEX_VERSION = 1
"""SQLite's user_version; rises when a table or column changes its meaning or goes."""

_TABLES = f"""
PRAGMA journal_mode = MEMORY;  -- no second file beside it; a crash leaves the file under no name
PRAGMA synchronous = OFF;      -- it is brought to the disk once, when it is whole
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {INDEX_VERSION};
CREATE TABLE documents (id INTEGER PRIMARY KEY, document TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE pages (
    id INTEGER PRIMARY KEY, document_id INTEGER NOT NULL REFERENCES documents, page INTEGER,
    width INTEGER, height INTEGER, dpi REAL, turn INTEGER, skew_degrees REAL
);
CREATE TABLE numbers (
    id INTEGER PRIMARY KEY, page_id INTEGER NOT NULL REFERENCES pages, line INTEGER,
    number INTEGER, text TEXT, confidence REAL, status TEXT, x REAL, y REAL, width REAL, height REAL
);
CREATE VIRTUAL TABLE readings USING fts5 (
    text, confidence UNINDEXED, number_id UNINDEXED, tokenize = "unicode61 tokenchars '.'"
);
"""


class SqliteWriter:
    """The index of a run, filled document by document; it appears when the run ends.

    A run that ends by an exception leaves the index of an earlier run as it was.
    """

    def __init__(
        self,
        out: Path,
        documents: Sequence[str] = (),  # noqa: ARG002 - one index for all documents
        options: ExportOptions | None = None,  # noqa: ARG002 - which looks one way
    ) -> None:
        self._out = out

    def __enter__(self) -> SqliteWriter:
        self._file = RunFile(inside(self._out, INDEX))
        try:
            with self._writing():
                self._index = sqlite3.connect(self._file.part)
                self._index.executescript(_TABLES)
        except BaseException:
            self._abandon()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                with self._writing(), closing(self._index):
                    self._index.execute("INSERT INTO readings (readings) VALUES ('optimize')")
                    self._index.commit()
                self._file.keep()
        finally:
            self._abandon()

    def add(self, document: DocumentResult) -> tuple[str, ...]:
        """Append the document's numbers; a document has no index of its own."""
        with self._writing(), self._index:  # all of it, or nothing
            key = self._insert("documents", unicode_text(document.document), _source(document))
            for page in document.pages:
                self._add_page(key, page)
        return ()

    def _add_page(self, document: int, page: PageResult) -> None:
        size = (int(page.width), int(page.height), float(page.dpi))
        lie = (int(page.turn), float(page.skew_degrees))
        key = self._insert("pages", document, int(page.number), *size, *lie)
        for count, number in enumerate(page.numbers, 1):
            assessed = (number.text, float(number.confidence), number.status.value)
            place = _lengths(number.box)
            row = self._insert("numbers", key, int(number.line), count, *assessed, *place)
            self._index.executemany(
                "INSERT INTO readings VALUES (?, ?, ?)",
                ((text, confidence, row) for text, confidence in _readings(number)),
            )

    def _insert(self, table: str, *values: object) -> int:
        """Return the key of the row that was added; `table` is one of ours."""
        slots = ", ".join("?" * len(values))
        done = self._index.execute(f"INSERT INTO {table} VALUES (NULL, {slots})", values)  # noqa: S608
        return done.lastrowid or 0

    def _abandon(self) -> None:
        if hasattr(self, "_index"):
            self._index.close()
        self._file.drop()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Turn what SQLite says of a disk into OutputNotWritable."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if "fts5" in str(error):
                raise UsageError(
                    "--format sqlite: Python's SQLite here has no full-text search (FTS5)",
                    "Use a Python that has it, or leave sqlite out of --format",
                ) from error
            raise OutputNotWritable(
                f"{self._file.path}: cannot be written ({error})",
                MAKE_ROOM,
            ) from error


def _readings(number: Number) -> Iterator[tuple[str, float]]:
    yield number.text, float(number.confidence)
    for other in other_readings(number):
        yield other.text, float(other.confidence)


def _lengths(box: Box) -> tuple[float, ...]:
    return float(box.x), float(box.y), float(box.width), float(box.height)


def _source(document: DocumentResult) -> str | bytes:
    """Return a source so that os.fsdecode gives it back: as bytes where it is no Unicode."""
    text = document.shown_source
    return text if text == unicode_text(text) else os.fsencode(text)

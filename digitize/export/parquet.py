"""numbers.parquet and digits.parquet: the tables for engineers, with types.

They hold the columns of the CSV tables, lossless: `document` and `text` are text, `status` is a
dictionary, counts are int32, confidences and lengths are float64 and not rounded. The schema's
metadata says what made them. pyarrow is an extra, imported where it is used. The same results give
the same bytes, with one pyarrow.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digitize.errors import OutputNotWritable, UsageError
from digitize.export.atomic import MAKE_ROOM, inside
from digitize.export.run_file import RunFile
from digitize.export.tables import DIGITS_HEADER, NUMBERS_HEADER, numbered
from digitize.export.traced import makers_entry, options_of_the_result, provenance_of
from digitize.export.unicode_text import unicode_text
from digitize.export.writer import ExportOptions
from digitize.records import Box, DocumentResult, Provenance

if TYPE_CHECKING:
    import pyarrow
    from pyarrow.parquet import ParquetWriter as Rows

NUMBERS, DIGITS = "numbers.parquet", "digits.parquet"
ROWS_AT_ONCE = 65_536
"""Of a row group: a few MB in memory, and enough for its columns to be packed well."""

TEXTS = frozenset({"document", "text"})
COUNTS = frozenset({"page", "line", "number", "position", "digit"})

Row = tuple[str | int | float, ...]


class ParquetWriter:
    """Both tables of a run, filled as documents come; they appear when the run ends.

    A run that ends by an exception leaves the tables of an earlier run as they were.
    """

    def __init__(
        self,
        out: Path,
        documents: Sequence[str] = (),  # noqa: ARG002 - tables are one for all documents
        options: ExportOptions | None = None,
    ) -> None:
        self._out = out
        self._made = provenance_of(options)

    def __enter__(self) -> ParquetWriter:
        need_pyarrow()
        self._tables: list[_Table] = []
        try:
            for name, header in ((NUMBERS, NUMBERS_HEADER), (DIGITS, DIGITS_HEADER)):
                self._tables.append(_Table(inside(self._out, name), header, self._made))
        except BaseException:
            self._drop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                for table in self._tables:
                    table.keep()
        finally:
            self._drop()

    def add(self, document: DocumentResult) -> tuple[str, ...]:
        """Append the document's rows; a document has no table of its own."""
        for table, rows in zip(self._tables, (number_rows, digit_rows), strict=True):
            table.append(rows(document))
        return ()

    def _drop(self) -> None:
        for table in self._tables:
            table.drop()


class _Table:
    """One file being filled, a row group at a time."""

    def __init__(self, path: Path, header: tuple[str, ...], made: Provenance) -> None:
        from pyarrow.parquet import ParquetWriter as Rows

        self._file = RunFile(path)
        self._schema = _schema(header, made)
        self._waiting: list[Row] = []
        with self._writing():
            self._rows: Rows = Rows(self._file.part, self._schema, compression="zstd")

    def append(self, rows: Iterator[Row]) -> None:
        self._waiting.extend(rows)
        if len(self._waiting) >= ROWS_AT_ONCE:
            self._flush()

    def keep(self) -> None:
        self._flush()
        with self._writing():
            self._rows.close()
        self._file.keep()

    def drop(self) -> None:
        with suppress(OSError):
            self._rows.close()
        self._file.drop()

    def _flush(self) -> None:
        import pyarrow

        columns = list(zip(*self._waiting, strict=True)) or [()] * len(self._schema)
        typed = [
            pyarrow.array(one, kind.type) for one, kind in zip(columns, self._schema, strict=True)
        ]
        with self._writing():
            self._rows.write_table(pyarrow.Table.from_arrays(typed, schema=self._schema))
        self._waiting.clear()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Turn what pyarrow says of a disk into OutputNotWritable."""
        try:
            yield
        except OSError as error:
            raise OutputNotWritable(
                f"{self._file.path}: cannot be written ({error.strerror or error})",
                MAKE_ROOM,
            ) from error


def number_rows(document: DocumentResult) -> Iterator[Row]:
    """Yield the rows of numbers.parquet, in reading order."""
    for place, number in numbered(document, unicode_text(document.document)):
        judged = (float(number.confidence), number.status.value)
        yield (*place, number.text, *judged, *_lengths(number.box))


def digit_rows(document: DocumentResult) -> Iterator[Row]:
    """Yield the rows of digits.parquet."""
    for place, number in numbered(document, unicode_text(document.document)):
        for position, digit in enumerate(number.digits, 1):
            judged = (float(digit.confidence), digit.status.value)
            yield (*place, position, int(digit.digit), *judged, *_lengths(digit.box))


def _lengths(box: Box) -> tuple[float, ...]:
    return float(box.x), float(box.y), float(box.width), float(box.height)


def _schema(header: Sequence[str], made: Provenance) -> pyarrow.Schema:
    """Return the columns with their types, and what made them as JSON under `digitize`."""
    import pyarrow

    told: dict[str, Any] = {
        **makers_entry(made),
        "options": options_of_the_result(made),
    }
    columns = [pyarrow.field(name, _kind(name), nullable=False) for name in header]
    return pyarrow.schema(columns, {"digitize": json.dumps(told, default=str)})


def _kind(column: str) -> pyarrow.DataType:
    import pyarrow

    if column in TEXTS:
        return pyarrow.string()
    if column in COUNTS:
        return pyarrow.int32()
    if column == "status":
        return pyarrow.dictionary(pyarrow.int8(), pyarrow.string())
    return pyarrow.float64()


def need_pyarrow() -> None:
    """Raise UsageError where the extra is not installed."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "--format parquet: pyarrow is not installed",
            "Install it with pip install '.[parquet]', or leave parquet out of --format",
        ) from error

"""numbers.csv and digits.csv: a row per number, a row per digit."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_DOWN, Decimal
from pathlib import Path
from typing import TypeAlias

from digitize.export.atomic import TextFile, inside, writing
from digitize.export.writer import CsvDialect, ExportOptions
from digitize.records import Box, DocumentResult, Number

NUMBERS, DIGITS = "numbers.csv", "digits.csv"
Place: TypeAlias = tuple[str, int, int, int]
"""Document, page, line, and number on the page."""

_PLACE = ("x", "y", "width", "height")
NUMBERS_HEADER = ("document", "page", "line", "number", "text", "confidence", "status", *_PLACE)
DIGITS_HEADER = (
    *("document", "page", "line", "number", "position", "digit", "confidence", "status"),
    *_PLACE,
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so is run as a formula by spreadsheets (OWASP, CSV injection)."""

DELIMITERS: dict[CsvDialect, str] = {"rfc4180": ",", "excel": ";"}
MARKS: dict[CsvDialect, str] = {"rfc4180": "", "excel": "\ufeff"}
"""What a file begins with: by a byte order mark, Excel tells UTF-8 from the system's encoding."""


class TableWriter:
    """Both tables of a run, filled row by row (RFC 4180 but for `excel`); they appear at its end.

    A run that ends by an exception leaves the tables of an earlier run as they were.
    """

    def __init__(
        self,
        out: Path,
        documents: Sequence[str] = (),  # noqa: ARG002 - tables are one for all documents
        options: ExportOptions | None = None,
    ) -> None:
        self._out = out
        self._dialect = (options or ExportOptions()).csv_dialect

    def __enter__(self) -> TableWriter:
        self._numbers = _Table(inside(self._out, NUMBERS), NUMBERS_HEADER, self._dialect)
        self._digits = _Table(inside(self._out, DIGITS), DIGITS_HEADER, self._dialect)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        *_: object,
    ) -> None:
        try:
            if kind is None:
                self._numbers.text.keep()
                self._digits.text.keep()
        finally:
            self._numbers.text.drop()
            self._digits.text.drop()

    def add(self, document: DocumentResult) -> tuple[str, ...]:
        """Append the document's rows; a document has no table of its own."""
        self._numbers.append(number_rows(document))
        self._digits.append(digit_rows(document))
        return ()


class _Table:
    """One CSV file being filled."""

    def __init__(self, path: Path, header: tuple[str, ...], dialect: CsvDialect) -> None:
        self._path = path
        self.text = TextFile(path)
        with writing(path):
            self.text.file.write(MARKS[dialect])
        self._csv = csv.writer(self.text.file, delimiter=DELIMITERS[dialect])
        self.append([header])

    def append(self, rows: Iterable[tuple[object, ...]]) -> None:
        with writing(self._path):
            self._csv.writerows(rows)


def number_rows(document: DocumentResult) -> Iterator[tuple[object, ...]]:
    """Yield the rows of numbers.csv, in reading order; `number` counts from 1 on each page."""
    for place, number in numbered(document, guarded(document.document)):
        assessed = (shown_confidence(number.confidence), number.status.value)
        yield (*place, number.text, *assessed, *_shown_box(number.box))


def digit_rows(document: DocumentResult) -> Iterator[tuple[object, ...]]:
    """Yield the rows of digits.csv; `position` counts from 1 within the number."""
    for place, number in numbered(document, guarded(document.document)):
        for position, digit in enumerate(number.digits, 1):
            assessed = (shown_confidence(digit.confidence), digit.status.value)
            yield (*place, position, digit.digit, *assessed, *_shown_box(digit.box))


def shown_confidence(confidence: float) -> str:
    """Return `confidence` with four decimals, rounded down: 1.0000 stands for 1 alone."""
    exact = Decimal(str(float(confidence)))
    return f"{exact.quantize(Decimal('0.0001'), ROUND_DOWN):.4f}"


def shown_length(pixels: float) -> str:
    """Return a length with one decimal, or none where it is 0."""
    return f"{round(float(pixels), 1) + 0.0:.1f}".removesuffix(".0")


def guarded(text: str) -> str:
    """Return `text` as a cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def numbered(document: DocumentResult, name: str) -> Iterator[tuple[Place, Number]]:
    """Yield each number with what a row begins with; name: the document's, as the format takes it.

    Numbers are counted from 1 on each page.
    """
    for page in document.pages:
        for count, number in enumerate(page.numbers, 1):
            yield (name, int(page.number), int(number.line), count), number


def _shown_box(box: Box) -> tuple[str, ...]:
    return tuple(shown_length(length) for length in (box.x, box.y, box.width, box.height))

"""results.xlsx: one workbook of a run, for those who work in a spreadsheet.

- Numbers and Digits hold the rows of numbers.csv and digits.csv, with filters and coloured by
  confidence. Text is text: 007 stays 007, and nothing that begins with = is a formula.
- Review has a row per number for people to look at, with its picture from the page in the cell and
  what else it may be.
- Summary counts it all, document by document.

Rows go to temporary files as they come; only the pictures of Review stay in memory. openpyxl is
imported where it is used: the command line starts without it. The same results give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from digitize.export.atomic import inside, writing
from digitize.export.likely import other_readings
from digitize.export.originals import no_pictures
from digitize.export.run_file import RunFile
from digitize.export.tables import numbered, shown_confidence, shown_length
from digitize.export.traced import provenance_of
from digitize.export.writer import ExportOptions
from digitize.export.xlsx.colours import colour_confidence
from digitize.export.xlsx.doubtful import doubtful_numbers, put_picture, row_height
from digitize.export.xlsx.package import save, source_date
from digitize.export.xlsx.sheet import SHARE, TEXT, Column, Sheet
from digitize.export.xlsx.summary import COLUMNS as SUMMARY
from digitize.export.xlsx.summary import Summing, made_rows
from digitize.records import Box, DocumentResult, Number

if TYPE_CHECKING:
    from openpyxl import Workbook

WORKBOOK = "results.xlsx"
SHOWN_OTHERS = 3  # readings beside the first, in Review: more are no help to an eye

_PLACE = (
    Column("document", 32),
    Column("page", 9, title_at="right"),
    Column("line", 9, title_at="right"),
    Column("number", 12, title_at="right"),
)
_CONFIDENCE = Column("confidence", 15, SHARE, title_at="right")
_JUDGED = (_CONFIDENCE, Column("status", 9))
_BOX = tuple(Column(name, 10, title_at="right") for name in ("x", "y", "width", "height"))
NUMBERS = (*_PLACE, Column("text", 16, TEXT), *_JUDGED, *_BOX)
DIGITS = (
    *_PLACE,
    Column("position", 12, title_at="right"),
    Column("digit", 9, title_at="right"),
    *_JUDGED,
    *_BOX,
)
REVIEW = (
    *_PLACE,
    Column("picture", 36, TEXT),
    Column("text", 16, TEXT),
    _CONFIDENCE,
    Column("may also be", 42, TEXT),
)
PICTURE_COLUMN = [column.title for column in REVIEW].index("picture")

Row = tuple[str | int | float | None, ...]


class XlsxWriter:
    """The workbook of a run, filled row by row; it appears when the run ends.

    A run that ends by an exception leaves the workbook of an earlier run as it was.
    """

    def __init__(
        self,
        out: Path,
        documents: Sequence[str] = (),  # noqa: ARG002 - one workbook for all documents
        options: ExportOptions | None = None,
    ) -> None:
        self._out = out
        self._options = options or ExportOptions()
        self._made = provenance_of(options)
        self._cautions: tuple[str, ...] = ()

    def __enter__(self) -> XlsxWriter:
        from openpyxl import Workbook

        source_date()  # a date that cannot be used is told before the reading, not after it
        self._file = RunFile(inside(self._out, WORKBOOK))
        self._book: Workbook = Workbook(write_only=True)
        self._summing = Summing()
        self._numbers = self._sheet("Numbers", NUMBERS)
        self._digits = self._sheet("Digits", DIGITS)
        self._review = self._sheet("Review", REVIEW)
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._finish()
                self._file.keep()
        finally:
            _forget(self._book)
            self._file.drop()

    def add(self, document: DocumentResult) -> tuple[str, ...]:
        """Append the document's rows; a document has no workbook of its own."""
        with writing(self._file.path):
            self._summing.add(document)
            for row in number_rows(document):
                self._numbers.append(row)
            for row in digit_rows(document):
                self._digits.append(row)
            self._add_doubtful(document)
        return ()

    def cautions(self) -> tuple[str, ...]:
        """Return whether pictures of the document that was added last are missing."""
        return self._cautions

    def _add_doubtful(self, document: DocumentResult) -> None:
        self._cautions = ()
        for one in doubtful_numbers(document, self._options.passwords):
            sheet = self._review.prepare(row_height())
            place = (document.document, one.page, one.number.line, one.count)
            read = (one.number.text, _share(one.number.confidence), _others(one.number))
            self._review.append((*place, None, *read))
            if one.picture is not None:
                put_picture(sheet, one.picture, self._review.row - 1, PICTURE_COLUMN)
            else:
                self._cautions = (no_pictures(document, WORKBOOK),)

    def _sheet(self, title: str, columns: Sequence[Column]) -> Sheet:
        letter = chr(ord("A") + [column.title for column in columns].index("confidence"))
        coloured = partial(
            colour_confidence, column=letter, review_below=self._options.review_below
        )
        return Sheet(self._book, title, columns, coloured)

    def _finish(self) -> None:
        with writing(self._file.path):
            summary = Sheet(self._book, "Summary", SUMMARY)
            for row in self._summing.rows():
                summary.append(row)
            for sheet in (self._numbers, self._digits, self._review, summary):
                sheet.finish()
            summary.append(())
            for made in made_rows(self._made, self._options.review_below):
                summary.append(made)
            save(self._book, self._file.part)


def number_rows(document: DocumentResult) -> Iterator[Row]:
    """Yield the rows of the Numbers sheet: those of numbers.csv, lengths and shares as numbers."""
    for place, number in numbered(document, document.document):
        judged = (_share(number.confidence), number.status.value)
        yield (*place, number.text, *judged, *_lengths(number.box))


def digit_rows(document: DocumentResult) -> Iterator[Row]:
    """Yield the rows of the Digits sheet."""
    for place, number in numbered(document, document.document):
        for position, digit in enumerate(number.digits, 1):
            judged = (_share(digit.confidence), digit.status.value)
            yield (*place, position, int(digit.digit), *judged, *_lengths(digit.box))


def _others(number: Number) -> str:
    others = other_readings(number)[:SHOWN_OTHERS]
    return ", ".join(f"{one.text} ({shown_confidence(one.confidence)})" for one in others)


def _share(confidence: float) -> float:
    return float(shown_confidence(confidence))


def _lengths(box: Box) -> tuple[float, ...]:
    return tuple(float(shown_length(length)) for length in (box.x, box.y, box.width, box.height))


def _forget(book: Any) -> None:
    """Close and remove openpyxl's temporary files, which it else leaves until Python ends."""
    for sheet in book.worksheets:
        if not sheet.closed:
            sheet.close()
            sheet._writer.cleanup()

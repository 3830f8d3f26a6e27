"""What was read of one document as the files that a PDF/A-3 carries: two tables, and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from itertools import chain

from digitize.export.json_pages import document_pieces
from digitize.export.pdf.archival import Attachment
from digitize.export.tables import (
    DIGITS,
    DIGITS_HEADER,
    NUMBERS,
    NUMBERS_HEADER,
    digit_rows,
    number_rows,
)
from digitize.export.traced import provenance_of
from digitize.export.writer import ExportOptions
from digitize.records import DocumentResult

JSON = "digitize.json"


def data_files(document: DocumentResult, options: ExportOptions) -> tuple[Attachment, ...]:
    """Return the document's numbers and digits as CSV (RFC 4180), and all of it as JSON."""
    from digitize.export.xlsx.package import source_date

    made = source_date()
    numbers = _table(chain([NUMBERS_HEADER], number_rows(document)))
    digits = _table(chain([DIGITS_HEADER], digit_rows(document)))
    whole = _encoded("".join(document_pieces(document, provenance_of(options))))
    return (
        Attachment(NUMBERS, numbers, "text/csv", "The numbers that were read", made),
        Attachment(DIGITS, digits, "text/csv", "The digits that were read", made),
        Attachment(JSON, whole, "application/json", "All that was read, without loss", made),
    )


def _table(rows: Iterable[tuple[object, ...]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return _encoded(text.getvalue())


def _encoded(text: str) -> bytes:
    r"""Return UTF-8; names that are no Unicode show as \udce9, as in the files of a run."""
    return text.encode("utf-8", "backslashreplace")

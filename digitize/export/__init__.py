"""What was read, written for people and programs: one writer per format behind one table.

    with WRITERS["csv"](out, documents, options) as tables, WRITERS["pdf"](...) as pdfs:
        for outcome in outcomes:                    # streams: one document in memory at a time
            ...
    write_report(out / "report.json", summary, provenance)

A new format is a file with a `Writer` in it, and a line in `WRITERS`.
"""

from __future__ import annotations

from digitize.export.alto import AltoWriter
from digitize.export.hocr import HocrWriter
from digitize.export.json_pages import JsonWriter
from digitize.export.json_reader import read_document
from digitize.export.pdf import PdfWriter
from digitize.export.report import Summary, write_report
from digitize.export.sqlite import SqliteWriter
from digitize.export.tables import TableWriter
from digitize.export.traced import TracedOptions
from digitize.export.writer import ExportOptions, Writer, WriterFactory
from digitize.export.xlsx import XlsxWriter

WRITERS: dict[str, WriterFactory] = {
    "csv": TableWriter,
    "pdf": PdfWriter,
    "json": JsonWriter,
    "hocr": HocrWriter,
    "alto": AltoWriter,
    "xlsx": XlsxWriter,
    "sqlite": SqliteWriter,
}

__all__ = [
    "WRITERS",
    "AltoWriter",
    "ExportOptions",
    "HocrWriter",
    "JsonWriter",
    "PdfWriter",
    "SqliteWriter",
    "Summary",
    "TableWriter",
    "TracedOptions",
    "Writer",
    "WriterFactory",
    "XlsxWriter",
    "read_document",
    "write_report",
]

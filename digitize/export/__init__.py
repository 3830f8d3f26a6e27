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
from digitize.export.html import HtmlWriter
from digitize.export.json_pages import JsonWriter
from digitize.export.json_reader import read_document
from digitize.export.parquet import ParquetWriter
from digitize.export.pdf import Pdfa3Writer, PdfaWriter, PdfWriter
from digitize.export.report import Summary, write_report
from digitize.export.sqlite import SqliteWriter
from digitize.export.tables import TableWriter
from digitize.export.traced import TracedOptions
from digitize.export.writer import ExportOptions, Writer, WriterFactory
from digitize.export.xlsx import XlsxWriter

WRITERS: dict[str, WriterFactory] = {
    "csv": TableWriter,
    "pdf": PdfWriter,
    "pdfa": PdfaWriter,
    "pdfa3": Pdfa3Writer,
    "json": JsonWriter,
    "hocr": HocrWriter,
    "alto": AltoWriter,
    "xlsx": XlsxWriter,
    "sqlite": SqliteWriter,
    "parquet": ParquetWriter,
    "html": HtmlWriter,
}

PDF_FORMATS = ("pdf", "pdfa", "pdfa3")
"""Of which a run can have one: all three are NAME.pdf."""

__all__ = [
    "PDF_FORMATS",
    "WRITERS",
    "AltoWriter",
    "ExportOptions",
    "HocrWriter",
    "HtmlWriter",
    "JsonWriter",
    "ParquetWriter",
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

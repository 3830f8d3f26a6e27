"""What was read, written for people and programs: one writer per format behind one table.

    with WRITERS["csv"](out, documents, options) as tables, WRITERS["pdf"](...) as pdfs:
        for outcome in outcomes:                    # streams: one document in memory at a time
            ...
    write_report(out / "report.json", summary, provenance)

A new format is a file with a `Writer` in it, and a line in `WRITERS`.
"""

from __future__ import annotations

from digitize.export.pdf import PdfWriter
from digitize.export.report import Summary, write_report
from digitize.export.tables import TableWriter
from digitize.export.writer import ExportOptions, Writer, WriterFactory

WRITERS: dict[str, WriterFactory] = {
    "csv": TableWriter,
    "pdf": PdfWriter,
}

__all__ = [
    "WRITERS",
    "ExportOptions",
    "PdfWriter",
    "Summary",
    "TableWriter",
    "Writer",
    "WriterFactory",
    "write_report",
]

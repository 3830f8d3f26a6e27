"""Files of an earlier run in formats that this one is not asked for: they stay, maybe older."""

from __future__ import annotations

import json
from contextlib import suppress

from digitize.batch.documents_files import NAMES
from digitize.batch.held import Held
from digitize.batch.plan import Plan
from digitize.export import PDF_FORMATS, html, parquet, sqlite, tables, xlsx
from digitize.export.report import REPORT

OF_ALL_DOCUMENTS = {
    "csv": (tables.NUMBERS, tables.DIGITS),
    "xlsx": (xlsx.WORKBOOK,),
    "sqlite": (sqlite.INDEX,),
    "parquet": (parquet.NUMBERS, parquet.DIGITS),
    "html": (html.RESULTS,),
}
"""What the files are called of the formats that have one for all documents."""


def not_renewed(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Return the files that lie in the output folder in formats not asked for, by format.

    Nothing where the run began in a folder that held no results.
    """
    options = plan.options
    if not (options.overwrite or options.engine.resume):
        return {}
    others = set(PDF_FORMATS) - {kind_of_pdf(plan.held), *options.formats}
    kinds = [name for name in (*OF_ALL_DOCUMENTS, *NAMES) if name not in others]
    named = {name: _names(name, plan) for name in kinds}
    seen = {file for name in options.formats for file in named[name]}
    found: dict[str, tuple[str, ...]] = {}
    for name, files in named.items():
        there = tuple(file for file in files if file not in seen and plan.held.size(file))
        seen.update(there)  # a PDF is named alike whatever its kind
        if there:
            found[name] = there
    return found


def kind_of_pdf(held: Held) -> str:
    """Return the format of the PDFs that lie in an output folder, as the last report there tells.

    It names those of its own run, or those of an earlier one that were left. "pdf" where it does
    not tell.
    """
    with suppress(AttributeError, LookupError, RecursionError, TypeError, ValueError):
        report = json.loads(held.read(REPORT) or b"{}")
        told = (*report["options"]["formats"], *report.get("not_renewed", ()))
        return str(next((name for name in told if name in PDF_FORMATS), "pdf"))
    return "pdf"


def _names(format_: str, plan: Plan) -> tuple[str, ...]:
    if format_ in OF_ALL_DOCUMENTS:
        return OF_ALL_DOCUMENTS[format_]
    return tuple(map(str, NAMES[format_](plan.names).values()))

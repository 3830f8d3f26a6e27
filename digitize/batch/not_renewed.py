"""Files of an earlier run in formats that this one is not asked for: they stay, maybe older."""

from __future__ import annotations

from digitize.batch.documents_files import NAMES
from digitize.batch.plan import Plan
from digitize.export import html, parquet, sqlite, tables, xlsx

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
    named = {name: _names(name, plan) for name in (*OF_ALL_DOCUMENTS, *NAMES)}
    seen = {file for name in options.formats for file in named[name]}
    found: dict[str, tuple[str, ...]] = {}
    for name, files in named.items():
        there = tuple(file for file in files if file not in seen and plan.held.size(file))
        seen.update(there)  # a PDF is named alike whatever its kind
        if there:
            found[name] = there
    return found


def _names(format_: str, plan: Plan) -> tuple[str, ...]:
    if format_ in OF_ALL_DOCUMENTS:
        return OF_ALL_DOCUMENTS[format_]
    return tuple(map(str, NAMES[format_](plan.names).values()))

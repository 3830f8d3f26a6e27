"""A line of JSON per page, for pipes: what `digitize run -o -` writes to standard output.

A line stands by itself: it names its document and what read it, and its page has the keys that it
has in a JSON file. A page that could not be read has a line too, with a failure and no numbers.
`digitize.page.schema.json` beside this file is the JSON Schema of a line (draft 2020-12).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from digitize.export.json_pages import page_entry
from digitize.export.report import failure_entry
from digitize.export.traced import makers_entry
from digitize.records import Failure, PageResult, Provenance

SCHEMA_VERSION = 1
"""Rises when a key changes its meaning or goes; more keys alone do not raise it."""

FORMAT = "digitize page"

SCHEMA = Path(__file__).with_name("digitize.page.schema.json")

_NOT_READ = dict.fromkeys(("width", "height", "dpi", "skew_degrees", "turn"))
"""What is not known of a page that could not be read."""


def page_line(
    document: str, source: Path | str, page: PageResult | Failure, made: Provenance
) -> str:
    r"""Return the line of a page, `\n` included; floats come back the same (repr)."""
    head = {
        "format": FORMAT,
        "schema_version": SCHEMA_VERSION,
        **makers_entry(made),
        "document": document,
        "source": str(source),
    }
    line = json.dumps({**head, **_body(page)}, ensure_ascii=False, allow_nan=False)
    return f"{line}\n"


def _body(page: PageResult | Failure) -> dict[str, Any]:
    """Return what differs from page to page; `page` is null where the whole document failed."""
    if isinstance(page, PageResult):
        return {**page_entry(page), "failure": None}
    entry = failure_entry(page)
    return {"page": entry.pop("page"), **_NOT_READ, "numbers": [], "failure": entry}

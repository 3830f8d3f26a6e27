"""A page's result as one line of JSON and back, just as the JSON export writes it: without loss."""

from __future__ import annotations

import json

from digitize.export.json_pages import page_entry
from digitize.export.json_reader import _page as page_from
from digitize.records import PageResult


def page_text(page: PageResult) -> bytes:
    """Return `page` as JSON in UTF-8, without a line break."""
    return json.dumps(page_entry(page), ensure_ascii=False, allow_nan=False).encode("utf-8")


def page_of(text: bytes) -> PageResult:
    """Return the page that was written as `text`: equal to it, of plain Python numbers."""
    return page_from(json.loads(text))

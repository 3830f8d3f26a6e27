"""What stands before and after the pages: head, style, overview; what made the results."""

from __future__ import annotations

import json
from pathlib import Path

from digitize.export.html.doubtful import LeastCertain
from digitize.export.html.histogram import Histogram
from digitize.export.html.overview import Documents
from digitize.export.html.words import shown
from digitize.export.traced import options_of_the_result
from digitize.records import Provenance

STYLE = Path(__file__).with_name("style.css")

_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
"""What browsers may load (Content Security Policy, W3C): nothing but what is in the file."""


def before_pages(documents: Documents, histogram: Histogram, doubtful: LeastCertain) -> str:
    """Return the file up to its pages."""
    parts = (
        documents.counts_as_html(),
        documents.failures_as_html(),
        histogram.as_html(),
        doubtful.as_html(),
        documents.as_html(),
    )
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>What digitize read</title>\n<style>\n{STYLE.read_text('utf-8')}</style></head>\n"
        f"<body><h1>What digitize read</h1>\n{''.join(parts)}"
        '<section><h2>Pages</h2><p><span class="ok key"></span> accepted '
        '<span class="review key"></span> to review. Point at a box to see what was read.</p>'
        "</section>\n"
    )


def after_pages(made: Provenance) -> str:
    """Return the file from its pages on."""
    model = f", model {shown(made.model)} {shown(made.model_sha256)}" if made.model else ""
    readers = "".join(
        f", {shown(name)} {shown(sha)}" for name, sha in sorted(made.page_readers.items())
    )
    options = json.dumps(options_of_the_result(made), indent=1, default=str, ensure_ascii=False)
    return (
        f"<footer><p>{shown(made.program)} {shown(made.version)}{model}{readers}</p>\n"
        f"<details><summary>Options</summary><pre>{shown_lines(options)}</pre></details>"
        "</footer></body></html>\n"
    )


def shown_lines(text: str) -> str:
    """Return `text` escaped, its line breaks kept."""
    return "\n".join(map(shown, text.split("\n")))

"""One JSON file per document: all that was read, without loss, to be read back or by programs.

`digitize.schema.json` beside this file is its JSON Schema (draft 2020-12). Floats are written so
that they come back the same (repr), one number of a page to a line. Boxes are
`[x, y, width, height]` in pixels of the page as loaded, origin top-left.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from digitize.export.text_files import TextFiles
from digitize.export.traced import makers_entry, options_of_the_result
from digitize.records import Box, Digit, DocumentResult, Number, PageResult, Provenance

SCHEMA_VERSION = 1
"""Rises when a key changes its meaning or goes; more keys alone do not raise it."""

FORMAT = "digitize document"
"""The value of `format`, by which such a file is told from any other JSON."""

SCHEMA = Path(__file__).with_name("digitize.schema.json")

SUFFIX = ".json"


class JsonWriter(TextFiles):
    """Writes each document's JSON file as it comes."""

    suffix = SUFFIX

    def pieces(self, document: DocumentResult) -> Iterator[str]:
        """Return the file's content, in pieces."""
        return document_pieces(document, self.made)


def document_pieces(document: DocumentResult, made: Provenance) -> Iterator[str]:
    """Yield a document as JSON, in pieces."""
    head = json.dumps(_head(document, made), ensure_ascii=False, default=str)
    yield f'{head[:-1]},\n"pages": ['
    for place, page in enumerate(document.pages):
        yield ",\n" if place else "\n"
        yield from _page_pieces(page)
    yield "\n]}\n"


def _page_pieces(page: PageResult) -> Iterator[str]:
    yield f'{_dumped(_page_head(page))[:-1]}, "numbers": ['
    for place, number in enumerate(page.numbers):
        yield ",\n" if place else "\n"
        yield _dumped(_number_entry(number))
    yield "]}"


def _dumped(entry: dict[str, Any]) -> str:
    return json.dumps(entry, ensure_ascii=False, allow_nan=False)


def _head(document: DocumentResult, made: Provenance) -> dict[str, Any]:
    """Return all of a document but its pages."""
    return {
        "format": FORMAT,
        "schema_version": SCHEMA_VERSION,
        **makers_entry(made),
        "options": options_of_the_result(made),
        "document": document.document,
        "source": document.shown_source,
    }


def page_entry(page: PageResult) -> dict[str, Any]:
    """Return a page as an object of JSON."""
    return {**_page_head(page), "numbers": [_number_entry(number) for number in page.numbers]}


def _page_head(page: PageResult) -> dict[str, Any]:
    """Return all of a page but its numbers."""
    return {
        "page": int(page.number),
        "width": int(page.width),
        "height": int(page.height),
        "dpi": float(page.dpi),
        "skew_degrees": float(page.skew_degrees),
        "turn": int(page.turn),
    }


def _number_entry(number: Number) -> dict[str, Any]:
    return {
        "text": number.text,
        "confidence": float(number.confidence),
        "status": number.status.value,
        "doubted": bool(number.doubted),
        "line": int(number.line),
        "box": _box_entry(number.box),
        "digits": [_digit_entry(digit) for digit in number.digits],
    }


def _digit_entry(digit: Digit) -> dict[str, Any]:
    return {
        "digit": int(digit.digit),
        "confidence": float(digit.confidence),
        "status": digit.status.value,
        "box": _box_entry(digit.box),
        "alternatives": [
            {"digit": int(other), "confidence": float(confidence)}
            for other, confidence in digit.alternatives
        ],
        "cut": bool(digit.cut),
        "stroke": float(digit.stroke),
        "contrast": float(digit.contrast),
    }


def _box_entry(box: Box) -> list[float]:
    return [float(box.x), float(box.y), float(box.width), float(box.height)]

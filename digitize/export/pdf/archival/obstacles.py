"""What in a PDF stands against PDF/A-2b, in words for its owner (ISO 19005-2:2011, clause 6).

Every dictionary and stream is looked at once, and the drawing of every page and form. It is no full
validation: what is found is an obstacle for certain; glyphs, curves and JPEG 2000 are not opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from digitize.export.pdf.archival.colours import archival_intents
from digitize.export.pdf.archival.drawings import drawing_reasons
from digitize.export.pdf.archival.metadata import unknown_schemas
from digitize.export.pdf.archival.rules import RULES
from digitize.export.pdf.place import LONGEST_SIDE, SHORTEST_SIDE

if TYPE_CHECKING:
    from pikepdf import Pdf

RGB = 3
"""Channels of the colours that pictures and marks have."""

MOST_TOLD = 3
"""Reasons named of one PDF; the first decides already."""

_DEEPEST = 64
"""Of dictionaries within one object; a damaged file may nest without end."""


def obstacles_to(pdf: Pdf) -> tuple[str, ...]:
    """Return why `pdf` cannot be a PDF/A, the first few reasons; empty where nothing is known."""
    found: dict[str, None] = {}
    for reason in _reasons(pdf):
        found[reason] = None
        if len(found) == MOST_TOLD:
            break
    return tuple(found)


def _reasons(pdf: Pdf) -> Iterator[str]:
    yield from _catalog_reasons(pdf)
    yield from _page_reasons(pdf)
    yield from drawing_reasons(pdf)
    for thing in pdf.objects:
        for entry in _dictionaries(thing):
            for rule in RULES:
                yield from rule(entry)


def _catalog_reasons(pdf: Pdf) -> Iterator[str]:
    root: Any = pdf.Root
    names: Any = root.get("/Names", {})
    form: Any = root.get("/AcroForm", {})
    if "/JavaScript" in names:
        yield "it runs scripts"
    if "/EmbeddedFiles" in names:
        yield "files are attached to it"
    if "/XFA" in form or bool(form.get("/NeedAppearances", False)):
        yield "it has a form that viewers draw by themselves"
    if any(int(intent["/DestOutputProfile"]["/N"]) != RGB for intent in archival_intents(pdf)):
        yield "its colours are meant for a device that is not RGB"
    if any("/AS" in shown for shown in _configurations(root)):
        yield "its layers switch by themselves"
    for schema in unknown_schemas(pdf):
        yield f"its metadata use a schema that they do not describe, {schema}"


def _configurations(root: Any) -> list[Any]:
    properties = root.get("/OCProperties", {})
    shown = [properties["/D"]] if "/D" in properties else []
    return [*shown, *properties.get("/Configs", ())]


def _page_reasons(pdf: Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        sides = abs(right - left), abs(top - bottom)
        if min(sides) < SHORTEST_SIDE or max(sides) > LONGEST_SIDE:
            yield f"page {number} is too small or too large"


def _dictionaries(thing: Any, depth: int = 0) -> Iterator[Any]:
    """Yield an object's own dictionaries: itself, and those written within it."""
    from pikepdf import Array, Dictionary, Stream

    if depth > _DEEPEST:
        return
    if isinstance(thing, (Dictionary, Stream)):
        yield thing
        inner = [value for _, value in thing.items()]
    elif isinstance(thing, Array):
        inner = list(thing)
    else:
        return
    for value in inner:
        if isinstance(value, (Array, Dictionary)) and not value.is_indirect:
            yield from _dictionaries(value, depth + 1)

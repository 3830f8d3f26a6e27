"""What a person at a terminal sees of the hits of a search: a line each, the surest first."""

from __future__ import annotations

from collections.abc import Sequence

from digitize.export.tables import shown_confidence
from digitize.search.find import Hit
from digitize.terminal import count, printable


def describe_hits(hits: Sequence[Hit], pictures: Sequence[str | None] = ()) -> str:
    """Return the hits as a table of text; pictures: the file of each, None where there is none.

    Ends with how many there are; a number that was read as something else says so.
    """
    table = [("text", "confidence", "page", "line", "number", "document", "")]
    for place, hit in enumerate(hits):
        picture = pictures[place] if place < len(pictures) else None
        where = (str(hit.page), str(hit.line), str(hit.number), printable(hit.document))
        table.append((hit.text, shown_confidence(hit.confidence), *where, _note(hit, picture)))
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = [
        "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
    return "\n".join([*(lines if hits else ()), f"{count(len(hits), 'number')} found"])


def _note(hit: Hit, picture: str | None) -> str:
    read = f"read as {hit.read}" if hit.read != hit.text else ""
    return ", ".join(part for part in (read, picture) if part)

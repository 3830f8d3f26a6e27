"""What a person at a terminal sees of the hits of a search: a line each, the surest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digitize.errors import UnreadableInput
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


def describe_missing(
    hits: Sequence[Hit], pictures: Sequence[str | None], changed: Mapping[str, UnreadableInput]
) -> list[str]:
    """Return a line for each changed document, and more for the other hits without a picture.

    pictures: the file of each hit, None where there is none. changed: why, by the document's name.
    """
    lines = [printable(f"{document}: {why}") for document, why in changed.items()]
    drawn = zip(hits, pictures, strict=True)
    others = [hit for hit, picture in drawn if not picture and hit.document not in changed]
    in_stores = sum(hit.origin is not None for hit in others)
    if here := len(others) - in_stores:
        lines.append(
            f"{count(here, 'hit')} without a picture: the document is gone, protected or of "
            "another shape by now. Search from the folder in which the run was started, or give "
            "--password-file."
        )
    if in_stores:
        lines.append(
            f"{count(in_stores, 'hit')} without a picture: the document lies in a store, from "
            "where search fetches none. digitize export OUT --format pdf does, and marks its "
            "numbers."
        )
    return lines


def _note(hit: Hit, picture: str | None) -> str:
    read = f"read as {hit.read}" if hit.read != hit.text else ""
    return ", ".join(part for part in (read, picture) if part)

"""What the documents of a run held when their files were made, as its journal tells."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from digitize.batch.journal import JOURNAL
from digitize.batch.journal_lines import parse_line


@dataclass(frozen=True, slots=True)
class LeftContent:
    """What a document held; sha256: as content_hash gave it, None where that could not be told.

    fetched: the SHA-256 of a document that was fetched from a store, None where it was not.
    """

    sha256: str | None
    fetched: str | None = None


UNKNOWN = LeftContent(None)


def left_contents(out: Path) -> dict[str, tuple[LeftContent, ...]]:
    """Return what each document held whenever files of it were written, the last one last, by name.

    Those of which the journal in `out` does not tell are not in it; none are where there is none.
    """
    found: dict[str, tuple[LeftContent, ...]] = {}
    fetched: dict[str, str | None] = {}  # by content, or where that could not be told by name
    with suppress(OSError), (out / JOURNAL).open("rb") as lines:
        for text in lines:
            entry, _ = parse_line(text, 0) or ({}, None)
            name, content = str(entry.get("document")), _sha256(entry.get("sha256"))
            if entry.get("unit") == "document":
                fetched[content or name] = _sha256(entry.get("fetched_sha256"))
            elif entry.get("unit") == "files":
                held = LeftContent(content, fetched.get(content or name))
                found[name] = (*found.get(name, ()), held)
    return found


def _sha256(told: object) -> str | None:
    return told if isinstance(told, str) else None

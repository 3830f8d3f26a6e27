"""What the documents of a run held when their files were made, as its journal tells."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from digitize.batch.journal import JOURNAL
from digitize.batch.journal_lines import parse_line


def left_contents(out: Path) -> dict[str, tuple[str, ...]]:
    """Return each document's SHA-256 whenever files of it were written, the last one last, by name.

    Those of which the journal in `out` does not tell are not in it; none are where there is none.
    """
    found: dict[str, tuple[str, ...]] = {}
    with suppress(OSError), (out / JOURNAL).open("rb") as lines:
        for text in lines:
            entry, _ = parse_line(text, 0) or ({}, None)
            if entry.get("unit") == "files" and entry.get("sha256"):
                name = str(entry.get("document"))
                found[name] = (*found.get(name, ()), str(entry["sha256"]))
    return found

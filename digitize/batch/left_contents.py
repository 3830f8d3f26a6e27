"""What the documents of a run held when their files were made, as its journal tells."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from digitize.batch.journal import JOURNAL
from digitize.batch.journal_lines import parse_line


def left_contents(out: Path) -> dict[str, str]:
    """Return the SHA-256 of each document of which the run in `out` wrote files, by its name.

    Those of which the journal does not tell are not in it; none are where there is no journal.
    """
    found: dict[str, str] = {}
    with suppress(OSError), (out / JOURNAL).open("rb") as lines:
        for text in lines:
            entry, _ = parse_line(text, 0) or ({}, None)
            if entry.get("unit") == "files" and entry.get("sha256"):
                found[str(entry.get("document"))] = str(entry["sha256"])  # the last is on the disk
    return found

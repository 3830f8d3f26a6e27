"""A journal read: what it tells, as far as it is whole, and whether this run may go on with it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from digitize.batch.journal_header import FORMAT, differences
from digitize.batch.journal_lines import parse_line
from digitize.batch.known import Known
from digitize.errors import UsageError
from digitize.export.atomic import writing

MOST_NAMED = 5  # differences in one message; one option may set several


def known_from(path: Path, header: Mapping[str, Any]) -> Known:
    """Return what the journal at `path` tells; nothing where there is none. See read_journal."""
    if not path.exists():
        return Known()
    with writing(path), path.open("rb") as lines:
        return read_journal(lines, path, header)[0]


def read_journal(lines: BinaryIO, path: Path, header: Mapping[str, Any]) -> tuple[Known, int]:
    """Return what a journal tells, and where its last whole line ends, in bytes.

    A line that is damaged counts for nothing. UsageError where the journal was begun in another
    way than `header` says.
    """
    known, end = Known(), 0
    for number, text in enumerate(lines):
        if not text.endswith(b"\n"):
            break
        found = parse_line(text, end)
        if number == 0:
            check_header(found[0] if found else {}, header, path)
        elif found:
            with suppress(KeyError, TypeError, ValueError):
                known.add(*found)
        end += len(text)
    return known, end


def check_header(there: Mapping[str, Any], header: Mapping[str, Any], path: Path) -> None:
    """Raise UsageError where a journal was made by another program, model or options."""
    if there.get("format") != FORMAT:
        raise UsageError(
            f"{path}: it is no journal that digitize wrote",
            "Choose another folder with -o, or start anew with --overwrite",
        )
    if found := differences(there, header):
        more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        raise UsageError(
            f"{path.parent} holds a run that was made in another way: "
            f"{'; '.join(found[:MOST_NAMED])}{more}",
            "Ask for the same, choose another folder with -o, or start anew with --overwrite",
        )

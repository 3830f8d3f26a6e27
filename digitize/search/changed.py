"""Hits whose documents are no longer what was read: a box drawn there would mark something else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from digitize.batch.content import check_content
from digitize.batch.journal import JOURNAL
from digitize.batch.left_contents import UNKNOWN, left_contents
from digitize.errors import UnreadableInput
from digitize.export.sqlite import INDEX
from digitize.search.find import Hit


def is_behind(out: Path) -> bool:
    """Tell whether a run has gone on since the index in `out` was made, and not ended yet."""
    try:
        return (out / JOURNAL).stat().st_mtime_ns > (out / INDEX).stat().st_mtime_ns
    except OSError:
        return False


def changed_originals(out: Path, hits: Sequence[Hit]) -> dict[str, UnreadableInput]:
    """Return what is to be told of each document that was changed since the run in `out` read it.

    By the document's name, in the order of the hits. One of which the run's journal does not tell
    is not in it. Where that run has gone on since the index was made, what the journal tells last
    may be of readings that the index does not have.
    """
    contents = left_contents(out)
    back = -2 if is_behind(out) else -1
    changed: dict[str, UnreadableInput] = {}
    for document, source in {hit.document: hit.place.source for hit in hits}.items():
        held = contents.get(document, (UNKNOWN,))[back:][0]
        try:
            check_content(source, held.sha256)
        except UnreadableInput as error:
            changed[document] = error
    return changed

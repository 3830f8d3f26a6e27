"""Hits whose documents are no longer what was read: a box drawn there would mark something else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from digitize.batch.content import check_content
from digitize.batch.left_contents import left_contents
from digitize.errors import UnreadableInput
from digitize.search.find import Hit


def changed_originals(out: Path, hits: Sequence[Hit]) -> dict[str, UnreadableInput]:
    """Return what is to be told of each document that was changed since the run in `out` read it.

    By the document's name, in the order of the hits. One of which the run's journal does not tell
    is not in it.
    """
    contents = left_contents(out)
    changed: dict[str, UnreadableInput] = {}
    for document, source in {hit.document: hit.place.source for hit in hits}.items():
        try:
            check_content(source, contents.get(document))
        except UnreadableInput as error:
            changed[document] = error
    return changed

"""`digitize run --dry-run`: what would be read, a line per document on standard output."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from digitize.batch.dry_run import Prospect
    from digitize.batch.store import Store
    from digitize.load import InputDocument
    from digitize.options import RunOptions


def list_prospects(
    documents: Sequence[InputDocument], out: Path | Store | None, options: RunOptions
) -> None:
    """Print what a run with these options would do, and on standard error what it comes to."""
    from digitize.batch.dry_run import dry_run
    from digitize.batch.run_into_store import folder_of
    from digitize.terminal import count

    found = 0, 0, 0
    with ExitStack() as stack:
        held = None
        if out is not None and not isinstance(out, Path):
            out, held = stack.enter_context(folder_of(out, options))
        for one in dry_run(documents, out, options, held):
            click.echo(describe_prospect(one))
            found = found[0] + one.in_journal, found[1] + one.to_read, found[2] + bool(one.failure)
    in_journal, to_read, closed = found
    click.echo(
        f"{count(len(documents), 'document')}, {count(in_journal + to_read, 'page')}: "
        f"{in_journal:,} in the journal, {to_read:,} to read; "
        f"{count(closed, 'document')} cannot be opened",
        err=True,
    )


def describe_prospect(one: Prospect) -> str:
    """Return a document in a line: its pages, and how many of them the journal holds."""
    from digitize.terminal import count, printable

    if one.failure:
        return printable(f"{one.document}: {one.failure.cause}")
    held = f", {one.in_journal:,} in the journal" if one.in_journal else ""
    return printable(f"{one.document}: {count(one.pages, 'page')}{held}")

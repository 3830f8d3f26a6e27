"""What a run has to say of documents that were read, and that their owners should know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from digitize.export import Summary


def say_notes(summary: Summary) -> None:
    """Print every note of a document on standard error, a line each."""
    from digitize.terminal import printable

    for entry in summary.entries:
        notes = entry.get("notes", [])
        for note in notes if isinstance(notes, list) else []:
            click.echo(printable(f"{entry['document']}: {note}."), err=True)

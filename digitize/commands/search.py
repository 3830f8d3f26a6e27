"""`digitize search`: a number found in what a run left."""

from __future__ import annotations

import json
from pathlib import Path

import click

from digitize.commands.parameters import SETTINGS, folder_here, folder_if_given, read_passwords


@click.command(context_settings={**SETTINGS, "ignore_unknown_options": True})  # -12 is a number
@click.argument("out", type=click.Path(), callback=folder_here, metavar="OUT")
@click.argument("text", metavar="TEXT")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array on stdout.")
@click.option("--show", type=click.Path(), callback=folder_if_given, metavar="DIR",
              help="Write a picture of each hit into this folder, the number boxed; the documents "
                   "must still be where they were read.")  # fmt: skip
@click.option("--password-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Passwords for encrypted PDFs, one a line, for --show.")  # fmt: skip
def search(
    out: Path, text: str, as_json: bool, show: Path | None, password_file: Path | None
) -> None:
    """Find a number in what a run left in OUT, also where it was first read as another.

    TEXT is digits, with a point as the decimal mark: 1203, 12.5 or -7; 12* finds all that begins
    with 12. The surest come first; "read as" marks hits whose first reading was another. The index
    is OUT/search.sqlite; it is made from the JSON files where the run wrote none.

    \b
    Examples:
      digitize search results 1203
      digitize search results "12*" --json
      digitize search results 1203 --show hits
    """
    from digitize.search import (
        changed_originals,
        describe_hits,
        describe_missing,
        draw_hits,
        renew_index,
    )
    from digitize.search import search as find_hits

    renew_index(out)
    hits = find_hits(out, text)
    passwords = read_passwords(password_file) if password_file else ()
    changed = changed_originals(out, hits) if show else {}
    pictures = draw_hits(hits, show, passwords, changed) if show else [None] * len(hits)
    if as_json:
        pairs = zip(hits, pictures, strict=True)
        shown = [{**hit.as_json(), "picture": picture} for hit, picture in pairs]
        click.echo(json.dumps(shown, indent=1))
    else:
        click.echo(describe_hits(hits, pictures))
    for line in describe_missing(hits, pictures, changed) if show else ():
        click.echo(line, err=True)

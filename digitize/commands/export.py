"""`digitize export`: more formats from what a run left."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digitize.commands.ending import exit_code, interrupt
from digitize.commands.notes import say_notes
from digitize.commands.parameters import (
    AS_IN_THE_RUN,
    LATER_FORMATS,
    SETTINGS,
    csv_dialect_option,
    existing_folder,
    marks_option,
    parse_formats,
    read_passwords,
)

if TYPE_CHECKING:
    from digitize.export.writer import CsvDialect, Marks


def parse_later_formats(
    context: click.Context, option: click.Parameter, value: str
) -> tuple[str, ...]:
    """Return the formats of a comma-separated list; JSON is what they are written from."""
    names = parse_formats(context, option, value, LATER_FORMATS)
    if "json" in names:
        raise click.BadParameter("json is what the others are written from; name other formats")
    return names


@click.command(context_settings=SETTINGS)
@click.argument("out", type=click.Path(), callback=existing_folder)
@click.option("--format", "formats", required=True, callback=parse_later_formats,
              help=f"What to write, separated by commas: {LATER_FORMATS}; replaces what is "
                   "there.")  # fmt: skip
@csv_dialect_option(AS_IN_THE_RUN)
@marks_option(AS_IN_THE_RUN)
@click.option("--password-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Passwords for encrypted PDFs, one a line; each is tried.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something failed.")
@click.option("-v", "--verbose", is_flag=True, help="Name each document as it is finished.")
def export(
    out: Path,
    formats: tuple[str, ...],
    csv_dialect: CsvDialect | None,
    marks: Marks | None,
    password_file: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write more formats into OUT, from the JSON files of its run; nothing is read again.

    The run needs json among its formats. PDFs need the original documents too, unchanged; xlsx and
    html lose their pictures without them.

    \b
    Examples:
      digitize run scans/ -o results --format json,csv
      digitize export results --format pdf,hocr,alto
      digitize export results --format csv --csv-dialect excel
    """
    from digitize.batch.again import export_again
    from digitize.export.wanted import Wanted
    from digitize.terminal import ProgressBar, count, printable

    signal.signal(signal.SIGTERM, interrupt)
    passwords = read_passwords(password_file) if password_file else ()
    wanted = Wanted(passwords=passwords, marks=marks, csv_dialect=csv_dialect)
    told = ProgressBar(0, visible=False, verbose=verbose)
    try:
        summary = export_again(out, formats, wanted, told)
    finally:
        for line in told.failures:
            click.echo(line, err=True)
    if not quiet:
        say_notes(summary)
    if not quiet or told.failures:
        partly = f", {summary.partly} of them in part" if summary.partly else ""
        some = f"{summary.documents - summary.failed} of " if summary.failed else ""
        documents = f"{some}{count(summary.documents, 'document')}"
        written = f"{documents} written as {', '.join(formats)}{partly}"
        click.echo(printable(f"{written}: {out}"), err=True)
    sys.exit(exit_code(summary))

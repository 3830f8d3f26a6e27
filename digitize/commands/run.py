"""`digitize run`: documents in, tables and searchable PDFs out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digitize.commands.ending import exit_code, interrupt_then_leave
from digitize.commands.ending_told import ending_told
from digitize.commands.engine_options import engine_options, make_engine_options, usable_cores
from digitize.commands.parameters import (
    DEFAULT_MODEL,
    FORMATS,
    SETTINGS,
    csv_dialect_option,
    finite,
    folder_if_given,
    marks_option,
    parse_formats,
    parse_share,
    place_or_stdout,
    read_passwords,
)
from digitize.commands.passes import Sight, outside, read_pass, watch
from digitize.commands.prospects import list_prospects
from digitize.commands.refusals import refuse_what_does_not_go_together

if TYPE_CHECKING:
    from digitize.batch.store import Store
    from digitize.options import RunOptions


@click.command(context_settings=SETTINGS)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", "out", required=True, type=click.Path(),
              callback=place_or_stdout,
              help="Folder for the results, made if it is not there; or its address, such as "
                   "s3://bucket/results. -: a line of JSON per page on standard output, no "
                   "folder.")  # fmt: skip
@click.option("--model", default=DEFAULT_MODEL, show_default=True, metavar="NAME|PATH.onnx",
              help="Classifier: one that `digitize models` lists, or a file.")  # fmt: skip
@click.option("--format", "formats", default="csv,pdf", show_default=True, callback=parse_formats,
              help=f"What to write, separated by commas: {FORMATS}; report.json always "
                   "is.")  # fmt: skip
@csv_dialect_option()
@marks_option()
@click.option("--layout", type=click.Choice(["page", "number"]), default="page", show_default=True,
              help="Whole pages, or pictures that are one cropped number each.")  # fmt: skip
@click.option("--printed", type=click.Choice(["skip", "keep"]), default="skip", show_default=True,
              help="Whether printed digits are read as well as handwritten ones.")  # fmt: skip
@click.option("--second-reader", type=click.Choice(["on", "off"]), default="on", show_default=True,
              help="Whether every number is read once more, as a whole; where the two readers "
                   "differ, it is for review.")  # fmt: skip
@click.option("--orientation", type=click.Choice(["auto", "0", "90", "180", "270"]),
              default="auto", show_default=True,
              help="Degrees clockwise by which pages are turned to be upright; auto: their digits "
                   "tell.")  # fmt: skip
@click.option("--pages", metavar="RANGES", help="Pages to read, such as 1-3,7. Default: all.")
@click.option("--dpi", type=click.IntRange(50, 1200), default=300, show_default=True,
              help="Resolution for PDF pages that are drawn; scans keep their own.")  # fmt: skip
@click.option("--review-below", type=click.FloatRange(0, 1), default=0.95, show_default=True,
              callback=finite,
              help="Numbers less certain than this are marked for review.")  # fmt: skip
@click.option("--max-error", metavar="PERCENT", callback=parse_share,
              help="Accept as many numbers as keep the error among them below this, such as "
                   "0.5%, with 95 % confidence; the rest is for review.")  # fmt: skip
@click.option("--pdf-renderer", type=click.Choice(["pdfium", "poppler"]), default="pdfium",
              show_default=True, help="What draws PDF pages that are not scans.")  # fmt: skip
@click.option("--password-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Passwords for encrypted PDFs, one a line; each is tried.")  # fmt: skip
@click.option("--max-megapixels", type=click.FloatRange(min=0, min_open=True), default=150,
              callback=finite,
              show_default=True, help="Refuse pictures larger than this.")  # fmt: skip
@click.option("--debug", type=click.Path(file_okay=False), callback=folder_if_given, metavar="DIR",
              help="Draw every stage of every page as pictures in this folder.")  # fmt: skip
@engine_options
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something failed.")
@click.option("-v", "--verbose", is_flag=True, help="Name each document as it is finished.")
def run(
    inputs: tuple[str, ...], out: Path | Store | None, quiet: bool, verbose: bool, **given: Any
) -> None:
    """Read files, folders (with all inside) or patterns; write tables and searchable PDFs.

    Each INPUT may be an address: s3://, gs://, https:// and others of fsspec (extra `cloud`).
    OUT gets numbers.csv, digits.csv, a PDF per document and report.json. Exit codes: 0 all read,
    2 bad usage, 3 some documents failed, 4 nothing could be read, 5 output not writable,
    6 model unusable, 130 interrupted: the same command with --resume goes on.

    \b
    Examples:
      digitize run exam-scans/ -o results
      digitize run "scans/*.tif" -o results --pages 1 --review-below 0.99
      digitize run exam-scans/ -o results --max-error 0.5%
      digitize run crops/ -o results --layout number --second-reader off
      digitize run one-page.jpg -o results --debug stages
      digitize run secret.pdf -o results --password-file passwords.txt
      digitize run s3://scans/night -o s3://results/night --resume
      digitize run scans/ -o - | jq -r ".numbers[].text"
    """
    from digitize.batch import JsonLog

    refuse_what_does_not_go_together(out, given)
    log = JsonLog(sys.stderr) if given["log_json"] else None
    with interrupt_then_leave(), ending_told(out, log):
        options = make_options(**given)
        sight = Sight(quiet=quiet or log is not None, verbose=verbose and log is None, log=log)
        if given["watch"]:
            watch(inputs, out, options, sight)
        found = outside(out, inputs)
        if given["dry_run"]:
            list_prospects(found.documents, out, options)
            return
        summary = read_pass(found, out, options, sight)
    sys.exit(exit_code(summary))


def make_options(**given: Any) -> RunOptions:
    """Return the run's options from those of the command line."""
    from digitize import options as o
    from digitize.load import LoadOptions, parse_page_ranges

    passwords = given["password_file"]
    page = o.page_options(
        given["layout"], given["review_below"], given["printed"], given["orientation"]
    )
    load = LoadOptions(
        dpi=given["dpi"],
        pdf_renderer=given["pdf_renderer"],
        passwords=read_passwords(passwords) if passwords else (),
        pages=parse_page_ranges(given["pages"]) if given["pages"] is not None else None,
        max_megapixels=given["max_megapixels"],
    )
    return o.RunOptions(
        load,
        page,
        given["model"],
        given["formats"],
        given["jobs"] or usable_cores(),
        overwrite=given["overwrite"],
        second_reader=given["second_reader"] == "on",
        debug=given["debug"],
        max_error=given["max_error"],
        engine=make_engine_options(given),
        csv_dialect=given["csv_dialect"],
        marks=given["marks"],
    )

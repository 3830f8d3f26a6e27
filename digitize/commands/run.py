"""`digitize run`: documents in, tables and searchable PDFs out."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digitize.commands.ending import exit_code, interrupt
from digitize.commands.parameters import (
    DEFAULT_MODEL,
    SETTINGS,
    finite,
    named_folder,
    parse_formats,
    parse_share,
    read_passwords,
)

if TYPE_CHECKING:
    from digitize.load import InputDocument
    from digitize.options import RunOptions


@click.command(context_settings=SETTINGS)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("-o", "--output", "out", required=True, type=click.Path(),
              callback=named_folder,
              help="Folder for the results; made if it is not there.")  # fmt: skip
@click.option("--model", default=DEFAULT_MODEL, show_default=True, metavar="NAME|PATH.onnx",
              help="Classifier: one that `digitize models` lists, or a file.")  # fmt: skip
@click.option("--format", "formats", default="csv,pdf", show_default=True, callback=parse_formats,
              help="What to write, separated by commas; report.json always is.")  # fmt: skip
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
@click.option("-j", "--jobs", type=click.IntRange(1), default=None,
              help="Documents read at once. Default: one per core.")  # fmt: skip
@click.option("--debug", type=click.Path(file_okay=False, path_type=Path), metavar="DIR",
              help="Draw every stage of every page as pictures in this folder.")  # fmt: skip
@click.option("--overwrite", is_flag=True, help="Replace results that the folder already holds.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something failed.")
@click.option("-v", "--verbose", is_flag=True, help="Name each document as it is finished.")
def run(inputs: tuple[str, ...], out: Path, quiet: bool, verbose: bool, **given: Any) -> None:
    """Read files, folders (with all inside) or patterns; write tables and searchable PDFs.

    OUT gets numbers.csv, digits.csv, a PDF per document and report.json. Exit codes: 0 all read,
    2 bad usage, 3 some documents failed, 4 nothing could be read, 5 output not writable,
    6 model unusable, 130 interrupted.

    \b
    Examples:
      digitize run exam-scans/ -o results
      digitize run "scans/*.tif" -o results --pages 1 --review-below 0.99
      digitize run exam-scans/ -o results --max-error 0.5%
      digitize run crops/ -o results --layout number --second-reader off
      digitize run one-page.jpg -o results --debug stages
      digitize run secret.pdf -o results --password-file passwords.txt
    """
    from digitize.batch import run as run_batch
    from digitize.terminal import ProgressBar, describe_summary

    refuse_two_thresholds(given["max_error"])
    started = time.perf_counter()
    signal.signal(signal.SIGTERM, interrupt)  # as a scheduler stops a job: like Ctrl-C
    documents = outside(out, inputs)
    options = make_options(len(documents), **given)
    with ProgressBar(
        len(documents), visible=not quiet and sys.stderr.isatty(), verbose=verbose
    ) as bar:
        summary = run_batch(documents, out, options, bar)
    for line in bar.failures:
        click.echo(line, err=True)
    if not quiet or bar.failures:
        click.echo(describe_summary(summary, time.perf_counter() - started), err=True)
    if not quiet:
        click.echo(f"Results: {out}", err=True)
    sys.exit(exit_code(summary))


def outside(out: Path, inputs: tuple[str, ...]) -> list[InputDocument]:
    """Return the documents that `inputs` name, but for earlier results in `out` itself."""
    from digitize.errors import UsageError
    from digitize.load import find_documents

    found = find_documents(inputs)
    folder = out.resolve()
    documents = [document for document in found if folder not in document.path.resolve().parents]
    if not documents:
        raise UsageError(
            f"all that was given lies in the output folder {out}", "Choose another folder with -o"
        )
    if left_out := len(found) - len(documents):
        click.echo(f"Not read, since they lie in the output folder: {left_out} files", err=True)
    return documents


def refuse_two_thresholds(max_error: float | None) -> None:
    """Raise UsageError where both --max-error and --review-below are on the command line."""
    from digitize.errors import UsageError

    source = click.get_current_context().get_parameter_source("review_below")
    if max_error is not None and source is click.core.ParameterSource.COMMANDLINE:
        raise UsageError(
            "--max-error and --review-below both say how sure a number must be",
            "Give one of them",
        )


def make_options(documents: int, **given: Any) -> RunOptions:
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
    jobs = given["jobs"] or min(documents, os.cpu_count() or 1)
    return o.RunOptions(
        load,
        page,
        given["model"],
        given["formats"],
        jobs,
        overwrite=given["overwrite"],
        second_reader=given["second_reader"] == "on",
        debug=given["debug"],
        max_error=given["max_error"],
    )

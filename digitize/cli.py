"""The command line: options in, one call, one line out. Heavy imports stay inside the commands."""

from __future__ import annotations

import json
import math
import os
import signal
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digitize import __version__
from digitize.errors import DigitizeError, ExitCode

if TYPE_CHECKING:
    from digitize.export import Summary
    from digitize.load import InputDocument
    from digitize.options import RunOptions

DEFAULT_MODEL = "cnn"
SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def failed(message: str, exit_code: int) -> click.ClickException:
    """Return the exception by which click shows `message` and ends with `exit_code`."""
    exception = click.ClickException(message)
    setattr(exception, "exit_code", exit_code)  # noqa: B010 -- click reads it from the instance
    return exception


class Commands(click.Group):
    """A group whose commands may raise DigitizeError: no traceback reaches the user."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; turn our errors and an interruption into a line and an exit code."""
        try:
            return super().invoke(context)
        except DigitizeError as error:
            from digitize.terminal import printable

            raise failed(printable(str(error)), error.exit_code) from error
        except KeyboardInterrupt as error:
            message = "interrupted; what is finished stays, report.json is not written"
            raise failed(message, ExitCode.INTERRUPTED) from error


@click.group(
    cls=Commands,
    context_settings=SETTINGS,
)
@click.version_option(__version__, prog_name="digitize")
def main() -> None:
    """Turn scans of handwritten numbers into searchable PDFs and tables you can trust.

    \b
    Examples:
      digitize run scans/ -o results
      digitize run sheet.pdf photo.jpg -o results --model svm
      digitize run crops/ -o results --layout number
      digitize models
    """


def parse_formats(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    """Return the formats of a comma-separated list, each once."""
    from digitize.export import WRITERS

    names = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
    unknown = [name for name in names if name not in WRITERS]
    if unknown or not names:
        raise click.BadParameter(f"choose from {', '.join(WRITERS)}, separated by commas")
    return names


def named_folder(_context: click.Context, _option: click.Parameter, value: str) -> Path:
    """Return the folder; empty text, as of a variable that is not set, would be the current one."""
    if not value:
        raise click.BadParameter("give a folder")
    return Path(value)


def finite(_context: click.Context, _option: click.Parameter, value: float) -> float:
    """Return the value; "nan" is in every range for click, and is refused here."""
    if not math.isfinite(value):
        raise click.BadParameter("give a number")
    return value


@main.command(context_settings=SETTINGS)
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
@click.option("--pages", metavar="RANGES", help="Pages to read, such as 1-3,7. Default: all.")
@click.option("--dpi", type=click.IntRange(50, 1200), default=300, show_default=True,
              help="Resolution for PDF pages that are drawn; scans keep their own.")  # fmt: skip
@click.option("--review-below", type=click.FloatRange(0, 1), default=0.95, show_default=True,
              callback=finite,
              help="Numbers less certain than this are marked for review.")  # fmt: skip
@click.option("--pdf-renderer", type=click.Choice(["pdfium", "poppler"]), default="pdfium",
              show_default=True, help="What draws PDF pages that are not scans.")  # fmt: skip
@click.option("--password-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Passwords for encrypted PDFs, one a line; each is tried.")  # fmt: skip
@click.option("--max-megapixels", type=click.FloatRange(min=0, min_open=True), default=150,
              callback=finite,
              show_default=True, help="Refuse pictures larger than this.")  # fmt: skip
@click.option("-j", "--jobs", type=click.IntRange(1), default=None,
              help="Documents read at once. Default: one per core.")  # fmt: skip
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
      digitize run secret.pdf -o results --password-file passwords.txt
    """
    from digitize.batch import run as run_batch
    from digitize.terminal import ProgressBar, describe_summary

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


def interrupt(_signal: int, _frame: object) -> None:
    """End the run as Ctrl-C does."""
    raise KeyboardInterrupt


def make_options(documents: int, **given: Any) -> RunOptions:
    """Return the run's options from those of the command line."""
    from digitize import options as o
    from digitize.load import LoadOptions, parse_page_ranges

    passwords = given["password_file"]
    page = o.page_options(given["layout"], given["review_below"])
    load = LoadOptions(
        dpi=given["dpi"],
        pdf_renderer=given["pdf_renderer"],
        passwords=read_passwords(passwords) if passwords else (),
        pages=parse_page_ranges(given["pages"]) if given["pages"] is not None else None,
        max_megapixels=given["max_megapixels"],
    )
    jobs = given["jobs"] or min(documents, os.cpu_count() or 1)
    return o.RunOptions(
        load, page, given["model"], given["formats"], jobs, overwrite=given["overwrite"]
    )


def read_passwords(path: Path) -> tuple[str, ...]:
    """Return the lines of a UTF-8 file; UsageError where it is something else."""
    from digitize.errors import UsageError

    try:
        return tuple(path.read_text("utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path}: the password file cannot be read as text",
            "Save it as plain UTF-8 text, one password a line",
        ) from error


def exit_code(summary: Summary) -> ExitCode:
    """Return 0 where all was read, 4 where nothing was, 3 between."""
    if not summary.pages:
        return ExitCode.NOTHING_READ
    return ExitCode.SOME_FAILED if summary.failed or summary.partly else ExitCode.OK


@main.command(context_settings=SETTINGS)
def models() -> None:
    """List the models that ship, with what they reach on digits held back from training."""
    from digitize.classify import OnnxClassifier, list_models

    click.echo(f"{'name':<12}{'error':>8}{'ECE':>8}{'size':>9}  sha256        made with")
    for model in list_models():
        card = OnnxClassifier(model).card
        size = f"{model.path.stat().st_size / 1e6:.1f} MB"
        click.echo(
            f"{model.name:<12}{card.held_back_error:>8.2%}{card.held_back_ece:>8.4f}{size:>9}  "
            f"{model.sha256[:12]}  {card.made_with}"
        )


@main.command(context_settings=SETTINGS)
@click.option("--model", default=DEFAULT_MODEL, show_default=True, metavar="NAME|PATH.onnx",
              help="Classifier to measure.")  # fmt: skip
@click.option("--data", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Folder with IDX files; their test part is used if there is one.")  # fmt: skip
@click.option("--normalise", is_flag=True, help="Bring the images to MNIST's form first.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def evaluate(model: str, data: Path, normalise: bool, as_json: bool) -> None:
    """Measure a classifier on labelled digits: error, count, ECE, digits per second.

    \b
    Example:
      digitize evaluate --model svm --data ../shared/data/mnist
    """
    from digitize.classify import OnnxClassifier, find_model
    from digitize.terminal import describe_evaluation
    from digitize.train.evaluation import evaluate_folder

    found = evaluate_folder(OnnxClassifier(find_model(model)), data, normalise)
    if as_json:
        click.echo(json.dumps({"model": model, **asdict(found)}))
    else:
        click.echo(describe_evaluation(model, found))


@main.command(context_settings=SETTINGS)
@click.argument("family", type=click.Choice(["cnn", "svm"]))
@click.option("--data", multiple=True, required=True, type=click.Path(path_type=Path),
              metavar="DIR", help="Folder with IDX training files; may be repeated.")  # fmt: skip
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path),
              metavar="PATH.onnx", help="Where the model is written.")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of all chance.")
@click.option("--epochs", type=click.IntRange(1), help="Passes over the data (cnn only).")
def train(family: str, data: tuple[Path, ...], output: Path, seed: int, epochs: int | None) -> None:
    """Train a classifier and write it as ONNX with its card; needs the train extra.

    \b
    Example:
      digitize train cnn --data ../shared/data/mnist -o models/cnn.onnx
    """
    from digitize.train.families import FAMILIES

    chosen = FAMILIES[family]
    if epochs and chosen.epochs is None:
        raise click.BadParameter(f"{family} is not trained in epochs", param_hint="--epochs")
    settings = {"epochs": epochs} if epochs else {}
    result = chosen.train(data, output, seed=seed, **settings)
    click.echo(f"Model: {result.model}; its card: {result.page}", err=True)

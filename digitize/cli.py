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
    from digitize.train.families import PageReader
    from digitize.train.training import Family

DEFAULT_MODEL = "cnn"
LARGEST_ERROR = 0.2  # of the accepted numbers: who asks for more has left out the percent sign
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


def parse_share(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> float | None:
    """Return "0.5%" or "0.005" as 0.005; a bare 0.5 would be half of all, and is refused."""
    if value is None:
        return None
    text = value.strip()
    try:
        share = float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        share = math.nan
    if not 0 < share <= LARGEST_ERROR:
        raise click.BadParameter(f"give a share from above 0% to {LARGEST_ERROR:.0%}, such as 0.5%")
    return share


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


def interrupt(_signal: int, _frame: object) -> None:
    """End the run as Ctrl-C does."""
    raise KeyboardInterrupt


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


def named_sheet(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> Path | None:
    """Return the path of a PNG picture, or None where none is named."""
    if value is not None and not value.lower().endswith(".png"):
        raise click.BadParameter("give a name that ends in .png")
    return None if value is None else Path(value)


@main.command(context_settings=SETTINGS)
@click.argument("out", type=click.Path(), callback=named_folder, metavar="OUT")
@click.argument("truth", type=click.Path(), callback=named_folder, metavar="TRUTH")
@click.option("--by", metavar="KEY",
              help="Figures for each value of a key of the truth files, such as kind or degrade; "
                   "`document` is there always.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
@click.option("--worst", "sheet", type=click.Path(), callback=named_sheet, metavar="SHEET.png",
              help="Write a picture of the wrong numbers that were surest, as they stand on the "
                   "page; the pages must lie beside the truth.")  # fmt: skip
def score(out: Path, truth: Path, by: str | None, as_json: bool, sheet: Path | None) -> None:
    """Measure what a run left in OUT by what truly stands on the pages.

    TRUTH is a folder with a NAME.json for each page: {"image": "a.png", "page": 1, "kind": "plain",
    "numbers": [{"text": "17", "box": [x, y, width, height], "digits": [{"digit": 1, "box": [...]},
    ...]}]}. Boxes may be left out; then numbers are counted as a bag of texts. docs/score.md tells
    what each figure means.

    \b
    Examples:
      digitize score results sample_docs/truth
      digitize score results sample_docs/truth --by kind
      digitize score results sample_docs/truth --by document --worst worst.png
      digitize score results sample_docs/truth --json
    """
    from digitize.score import score as score_run
    from digitize.score.crop_sheet import write_sheet
    from digitize.score.show import describe_scores

    scores = score_run(out, truth, by)
    click.echo(json.dumps(scores.as_json(), indent=1) if as_json else describe_scores(scores))
    if sheet is not None:
        click.echo(f"Wrong numbers on {sheet}: {write_sheet(scores, sheet)}", err=True)


def parse_later_formats(
    context: click.Context, option: click.Parameter, value: str
) -> tuple[str, ...]:
    """Return the formats of a comma-separated list; JSON is what they are written from."""
    names = parse_formats(context, option, value)
    if "json" in names:
        raise click.BadParameter("json is what the others are written from; name other formats")
    return names


@main.command(context_settings=SETTINGS)
@click.argument("out", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--format", "formats", required=True, callback=parse_later_formats,
              help="What to write, separated by commas; replaces what is there.")  # fmt: skip
@click.option("--password-file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Passwords for encrypted PDFs, one a line; each is tried.")  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing unless something failed.")
@click.option("-v", "--verbose", is_flag=True, help="Name each document as it is finished.")
def export(
    out: Path, formats: tuple[str, ...], password_file: Path | None, quiet: bool, verbose: bool
) -> None:
    """Write more formats into OUT, from the JSON files of its run; nothing is read again.

    The run needs json among its formats. Only pdf needs the original documents too; xlsx
    loses its pictures without them.

    \b
    Examples:
      digitize run scans/ -o results --format json,csv
      digitize export results --format pdf,hocr,alto
    """
    from digitize.batch.again import export_again
    from digitize.terminal import ProgressBar, count

    signal.signal(signal.SIGTERM, interrupt)
    passwords = read_passwords(password_file) if password_file else ()
    told = ProgressBar(0, visible=False, verbose=verbose)
    try:
        summary = export_again(out, formats, passwords, told)
    finally:
        for line in told.failures:
            click.echo(line, err=True)
    if not quiet or told.failures:
        partly = f", {summary.partly} of them in part" if summary.partly else ""
        written = f"{count(summary.documents, 'document')} written as {', '.join(formats)}{partly}"
        click.echo(f"{written}: {out}", err=True)
    sys.exit(exit_code(summary))


@main.command(context_settings=SETTINGS)
def models() -> None:
    """List the models that ship, with what they reach on digits held back from training."""
    from digitize.classify import OnnxClassifier
    from digitize.onnx_models import list_classifiers

    click.echo(f"{'name':<12}{'error':>8}{'ECE':>8}{'size':>9}  sha256        made with")
    for model in list_classifiers():
        card = OnnxClassifier(model).card
        size = f"{model.path.stat().st_size / 1e6:.1f} MB"
        click.echo(
            f"{model.name:<12}{card.held_back_error:>8.2%}{card.held_back_ece:>8.4f}{size:>9}  "
            f"{model.sha256[:12]}  {card.made_with}"
        )


def folder_if_given(
    context: click.Context, option: click.Parameter, value: str | None
) -> Path | None:
    """Return the folder, or None where none is named."""
    return None if value is None else named_folder(context, option, value)


@main.command(context_settings=SETTINGS)
@click.option("--model", "names", multiple=True, default=(DEFAULT_MODEL,), show_default=True,
              metavar="NAME|PATH.onnx|all",
              help="Classifier to measure; repeat, or separate by commas, to compare.")  # fmt: skip
@click.option("--data", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Folder of labelled digits, of any kind that train takes; the test part of IDX "
                   "files is used if there is one.")  # fmt: skip
@click.option("--normalise", is_flag=True, help="Bring the images to MNIST's form first.")
@click.option("-o", "--output", "out", type=click.Path(), callback=folder_if_given,
              metavar="REPORT",
              help="Folder for report.html, report.json and plots; made if not there.")  # fmt: skip
@click.option("--overwrite", is_flag=True, help="Replace a report that the folder already holds.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object on stdout.")
def evaluate(
    names: tuple[str, ...],
    data: Path,
    normalise: bool,
    out: Path | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Measure classifiers on labelled digits; compare several; write a report to look at.

    One model: error, count, ECE, digits per second. Several, or -o: all of it side by side, with
    McNemar's test of each pair. --json prints one model's figures, or what report.json holds.

    \b
    Examples:
      digitize evaluate --model svm --data ../shared/data/mnist
      digitize evaluate --model all --data ../shared/data/mnist -o report
    """
    from digitize.terminal import describe_comparison, describe_evaluation
    from digitize.train.evaluation import evaluate_images, read_labelled_images
    from digitize.train.report.compare import compare
    from digitize.train.report.contenders import chosen_models, contenders
    from digitize.train.report.write import prepare_folder, write_report

    chosen, images = contenders(chosen_models(names)), read_labelled_images(data, normalise)
    if out is None and len(chosen) == 1:
        found = evaluate_images(chosen[0].classifier, images)
        flat = json.dumps({"model": chosen[0].name, **asdict(found)})
        click.echo(flat if as_json else describe_evaluation(chosen[0].name, found))
        return
    if out is not None:
        prepare_folder(out, overwrite=overwrite)
    comparison = compare(chosen, images)
    if out is not None:
        page = write_report(comparison, images, out, overwrite=overwrite)
        click.echo(f"Report: {page}", err=True)
    click.echo(comparison.as_json().rstrip() if as_json else describe_comparison(comparison))


@main.command(context_settings=SETTINGS)
@click.argument("out", type=click.Path(), callback=named_folder, metavar="OUT")
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

    TEXT is digits, with a point as the decimal mark: 1203 or 12.5; 12* finds all that begins with
    12. The surest come first; "read as" marks hits whose first reading was another. The index is
    OUT/search.sqlite; it is made from the JSON files where the run wrote none.

    \b
    Examples:
      digitize search results 1203
      digitize search results "12*" --json
      digitize search results 1203 --show hits
    """
    from digitize.search import describe_hits, draw_hits, renew_index
    from digitize.search import search as find_hits

    renew_index(out)
    hits = find_hits(out, text)
    passwords = read_passwords(password_file) if password_file else ()
    pictures = draw_hits(hits, show, passwords) if show else [None] * len(hits)
    if as_json:
        pairs = zip(hits, pictures, strict=True)
        shown = [{**hit.as_json(), "picture": picture} for hit, picture in pairs]
        click.echo(json.dumps(shown, indent=1))
    else:
        click.echo(describe_hits(hits, pictures))
    if show and (gone := pictures.count(None)):
        click.echo(f"Hits whose document is gone or protected, without a picture: {gone}", err=True)


class TrainCommand(click.Command):
    """A command whose help lists the families; they are looked up only when it is asked for."""

    def format_help_text(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's text, then a line for each family."""
        from digitize.train.families import FAMILIES, PAGE_READERS

        super().format_help_text(context, formatter)
        for title, kinds in (("Families", FAMILIES), ("Readers of pages", PAGE_READERS)):
            with formatter.section(title):
                formatter.write_dl([(kind.name, kind.summary) for kind in kinds.values()])


def find_family(context: click.Context, option: click.Parameter, value: str) -> Family | PageReader:
    """Return the family, or the reader of pages, called `value`."""
    from digitize.train.families import FAMILIES, PAGE_READERS

    kinds: dict[str, Family | PageReader] = {**FAMILIES, **PAGE_READERS}
    return kinds[click.Choice(list(kinds)).convert(value, option, context)]


@main.command(context_settings=SETTINGS, cls=TrainCommand)
@click.argument("family", callback=find_family)
@click.option("--data", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Folder to train on: IDX files, pictures in sub-folders 0 to 9 (and x for what "
                   "is no digit), or corrections; may be repeated. Default: MNIST, downloaded "
                   "once.")  # fmt: skip
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path),
              metavar="PATH.onnx", help="Where the model is written.")  # fmt: skip
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of all chance.")
@click.option("--epochs", type=click.IntRange(1),
              help="Passes over the data, for a family that is trained in them.")  # fmt: skip
@click.option("--learning-curve", is_flag=True,
              help="Train on 1/64, 1/16 and 1/4 of the digits first, to show on the card what "
                   "more of them are worth; takes about twice as long.")  # fmt: skip
@click.option("--fonts", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Folder of more fonts than the system's, for the ink network to tell from "
                   "digits; may be repeated.")  # fmt: skip
@click.option("--resume", is_flag=True,
              help="Go on after the last epoch of an interrupted training.")  # fmt: skip
@click.option("--overwrite", is_flag=True, help="Start an interrupted training again.")
def train(
    family: Family | PageReader, output: Path, resume: bool, overwrite: bool, **given: Any
) -> None:
    """Train a classifier and write it as ONNX with its card; needs the train extra.

    The ink network, `ink`, is trained on crops of pages composed of these digits and of fonts. The
    reader of whole numbers, `sequence`, is trained on digits too, and on folders of pictures of one
    number each with the truth beside them, JSON; a quarter of those is never trained on.

    A training in epochs can be interrupted, by Ctrl-C or otherwise, and goes on with --resume;
    what comes out is the same.

    \b
    Examples:
      digitize train cnn -o models/cnn.onnx
      digitize train cnn --data ../shared/data/mnist -o models/cnn.onnx --resume
      digitize train svm --data mnist --data my-corrections -o mine.onnx
      digitize train mlp --data mnist -o mlp.onnx --learning-curve
      digitize train ink --data mnist --fonts handwriting -o ink.onnx
      digitize train sequence --data mnist --data ../shared/data/strings -o sequence.onnx
    """
    from digitize.train.card import Recipe
    from digitize.train.families import PageReader
    from digitize.train.interruption import Earlier, how_to_go_on
    from digitize.train.training import recipe_for
    from digitize.train.training import train as train_family

    signal.signal(signal.SIGTERM, interrupt)
    earlier = Earlier.chosen(resume, overwrite)
    try:
        if isinstance(family, PageReader):
            model = family.train(Recipe(family.name, given.pop("data"), output, **given), earlier)
        else:
            recipe = recipe_for(family, output=output, **given)
            model = train_family(family, recipe, earlier).model
    except KeyboardInterrupt as error:
        raise failed(how_to_go_on(output), ExitCode.INTERRUPTED) from error
    click.echo(f"Model: {model}; its card: {model.with_suffix('.md')}", err=True)

"""`digitize evaluate`: classifiers measured and compared on labelled digits."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from digitize.commands.parameters import DEFAULT_MODEL, SETTINGS, folder_if_given


@click.command(context_settings=SETTINGS)
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
    from digitize.terminal import describe_comparison, describe_evaluation, printable
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
        click.echo(printable(f"Report: {page}"), err=True)
    click.echo(comparison.as_json().rstrip() if as_json else describe_comparison(comparison))

"""`digitize score`: what a run left, measured by the truth."""

from __future__ import annotations

import json
from pathlib import Path

import click

from digitize.commands.parameters import SETTINGS, file_if_given, folder_here, named_folder


def named_sheet(context: click.Context, option: click.Parameter, value: str | None) -> Path | None:
    """Return the path of a PNG picture, or None where none is named."""
    if value is not None and not value.lower().endswith(".png"):
        raise click.BadParameter("give a name that ends in .png")
    return file_if_given(context, option, value)


@click.command(context_settings=SETTINGS)
@click.argument("out", type=click.Path(), callback=folder_here, metavar="OUT")
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
    from digitize.terminal import printable

    scores = score_run(out, truth, by)
    click.echo(json.dumps(scores.as_json(), indent=1) if as_json else describe_scores(scores))
    if sheet is not None:
        click.echo(printable(f"Wrong numbers on {sheet}: {write_sheet(scores, sheet)}"), err=True)

"""`digitize train`: a model learnt, and written with its card."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from digitize.commands.ending import failed, interrupt
from digitize.commands.parameters import SETTINGS, file_if_given
from digitize.errors import ExitCode

if TYPE_CHECKING:
    from digitize.train.families import PageReader
    from digitize.train.training import Family


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


@click.command(context_settings=SETTINGS, cls=TrainCommand)
@click.argument("family", callback=find_family)
@click.option("--data", multiple=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Folder to train on: IDX files, pictures in sub-folders 0 to 9 (and x for what "
                   "is no digit), or corrections; may be repeated, and the same folder too, to "
                   "have its digits seen as often. Default: MNIST, downloaded once.")  # fmt: skip
@click.option("-o", "--output", required=True, type=click.Path(), callback=file_if_given,
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
@click.option("--start-from", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              metavar="PATH.onnx",
              help="An ink network whose weights the training of ink goes on from.")  # fmt: skip
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
      digitize train ink --data our-hands --start-from models/ink.onnx --epochs 2 -o ours.onnx
      digitize train sequence --data mnist --data ../shared/data/strings -o sequence.onnx
    """
    from digitize.terminal import printable
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
    told = f"Model: {model}; its card: {model.with_suffix('.md')}"
    click.echo(printable(told), err=True)

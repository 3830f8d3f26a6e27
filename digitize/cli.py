"""The command line: its commands, and errors told as one line. Heavy imports stay inside them."""

from __future__ import annotations

from typing import Any

import click

from digitize import __version__
from digitize.commands.ending import failed, shown
from digitize.commands.evaluate import evaluate
from digitize.commands.export import export
from digitize.commands.models import models
from digitize.commands.parameters import SETTINGS
from digitize.commands.run import run
from digitize.commands.score import score
from digitize.commands.search import search
from digitize.commands.train import train
from digitize.errors import DigitizeError, ExitCode


class Commands(click.Group):
    """A group whose commands may raise DigitizeError: no traceback reaches the user."""

    def invoke(self, context: click.Context) -> Any:
        """Run the command; turn our errors and an interruption into a line and an exit code."""
        try:
            return super().invoke(context)
        except click.ClickException as error:  # click repeats what was given, as it was given
            setattr(error, "message", shown(error.message))  # noqa: B010 -- final by its type alone
            raise
        except DigitizeError as error:
            raise failed(str(error), error.exit_code) from error
        except KeyboardInterrupt as error:
            message = "interrupted; what is finished stays"
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


for command in (run, score, export, models, evaluate, search, train):
    main.add_command(command)

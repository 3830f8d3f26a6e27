"""The output folder: made, refused where it holds something else, and its journal opened."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from digitize.batch.journal import JOURNAL, Journal
from digitize.batch.journal_header import header as header_of
from digitize.batch.plan import Plan
from digitize.errors import OutputNotWritable, UsageError
from digitize.export.report import REPORT
from digitize.export.traced import options_of_the_result
from digitize.options import RunOptions

UNFINISHED = ".digitize-*.part"  # what `export.atomic` calls a file that is not whole yet


def open_journal(plan: Plan) -> Journal:
    """Return the journal of a run, in its folder; UsageError where it cannot go on there."""
    check_folder(plan.out, plan.options, plan.documents_files.planned)
    make_folder(plan.out)
    header = journal_header(plan)
    journal = Journal(plan.setup.journal, header, renewed=plan.options.overwrite)
    remove_unfinished(plan.out)  # now that no other run can be writing
    return journal


def journal_header(plan: Plan) -> dict[str, Any]:
    """Return the first line of the run's journal."""
    made = plan.export.provenance
    return header_of(made, options_of_the_result(made))


def check_folder(out: Path, options: RunOptions, planned: Callable[[], Sequence[str]]) -> None:
    """Refuse a folder with results, or files of `planned` names, unless they may be replaced."""
    if options.overwrite and options.engine.resume:
        raise UsageError(
            "a run cannot both go on and start anew", "Give one of --resume and --overwrite"
        )
    goes_on = options.engine.resume and (out / JOURNAL).exists()
    if not options.overwrite and not goes_on:
        refuse_results(out, planned())


def make_folder(out: Path) -> None:
    """Make the output folder, if it is not there."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputNotWritable(
            f"{out}: the output folder cannot be made ({(error.strerror or str(error)).lower()})",
            "Choose a folder that you may write to with -o",
        ) from error


def refuse_results(out: Path, planned: Sequence[str]) -> None:
    """Raise UsageError where the folder `out` holds results, or files of the `planned` names."""
    if (out / JOURNAL).exists():
        raise UsageError(
            f"{out} already holds the results of a run",
            "Go on with it with --resume, choose another folder with -o, or replace them with "
            "--overwrite",
        )
    if (out / REPORT).exists():
        raise UsageError(
            f"{out} already holds the results of a run, and no journal of it",
            "Choose another folder with -o, or replace them with --overwrite",
        )
    if there := [name for name in planned if os.path.lexists(out / name)]:
        raise UsageError(
            f"{out} already holds a file named {there[0]}",
            "Choose another folder with -o, or replace such files with --overwrite",
        )


def remove_unfinished(out: Path) -> None:
    """Remove the files that a killed run had begun and could not finish."""
    with suppress(OSError):  # a folder that has gone holds none
        for path in out.rglob(UNFINISHED):
            path.unlink()

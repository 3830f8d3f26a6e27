"""The output folder: made, refused where it holds something else, and its journal opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from digitize.batch.held import Held, HeldInStore
from digitize.batch.journal import JOURNAL, Journal
from digitize.batch.journal_copies import CopiesInStore
from digitize.batch.journal_header import header as header_of
from digitize.batch.plan import Plan
from digitize.errors import OutputNotWritable, UsageError
from digitize.export.atomic import UNFINISHED
from digitize.export.report import REPORT
from digitize.export.traced import options_of_the_result
from digitize.options import RunOptions


def open_journal(plan: Plan) -> Journal:
    """Return the journal of a run, in its folder; UsageError where it cannot go on there."""
    check_folder(plan.held, plan.options, plan.documents_files.planned)
    make_folder(plan.out)
    path, store = plan.setup.journal, plan.setup.store
    copies = CopiesInStore(path, store) if store else None
    journal = Journal(path, journal_header(plan), renewed=plan.options.overwrite, copies=copies)
    remove_unfinished(plan.out)  # now that no other run can be writing
    if isinstance(plan.held, HeldInStore):
        plan.held.remove_unfinished()
    return journal


def journal_header(plan: Plan) -> dict[str, Any]:
    """Return the first line of the run's journal."""
    made = plan.export.provenance
    return header_of(made, options_of_the_result(made))


def check_folder(held: Held, options: RunOptions, planned: Callable[[], Sequence[str]]) -> None:
    """Refuse a folder with results, or files of `planned` names, unless they may be replaced."""
    if options.overwrite and options.engine.resume:
        raise UsageError(
            "a run cannot both go on and start anew", "Give one of --resume and --overwrite"
        )
    goes_on = options.engine.resume and held.size(JOURNAL) is not None
    if not options.overwrite and not goes_on:
        refuse_results(held, planned())


def make_folder(out: Path) -> None:
    """Make the output folder, if it is not there."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputNotWritable(
            f"{out}: the output folder cannot be made ({(error.strerror or str(error)).lower()})",
            "Choose a folder that you may write to with -o",
        ) from error


def refuse_results(held: Held, planned: Sequence[str]) -> None:
    """Raise UsageError where a folder holds results, or files of the `planned` names."""
    if held.size(JOURNAL) is not None:
        raise UsageError(
            f"{held} already holds the results of a run",
            "Go on with it with --resume, choose another folder with -o, or replace them with "
            "--overwrite",
        )
    if held.size(REPORT) is not None:
        raise UsageError(
            f"{held} already holds the results of a run, and no journal of it",
            "Choose another folder with -o, or replace them with --overwrite",
        )
    if there := [name for name in planned if held.size(name) is not None]:
        raise UsageError(
            f"{held} already holds a file named {there[0]}",
            "Choose another folder with -o, or replace such files with --overwrite",
        )


def remove_unfinished(out: Path) -> None:
    """Remove the files that a killed run had begun and could not finish."""
    with suppress(OSError):  # a folder that has gone holds none
        for path in out.rglob(UNFINISHED):
            path.unlink()

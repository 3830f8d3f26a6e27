"""One reading of all that is given, as people or machines see it; or one after another."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from digitize.commands.closing_table import closing_table
from digitize.commands.notes import say_notes

if TYPE_CHECKING:
    from digitize.batch import Tell
    from digitize.batch.store import Store
    from digitize.export import Summary
    from digitize.load import FoundInputs
    from digitize.options import RunOptions
    from digitize.terminal import ProgressBar


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of a run on standard error; log: told of each event, None where people look."""

    quiet: bool
    verbose: bool
    log: Tell | None = None


def read_pass(
    found: FoundInputs, out: Path | Store | None, options: RunOptions, sight: Sight
) -> Summary:
    """Read the documents, and say what came of it."""
    from digitize.batch import untold
    from digitize.terminal import (
        ProgressBar,
        describe_not_renewed,
        describe_passed_over,
        describe_summary,
        printable,
    )

    started = time.perf_counter()
    quiet = sight.quiet
    if found.passed_over and not quiet:
        click.echo(describe_passed_over([one.name for one in found.passed_over]), err=True)
    visible = not quiet and sys.stderr.isatty()
    with ProgressBar(len(found.documents), visible=visible, verbose=sight.verbose) as bar:
        summary = read_all(found, out, options, bar, sight.log or untold)
    if sight.log:
        return summary
    for line in bar.failures:
        click.echo(line, err=True)
    if sight.verbose:
        click.echo("\n".join(closing_table(summary, time.perf_counter() - started)), err=True)
    if not quiet or bar.failures:
        click.echo(describe_summary(summary, time.perf_counter() - started), err=True)
    if out and not quiet:
        say_notes(summary)
        if summary.not_renewed:
            asked, overwrite = options.formats, options.overwrite
            click.echo(describe_not_renewed(summary.not_renewed, asked, overwrite), err=True)
        click.echo(printable(f"Results: {out}"), err=True)
    return summary


def watch(
    inputs: Sequence[str], out: Path | Store | None, options: RunOptions, sight: Sight
) -> NoReturn:
    """Read the folders given, and again whenever something in them is new, until interrupted."""
    from digitize.batch.watching import Settling, new_passes, waking, watched_folders
    from digitize.errors import UsageError
    from digitize.load import find_inputs

    if out is None or options.engine.on_error == "stop":
        raise UsageError(
            "--watch goes on whatever happens, and needs a folder for the results",
            "Name one with -o, and leave out --on-error stop",
        )
    folder = out
    wake = waking(watched_folders(inputs))
    for found in new_passes(lambda: beside(folder, find_inputs(inputs)), wake, Settling()):
        read_pass(found, out, options, sight)
        options = replace(options, overwrite=False, engine=replace(options.engine, resume=True))
    raise AssertionError("passes have no end")


def read_all(
    found: FoundInputs, out: Path | Store | None, options: RunOptions, bar: ProgressBar, tell: Tell
) -> Summary:
    """Read the documents into the folder `out`, or to standard output where it is None."""
    from digitize.batch import run as run_batch
    from digitize.batch.run_into_store import run_into_store
    from digitize.batch.store import Store
    from digitize.batch.stream import stream
    from digitize.commands.standard_output import ReaderGone, say
    from digitize.errors import ExitCode

    if isinstance(out, Store):
        return run_into_store(found.documents, out, options, bar, found.passed_over, tell)
    if out:
        return run_batch(found.documents, out, options, bar, found.passed_over, tell)
    try:
        return stream(found.documents, say, options, bar, tell)
    except ReaderGone:
        sys.exit(ExitCode.OUTPUT)


def outside(out: Path | Store | None, inputs: Sequence[str]) -> FoundInputs:
    """Return what `inputs` name, but for earlier results in `out` itself."""
    from digitize.errors import UsageError
    from digitize.load import find_inputs

    found = find_inputs(inputs)
    if out is None:
        return found
    kept = beside(out, found)
    if not kept.documents:
        raise UsageError(
            f"all that was given lies in the output folder {out}", "Choose another folder with -o"
        )
    if left_out := len(found.documents) - len(kept.documents):
        click.echo(f"Not read, since they lie in the output folder: {left_out} files", err=True)
    return kept


def beside(out: Path | Store, found: FoundInputs) -> FoundInputs:
    """Return what was found, but for what lies in the folder `out`."""
    from digitize.load import FoundInputs, RemoteFile, lies_in

    here = out.resolve() if isinstance(out, Path) else None

    def is_in_it(file: Path | RemoteFile) -> bool:
        return lies_in(file, here) if here else not isinstance(out, Path) and out.holds(file)

    return FoundInputs(
        tuple(one for one in found.documents if not is_in_it(one.path)),
        tuple(one for one in found.passed_over if not is_in_it(one.path)),
    )

"""A whole run: read every document, write every format, report."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

from digitize.batch.events import Tell, untold
from digitize.batch.failures import ENDS_THE_RUN, as_failure
from digitize.batch.fetched import folder_for, shown_in
from digitize.batch.folder import open_journal, remove_unfinished
from digitize.batch.held import HeldInStore
from digitize.batch.hire import crew_of
from digitize.batch.in_hand import Finished
from digitize.batch.not_renewed import not_renewed
from digitize.batch.plan import Plan, make_plan, provenance
from digitize.batch.progress import Progress, Silent
from digitize.batch.reading import InTurn, Reading
from digitize.classify import OnnxClassifier
from digitize.export import WRITERS, Summary, Writer, write_report
from digitize.export.report import REPORT
from digitize.export.writer import cautions_of, note_outcome
from digitize.load import AtHand, InputDocument, PassedOver
from digitize.onnx_models import ModelFile
from digitize.options import RunOptions
from digitize.promise import DriftWatch, Promise, make_promise, read_reference
from digitize.readers import find_readers
from digitize.records import Outcome


def run(
    documents: Sequence[InputDocument],
    out: Path,
    options: RunOptions,
    progress: Progress | None = None,
    passed_over: tuple[PassedOver, ...] = (),
    tell: Tell = untold,
    held: HeldInStore | None = None,
) -> Summary:
    """Read the documents, write all results into the folder `out`, and return what came of them.

    A page that fails costs only itself. UsageError where `out` holds another run's results or an
    error cannot be promised; ModelUnusable and OutputNotWritable end the run. What was read is in
    the journal then, and a run with `options.engine.resume` goes on. passed_over: files found
    beside the documents, for the report to name. held: see run_into_store.
    """
    watched = progress or Silent()
    started, clock = datetime.now(timezone.utc), time.perf_counter()
    files = find_readers(options.model, options.second_reader)
    promise, watch = promised(files.classifier, options.max_error)
    if promise:
        options = options.reviewing_below(promise.threshold)
    summary = Summary(passed_over=passed_over)
    with ExitStack() as stack:
        fetched = stack.enter_context(folder_for(documents))
        plan = make_plan(documents, out, options, files, held, fetched)
        reading, writers = begin(plan, stack, watched, tell)
        at_hand, shared = AtHand(fetched), plan.formats_of_the_run
        for document, done in zip(documents, reading.finished(), strict=True):
            shown = shown_in(done.outcome, document, shared, at_hand)
            outcome = deliver(replace(done, outcome=shown), writers, summary)
            if watch and outcome.result:
                watch.add(outcome.result)
            watched.document_done(outcome)
            tell("document", **told(summary.entries[-1]))
    summary.not_renewed = not_renewed(plan)
    if summary.not_renewed:
        tell("not_renewed", files=summary.not_renewed)
    tell("end", **summary.totals())
    if promise and watch:
        summary.promise = promise.after(watch)
    write_report(
        out / REPORT,
        summary,
        provenance(files, options),
        started=started.isoformat(timespec="milliseconds"),
        seconds=time.perf_counter() - clock,
    )
    return summary


def deliver(done: Finished, writers: Sequence[Writer], summary: Summary) -> Outcome:
    """Write a document to the files of the whole run, and count it; return what became of it."""
    outcome, outputs = write_outcome(done.outcome, writers)
    note_outcome(outcome, writers)
    summary.add(outcome, (*done.outputs, *outputs))
    summary.entries[-1]["pages_from_journal"] = done.from_journal
    return outcome


def told(entry: Mapping[str, object]) -> dict[str, object]:
    """Return what a log says of a document, from what the report says."""
    names = ("document", "status", "pages_from_journal", "outputs", "seconds")
    return {name: entry[name] for name in names}


def begin(
    plan: Plan,
    stack: ExitStack,
    watched: Progress,
    tell: Tell = untold,
    in_turn: InTurn | None = None,
) -> tuple[Reading, list[Writer]]:
    """Return the reading of a run, and its writers that fill one file of all documents.

    Journal, workers and writers are entered on the `stack`: left in turn, the journal last.
    """
    journal = stack.enter_context(open_journal(plan))

    def remove_what_the_killed_had_begun(kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None or crew.replaced:
            remove_unfinished(plan.out)

    stack.push(remove_what_the_killed_had_begun)
    crew = stack.enter_context(crew_of(plan))
    writers = [
        stack.enter_context(WRITERS[name](plan.out, plan.names, plan.export))
        for name in plan.formats_of_the_run
    ]
    return Reading(plan, crew, journal, watched, tell, in_turn), writers


def promised(model: ModelFile, max_error: float | None) -> tuple[Promise | None, DriftWatch | None]:
    """Return the promise of `max_error` and what watches whether it holds; None where not asked."""
    if max_error is None:
        return None, None
    reference = read_reference(OnnxClassifier(model).metadata, model.name)
    return make_promise(reference, max_error, model.name), DriftWatch(reference)


def write_outcome(outcome: Outcome, writers: Sequence[Writer]) -> tuple[Outcome, tuple[str, ...]]:
    """Write what was read of one document to every format; return the outcome and its own files.

    Where one format cannot take this document the others still do, and the outcome says so.
    """
    if outcome.result is None:
        return outcome, ()
    outputs: tuple[str, ...] = ()
    failures, notes = outcome.failures, outcome.notes
    for writer in writers:
        try:
            outputs += writer.add(outcome.result)
            notes += cautions_of(writer)
        except ENDS_THE_RUN:
            raise
        except Exception as error:  # one document that a format cannot take costs no other
            failures += (as_failure(error),)
    return replace(outcome, failures=failures, notes=notes), outputs

"""A whole run: read every document, write every format, report."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import datetime, timezone
from pathlib import Path

import digitize
from digitize.batch.document import ENDS_THE_RUN, as_failure
from digitize.batch.progress import Progress, Silent
from digitize.batch.workers import read_documents
from digitize.classify import OnnxClassifier
from digitize.errors import OutputNotWritable, UsageError
from digitize.export import (
    WRITERS,
    AltoWriter,
    HocrWriter,
    JsonWriter,
    Summary,
    TracedOptions,
    Writer,
    write_report,
)
from digitize.export.file_names import file_names
from digitize.export.pdf.names import RESERVED, pdf_names
from digitize.export.report import REPORT
from digitize.load import InputDocument
from digitize.onnx_models import ModelFile
from digitize.options import RunOptions
from digitize.promise import DriftWatch, Promise, make_promise, read_reference
from digitize.readers import ReaderFiles, find_readers
from digitize.records import Outcome, Provenance


def run(
    documents: Sequence[InputDocument],
    out: Path,
    options: RunOptions,
    progress: Progress | None = None,
) -> Summary:
    """Read the documents, write all results into the folder `out`, and return what came of them.

    A document that fails costs only itself. UsageError where `out` holds another run's results or
    an error cannot be promised; ModelUnusable and OutputNotWritable end the run.
    """
    watched = progress or Silent()
    started, clock = datetime.now(timezone.utc), time.perf_counter()
    files = find_readers(options.model, options.second_reader)
    promise, watch = promised(files.classifier, options.max_error)
    if promise:
        options = options.reviewing_below(promise.threshold)
    names = [document.name for document in documents]
    prepare_folder(out, options.overwrite, planned_files(names))
    summary = Summary()
    export = TracedOptions(
        options.page.group.review_below,
        options.load.passwords,
        provenance=provenance(files, options),
    )
    with ExitStack() as stack:
        writers = [
            stack.enter_context(WRITERS[format_](out, names, export)) for format_ in options.formats
        ]
        for outcome in read_documents(documents, files, options, watched.page_read):
            written, outputs = write_outcome(outcome, writers)
            summary.add(written, outputs)
            if watch and written.result:
                watch.add(written.result)
            watched.document_done(written)
    if promise and watch:
        summary.promise = promise.after(watch)
    write_report(
        out / REPORT,
        summary,
        provenance(files, options),
        started=started.isoformat(timespec="seconds"),
        seconds=time.perf_counter() - clock,
    )
    return summary


def provenance(files: ReaderFiles, options: RunOptions) -> Provenance:
    """Return what makes the run's results: the program, its models and the options."""
    return Provenance(
        "digitize",
        digitize.__version__,
        files.classifier.name,
        files.classifier.sha256,
        {file.name: file.sha256 for file in files.page_readers},
        shown(options),
    )


def promised(model: ModelFile, max_error: float | None) -> tuple[Promise | None, DriftWatch | None]:
    """Return the promise of `max_error` and what watches whether it holds; None where not asked."""
    if max_error is None:
        return None, None
    reference = read_reference(OnnxClassifier(model).metadata, model.name)
    return make_promise(reference, max_error, model.name), DriftWatch(reference)


def planned_files(documents: Sequence[str]) -> list[str]:
    """Return the names that a run's files may take, as paths relative to the output folder."""
    suffixes = [writer.suffix for writer in (JsonWriter, HocrWriter, AltoWriter)]
    own = [pdf_names(documents), *(file_names(documents, suffix) for suffix in suffixes)]
    return [*sorted(RESERVED), *(str(name) for names in own for name in names.values())]


def prepare_folder(out: Path, overwrite: bool, planned: Sequence[str] = ()) -> None:
    """Make the output folder; refuse to replace anything in it, unless `overwrite` says so."""
    if (out / REPORT).exists() and not overwrite:
        raise UsageError(
            f"{out} already holds the results of a run",
            "Choose another folder with -o, or replace them with --overwrite",
        )
    there = [name for name in planned if os.path.lexists(out / name)]
    if there and not overwrite:
        raise UsageError(
            f"{out} already holds a file named {there[0]}",
            "Choose another folder with -o, or replace such files with --overwrite",
        )
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputNotWritable(
            f"{out}: the output folder cannot be made ({(error.strerror or str(error)).lower()})",
            "Choose a folder that you may write to with -o",
        ) from error


def write_outcome(outcome: Outcome, writers: Sequence[Writer]) -> tuple[Outcome, tuple[str, ...]]:
    """Write what was read of one document to every format; return the outcome and its own files.

    Where one format cannot take this document the others still do, and the outcome says so.
    """
    if outcome.result is None:
        return outcome, ()
    outputs: tuple[str, ...] = ()
    failures = outcome.failures
    for writer in writers:
        try:
            outputs += writer.add(outcome.result)
        except ENDS_THE_RUN:
            raise
        except Exception as error:  # one document that a format cannot take costs no other
            failures += (as_failure(error),)
    return replace(outcome, failures=failures), outputs


def shown(options: RunOptions) -> dict[str, object]:
    """Return the options as report.json shows them: all but the passwords."""
    values = asdict(options)
    values["load"]["passwords"] = f"{len(options.load.passwords)} given"
    return values

"""Any format once more, from the JSON files that a run left; no page is read twice."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from digitize.batch.documents_files import NAMES
from digitize.batch.failures import as_failure
from digitize.batch.fetched import SHOW_THE_ORIGINAL, found_again
from digitize.batch.left import LeftDocument, LeftRun, read_left_run
from digitize.batch.left_contents import UNKNOWN, LeftContent, left_contents
from digitize.batch.progress import Progress, Silent
from digitize.batch.run import write_outcome
from digitize.errors import OutputNotWritable, UnreadableInput, UsageError
from digitize.export import (
    PDF_FORMATS,
    WRITERS,
    Summary,
    Writer,
    read_document,
)
from digitize.export.atomic import inside
from digitize.export.json_reader import REMOVE_AND_RESUME, RESUME
from digitize.export.wanted import Wanted, as_in_the_run
from digitize.export.writer import note_outcome
from digitize.load import AtHand
from digitize.records import NOT_AT_HAND, DocumentResult, Outcome

SOURCE_FORMAT = "json"
NEED_THE_ORIGINAL = frozenset(PDF_FORMATS)
"""Formats that show the pages themselves, and so cannot be written once the document is gone."""


def export_again(
    out: Path,
    formats: Sequence[str],
    wanted: Wanted | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Write `formats` into the folder `out` of a run with JSON files; return what came of them.

    wanted: what is not to be as in the run, whose options stand in its report. Files of
    these formats that are there are replaced. A document that one format cannot take is
    written to the others. Where a JSON file cannot be used, or a file not be written, the other
    documents' own files are written, the tables stay as they were, and UnreadableInput or
    OutputNotWritable says which it is.
    """
    watched = progress or Silent()
    left = exportable(out, formats)
    names = left.names
    options = as_in_the_run(wanted or Wanted(), left.made, left.review_below)
    summary = Summary()
    unusable: list[UnreadableInput | OutputNotWritable] = []
    at_hand = AtHand()
    contents = {} if SHOW_THE_ORIGINAL.isdisjoint(formats) else left_contents(out)
    with ExitStack() as stack:
        stack.callback(at_hand.drop)
        writers = {
            name: stack.enter_context(WRITERS[name](out, names, options)) for name in formats
        }
        for document in left.documents:
            outcome = Outcome(document.name, None, document.failures, document.seconds)
            try:
                if document.was_read:
                    result = read_result(out, document)
                    held = contents.get(document.name, (UNKNOWN,))[-1]  # when JSON was written
                    written, outputs = write_again(result, writers, held, at_hand)
                    summary.add(written, outputs)
                    watched.document_done(written)
                    failures = (*document.failures, *written.failures)
                    outcome = replace(outcome, result=written.result, failures=failures)
            except (UnreadableInput, OutputNotWritable) as error:
                unusable.append(error)
            note_outcome(outcome, writers.values())
        if unusable:  # raised in here, so that no table loses the rows of a document
            raise all_in_one(unusable, formats)
    return summary


def exportable(out: Path, formats: Sequence[str]) -> LeftRun:
    """Return the run in `out`; UsageError where `formats` cannot be written from what it left."""
    if SOURCE_FORMAT in formats:
        raise UsageError(
            "JSON files are what other formats are written from, and are not written again",
            "Name other formats with --format",
        )
    left = read_left_run(out)
    if not left.has_json:
        raise UsageError(
            f"{out}: its run left no JSON file to export from", left.resume_with(SOURCE_FORMAT)
        )
    return left


def write_again(
    result: DocumentResult, writers: Mapping[str, Writer], held: LeftContent, at_hand: AtHand
) -> tuple[Outcome, tuple[str, ...]]:
    """Write one document to every format that can be; return the outcome and its own files.

    held: what the document held when it was read.
    """
    started = time.perf_counter()
    lost = None
    if not SHOW_THE_ORIGINAL.isdisjoint(writers):
        try:
            result = found_again(result, held, at_hand)
        except UnreadableInput as why:
            lost = why
            result = replace(result, source=NOT_AT_HAND, origin=result.shown_source)
    missing = sorted(NEED_THE_ORIGINAL & set(writers)) if lost else []
    usable = [writer for name, writer in writers.items() if name not in missing]
    outcome, outputs = write_outcome(Outcome(result.document, result if usable else None), usable)
    if lost and missing:
        error = UnreadableInput(f"{lost.cause}, so no {missing[0]} is made of it", lost.remedy)
        outcome = replace(outcome, failures=(*outcome.failures, as_failure(error)))
    return replace(outcome, seconds=time.perf_counter() - started), outputs


def read_result(out: Path, document: LeftDocument) -> DocumentResult:
    """Return what was read of a document; UnreadableInput where its JSON file cannot be used."""
    if document.json_file is None:
        raise UnreadableInput(
            f"{document.name}: the run left no JSON file of it", f"Repeat {RESUME}"
        )
    path = inside(out, document.json_file)
    result = read_document(path)
    if result.document != document.name:
        raise UnreadableInput(
            f"{path}: it belongs to {result.document}, and report.json says {document.name}",
            REMOVE_AND_RESUME,
        )
    numbers = [page.number for page in result.pages]
    if not numbers or len(set(numbers)) < len(numbers):
        raise UnreadableInput(
            f"{path}: it has no page, or one twice, and so was changed",
            REMOVE_AND_RESUME,
        )
    return result


def all_in_one(
    errors: Sequence[UnreadableInput | OutputNotWritable], formats: Sequence[str]
) -> UnreadableInput | OutputNotWritable:
    """Return the first of `errors`, which says how many there are and what was not written.

    One of a file that cannot be written comes first.
    """
    unwritable = [error for error in errors if isinstance(error, OutputNotWritable)]
    first = (*unwritable, *errors)[0]
    cause, others = first.cause, len(errors) - 1
    if others:
        files = "files" if unwritable else "JSON files"
        cause += f"; and so it is with {others} more of the run's {files}"
    if shared := [name for name in formats if name not in NAMES]:
        hold = (
            "hold all documents, so they were" if shared[1:] else "holds all documents, so it was"
        )
        cause += f"; {' and '.join(shared)} {hold} not written, and what was there stays"
    if unwritable:
        return OutputNotWritable(cause, first.remedy)
    return UnreadableInput(cause, f"{first.remedy}; then repeat this command")

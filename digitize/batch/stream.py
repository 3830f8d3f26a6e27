"""A run whose results leave by a pipe: a line per page as pages finish, and no folder."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from digitize.batch.events import Tell, untold
from digitize.batch.fetched import folder_for
from digitize.batch.plan import make_plan
from digitize.batch.progress import Progress, Silent
from digitize.batch.run import begin, promised
from digitize.export.ndjson import page_line
from digitize.export.report import Summary
from digitize.load import InputDocument
from digitize.options import RunOptions
from digitize.readers import find_readers
from digitize.records import Failure, PageResult

Say = Callable[[str], None]


def stream(
    documents: Sequence[InputDocument],
    say: Say,
    options: RunOptions,
    progress: Progress | None = None,
    tell: Tell = untold,
) -> Summary:
    """Read the documents, `say` a line for each page in their order; return what came of them.

    A page or document that fails has a line, too. Errors are those of `run`; what `say` raises
    ends the run. The journal lies in a folder that is gone at the end.
    """
    watched = progress or Silent()
    files = find_readers(options.model, options.second_reader)
    promise, watch = promised(files.classifier, options.max_error)
    if promise:
        options = options.reviewing_below(promise.threshold)
    summary = Summary()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="digitize-")))
        fetched = stack.enter_context(folder_for(documents))
        plan = make_plan(documents, folder, replace(options, formats=()), files, fetched=fetched)
        made = plan.export.provenance

        def page_done(document: InputDocument, page: PageResult | Failure) -> None:
            say(page_line(document.name, str(document.path), page, made))

        reading, _ = begin(plan, stack, watched, tell, page_done)
        for done in reading.finished():
            summary.add(done.outcome)
            if watch and done.outcome.result:
                watch.add(done.outcome.result)
            watched.document_done(done.outcome)
    if promise and watch:
        summary.promise = promise.after(watch)
    return summary

"""A run whose results go into a store: made in a folder of this machine, and uploaded as they come.

A document's own files are uploaded by the worker that wrote them, before the journal says that they
are there; the journal in between; the files of the whole run at the end, the report last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize.batch.events import Tell, untold
from digitize.batch.held import HeldInStore
from digitize.batch.journal import JOURNAL
from digitize.batch.progress import Progress
from digitize.batch.run import run
from digitize.batch.store import Store
from digitize.errors import UsageError
from digitize.export.report import REPORT, Summary
from digitize.load import InputDocument, PassedOver
from digitize.options import RunOptions


def run_into_store(
    documents: Sequence[InputDocument],
    store: Store,
    options: RunOptions,
    progress: Progress | None = None,
    passed_over: tuple[PassedOver, ...] = (),
    tell: Tell = untold,
) -> Summary:
    """Read the documents, write all results into `store`, and return what came of them; see run.

    OutputNotWritable where the store does not take them: what it has by then stays, and a run with
    `options.engine.resume` goes on. Nothing else in the store is touched.
    """
    with folder_of(store, options) as (folder, held):
        summary = run(documents, folder, options, progress, passed_over, tell, held)
        left = [path for path in folder.rglob("*") if path.is_file()]
        names = {path.relative_to(folder).as_posix() for path in left} - {JOURNAL, REPORT}
        for name in (*sorted(names), REPORT):
            store.take(folder, name)
        return summary


@contextmanager
def folder_of(store: Store, options: RunOptions) -> Iterator[tuple[Path, HeldInStore]]:
    """Give a folder in which a run into `store` works, and what the store holds by now.

    Where the run is to go on, the journal of the store is in it.
    """
    with TemporaryDirectory(prefix="digitize-") as name:
        folder = Path(name)
        held = HeldInStore(store, store.sizes())
        if options.engine.resume and not options.overwrite and held.size(JOURNAL) is not None:
            store.get(JOURNAL, folder / JOURNAL)
        try:
            yield folder, held
        except UsageError as error:  # people know the store, and not the folder
            raise UsageError(error.cause.replace(name, str(store)), error.remedy) from error

"""A run that is about to begin: what is to be read, by what, and where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import digitize
from digitize.batch.documents_files import DocumentsFiles
from digitize.batch.held import Held, HeldHere, HeldInStore
from digitize.batch.journal import JOURNAL
from digitize.batch.memory import usual_limit
from digitize.batch.worker import Setup
from digitize.export import TracedOptions
from digitize.load import InputDocument
from digitize.options import RunOptions
from digitize.readers import ReaderFiles
from digitize.records import Provenance


@dataclass(frozen=True, slots=True)
class Plan:
    """Documents, where their results go, how they are read.

    out: the folder in which results are made; held: what the place where they go holds already.
    export: what the writers are told.
    """

    documents: Sequence[InputDocument]
    out: Path
    held: Held
    options: RunOptions
    export: TracedOptions
    documents_files: DocumentsFiles
    setup: Setup

    @property
    def names(self) -> Sequence[str]:
        """The documents' names, in their order."""
        return self.setup.documents

    @property
    def formats_of_the_run(self) -> tuple[str, ...]:
        """The formats with a file for all documents."""
        own = self.documents_files.formats
        return tuple(name for name in self.options.formats if name not in own)

    @property
    def jobs(self) -> int:
        """How many workers there may be."""
        return self.options.jobs


def make_plan(
    documents: Sequence[InputDocument],
    out: Path,
    options: RunOptions,
    files: ReaderFiles,
    held: HeldInStore | None = None,
    fetched: Path | None = None,
) -> Plan:
    """Return the plan of a run; nothing is opened or made yet.

    held: where results go into a store, what that holds; `out` is then a folder to work in.
    fetched: a folder for documents that lie in a store.
    """
    names = [document.name for document in documents]
    made = provenance(files, options)
    of_the_result = {name: value for name, value in made.options.items() if name != "engine"}
    export = TracedOptions(
        options.page.group.review_below,
        options.load.passwords,
        csv_dialect=options.csv_dialect,
        marks=options.marks,
        provenance=replace(made, options=of_the_result),
    )
    holds = held or HeldHere(out)
    documents_files = DocumentsFiles(holds, names, options.formats, export)
    megabytes = options.engine.worker_megabytes or usual_limit(options.jobs)
    setup = Setup(
        files,
        options,
        export,
        names,
        documents_files.formats,
        out,
        out / JOURNAL,
        megabytes,
        fetched=fetched,
        store=held.store if held else None,
    )
    return Plan(documents, out, holds, options, export, documents_files, setup)


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


def shown(options: RunOptions) -> dict[str, object]:
    """Return the options as report.json shows them: all but the passwords."""
    values = asdict(options)
    values["load"]["passwords"] = f"{len(options.load.passwords)} given"
    return values

"""A run that is about to begin: what is to be read, by what, and where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import digitize
from digitize.batch.documents_files import DocumentsFiles
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
    """Documents, where their results go, how they are read; export: what the writers are told."""

    documents: Sequence[InputDocument]
    out: Path
    options: RunOptions
    export: TracedOptions
    documents_files: DocumentsFiles
    setup: Setup

    @property
    def names(self) -> Sequence[str]:
        """The documents' names, in their order."""
        return self.setup.documents

    @property
    def jobs(self) -> int:
        """How many workers there may be."""
        return self.options.jobs


def make_plan(
    documents: Sequence[InputDocument], out: Path, options: RunOptions, files: ReaderFiles
) -> Plan:
    """Return the plan of a run; nothing is opened or made yet."""
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
    documents_files = DocumentsFiles(out, names, options.formats, export)
    megabytes = options.engine.worker_megabytes or usual_limit(options.jobs)
    setup = Setup(
        files, options, export, names, documents_files.formats, out, out / JOURNAL, megabytes
    )
    return Plan(documents, out, options, export, documents_files, setup)


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

"""What every output format looks like to the program that fills it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol, TypeAlias, runtime_checkable

from digitize.records import DocumentResult, Outcome

Marks: TypeAlias = Literal["on", "off", "only-review"]
CsvDialect: TypeAlias = Literal["rfc4180", "excel"]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What the writers need to know beyond what was read.

    review_below: numbers less certain than this, 0 to 1, are marked for people.
    passwords: tried in turn on encrypted PDFs. marks: what PDFs show of the visible layer; off: it
    is there, and hidden until somebody switches it on. csv_dialect: excel has semicolons and a byte
    order mark, as spreadsheets expect where the comma is the decimal mark.
    """

    review_below: float = 0.95
    passwords: tuple[str, ...] = ()
    marks: Marks = "on"
    csv_dialect: CsvDialect = "rfc4180"


class Writer(Protocol):
    """One format: entered once for a run, given each document in turn, then left.

    What leaves the `with` block by an exception leaves no half-written file behind.
    """

    def __enter__(self) -> Writer: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def add(self, document: DocumentResult) -> tuple[str, ...]:
        """Write one document; return its own files, as paths relative to the output folder.

        Raises OutputNotWritable where no document could be written, and UnreadableInput where
        only this one cannot, for instance because its source is gone.
        """
        ...


@runtime_checkable
class Noting(Protocol):
    """A writer that also tells what failed and how long it took, of every document of the run."""

    def note(self, outcome: Outcome) -> None:
        """Take note of what became of a document, after `add` where anything was read of it."""
        ...


def note_outcome(outcome: Outcome, writers: Iterable[Writer]) -> None:
    """Tell the writers that ask for it what became of a document."""
    for writer in writers:
        if isinstance(writer, Noting):
            writer.note(outcome)


@runtime_checkable
class Cautious(Protocol):
    """A writer whose file may lack what its owner expects of it."""

    def cautions(self) -> tuple[str, ...]:
        """Return what the file that was added last does not have; empty where nothing is amiss."""
        ...


def cautions_of(writer: Writer) -> tuple[str, ...]:
    """Return what the owner of the document that was added last should know of its file."""
    return writer.cautions() if isinstance(writer, Cautious) else ()


class WriterFactory(Protocol):
    """Makes a writer; `documents` names all documents of the run, so that no two outputs clash."""

    def __call__(self, out: Path, documents: Sequence[str], options: ExportOptions) -> Writer:
        """Return a writer into the folder `out`, not yet entered."""
        ...

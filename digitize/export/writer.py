"""What every output format looks like to the program that fills it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol

from digitize.records import DocumentResult


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What the writers need to know beyond what was read.

    review_below: numbers less certain than this, 0 to 1, are marked for people.
    passwords: tried in turn on encrypted PDFs. marks: whether PDFs carry the visible layer.
    """

    review_below: float = 0.95
    passwords: tuple[str, ...] = ()
    marks: bool = True


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


class WriterFactory(Protocol):
    """Makes a writer; `documents` names all documents of the run, so that no two outputs clash."""

    def __call__(self, out: Path, documents: Sequence[str], options: ExportOptions) -> Writer:
        """Return a writer into the folder `out`, not yet entered."""
        ...

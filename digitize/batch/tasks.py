"""What is asked of a worker, and what it answers: plain data that travels between processes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from digitize.batch.journal_lines import PagePlace
from digitize.errors import DigitizeError
from digitize.load import InputDocument
from digitize.records import Failure


@dataclass(frozen=True, slots=True)
class ReadTask:
    """Pages of one document to be read in one go.

    at: the document's place in the run, from 0. pages: their numbers; None where it is not known
    which there are: the document is opened, they are told, and the first few are read.
    alone: whether it is a second try, made while nothing else is read.
    """

    at: int
    document: InputDocument
    pages: tuple[int, ...] | None
    alone: bool = False

    @property
    def steps(self) -> int:
        """How many times the limit of a page may pass between two answers."""
        return 1

    def again(self, page: int | None) -> ReadTask:
        """Return a second try at `page`, or at opening the document."""
        return replace(self, pages=None if page is None else (page,), alone=True)


@dataclass(frozen=True, slots=True)
class WriteTask:
    """A document to be written to `formats`, from the pages at these places in the journal."""

    at: int
    document: InputDocument
    pages: tuple[PagePlace, ...]
    formats: tuple[str, ...]
    alone: bool = False

    @property
    def steps(self) -> int:
        """How many times the limit of a page may pass between two answers."""
        return max(1, len(self.pages))

    def again(self, _page: int | None) -> WriteTask:
        """Return a second try."""
        return replace(self, alone=True)


Task: TypeAlias = "ReadTask | WriteTask"


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has its models open."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The document is open; numbers: of all wanted pages. reading: those that this task reads.

    fetched: the SHA-256 of a document that was fetched from a store, None of one on the disk.
    """

    numbers: tuple[int, ...]
    reading: tuple[int, ...]
    fetched: str | None = None


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page was read; text: its result as JSON, see `page_text`. seconds: what it took."""

    number: int
    text: bytes
    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """A page, or what was left of the task, cannot be read or written."""

    failure: Failure
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class OwnFiles:
    """A document's files of one format: (name within the output folder, size in bytes) of each.

    notes: what their owner should know of them.
    """

    format: str
    files: tuple[tuple[str, int], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """The document's own files of some formats are on the disk."""

    formats: tuple[OwnFiles, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing of the task is left."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What went wrong concerns the whole run."""

    error: DigitizeError


@dataclass(frozen=True, slots=True)
class Lost:
    """The worker that had the task is gone. stuck: it was ended, as it took too long."""

    stuck: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """The worker is gone, and never touched the task."""


Answer: TypeAlias = "Opened | PageRead | Failed | Written | Done"
Message: TypeAlias = "Ready | Ended | Answer"
News: TypeAlias = "Answer | Lost | Returned"

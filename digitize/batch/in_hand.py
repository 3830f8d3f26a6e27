"""One document while it is in hand: what is known of it so far, and what is still to come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from digitize.batch.content import Signature, signature
from digitize.batch.fetched import result_of
from digitize.batch.journal_lines import PagePlace
from digitize.batch.pages import pages_at
from digitize.batch.tasks import OwnFiles, Task
from digitize.load import InputDocument
from digitize.records import Failure, Outcome, PageResult


@dataclass(slots=True)
class InHand:
    """A document on its way; at: its place in the run, from 0. content: its SHA-256, where known.

    signature: what tells whether its file was written since.
    numbers: of its wanted pages, None until it is open. pages: where the results lie that are in.
    tasks: how many are out or waiting. from_journal: how many pages were read in an earlier run.
    writing: whether its own files are being, or were, written. files: those that are.
    left: what each task that is out has still to read. shown: how many pages were given in turn.
    """

    at: int
    document: InputDocument
    content: str | None
    signature: Signature | None = None
    numbers: tuple[int, ...] | None = None
    pages: dict[int, PagePlace] = field(default_factory=dict)
    failures: dict[int, Failure] = field(default_factory=dict)
    whole_failure: Failure | None = None
    write_failures: list[Failure] = field(default_factory=list)
    tasks: int = 0
    seconds: float = 0.0
    from_journal: int = 0
    writing: bool = False
    files: dict[str, OwnFiles] = field(default_factory=dict)
    left: dict[Task, list[int]] = field(default_factory=dict)
    shown: int = 0

    @property
    def is_read(self) -> bool:
        """Whether nothing is left to be read, for better or worse; if no task is left."""
        return self.whole_failure is not None or (self.numbers is not None and not self.missing)

    @property
    def is_finished(self) -> bool:
        """Whether it is read, and its own files are written."""
        return self.writing and not self.tasks

    def no_longer_left(self, task: Task, page: int) -> None:
        """Take note that a task is done with a page."""
        if page in (left := self.left.get(task, [])):
            left.remove(page)

    @property
    def missing(self) -> tuple[int, ...]:
        """The wanted pages of which nothing is known yet."""
        wanted = self.numbers or ()
        return tuple(n for n in wanted if n not in self.pages and n not in self.failures)

    @property
    def places(self) -> tuple[PagePlace, ...]:
        """Where the results of the pages lie, in the pages' order."""
        return tuple(self.pages[number] for number in sorted(self.pages))

    def next_in_turn(self) -> Iterator[PagePlace | Failure]:
        """Yield the places of pages, or the failures, that are in and were not yielded before.

        A page is held back until all before it are in, and what concerns the whole document until
        it is finished.
        """
        numbers = self.numbers or ()
        while self.shown < len(numbers):
            number = numbers[self.shown]
            found = self.pages.get(number) or self.failures.get(number)
            if found is None and not self.is_finished:
                return
            self.shown += 1
            if found is not None:
                yield found
        if self.is_finished and self.whole_failure:
            yield self.whole_failure

    def fail(self, failure: Failure) -> None:
        """Take note of a page that cannot be read; of no page: of all that is missing."""
        if failure.page is None:
            self.whole_failure = self.whole_failure or failure
        else:
            self.failures[failure.page] = failure

    def forget(self, failure: Failure) -> None:
        """Drop all that was read of the document, for one reason."""
        self.pages, self.failures, self.whole_failure = {}, {}, failure

    @property
    def was_changed(self) -> bool:
        """Whether the file was written while it was read; if it is gone, what was read holds."""
        now = signature(self.document.path)
        return now is not None and now != self.signature and len(self.pages) > self.from_journal

    def outcome(self, formats: Sequence[str], read: Callable[[PagePlace], PageResult]) -> Outcome:
        """Return what became of the document; pages are `read` from the journal.

        formats: those with own files, in the order in which their notes come.
        """
        failures = [self.failures[number] for number in sorted(self.failures)]
        if self.whole_failure:
            failures.append(self.whole_failure)
        result = None
        if self.pages:
            result = result_of(self.document, pages_at(self.places, read))
        failures += self.write_failures
        notes = tuple(note for one in self._own(formats) for note in one.notes)
        return Outcome(self.document.name, result, tuple(failures), self.seconds, notes)

    def outputs(self, formats: Sequence[str]) -> tuple[str, ...]:
        """Return the names of its own files, in the order of `formats`."""
        return tuple(name for own in self._own(formats) for name, _ in own.files)

    def _own(self, formats: Sequence[str]) -> list[OwnFiles]:
        return [self.files[name] for name in formats if name in self.files]


@dataclass(frozen=True, slots=True)
class Finished:
    """A document whose turn has come; outputs: its own files, relative to the output folder."""

    outcome: Outcome
    outputs: tuple[str, ...]
    from_journal: int


def by_format(files: Sequence[OwnFiles]) -> dict[str, OwnFiles]:
    """Return a document's own files by their format."""
    return {one.format: one for one in files}

"""What comes in of a document: noted with it, written into the journal, told to who watches."""

from __future__ import annotations

from collections.abc import Sequence

from digitize.batch.events import Tell
from digitize.batch.failures import CHANGED
from digitize.batch.in_hand import InHand, by_format
from digitize.batch.journal import Journal
from digitize.batch.plan import Plan
from digitize.batch.progress import Progress
from digitize.batch.tasks import (
    Failed,
    Opened,
    OwnFiles,
    PageRead,
    ReadTask,
    Task,
    WriteTask,
    Written,
)
from digitize.errors import UnreadableInput
from digitize.records import Failure


class Bookkeeping:
    """Keeps the journal of a run, and the documents in hand, as answers come in."""

    def __init__(self, plan: Plan, journal: Journal, watched: Progress, tell: Tell) -> None:
        self._documents_files, self._on_error = plan.documents_files, plan.options.engine.on_error
        self._journal, self._watched, self._tell = journal, watched, tell

    def opened(self, one: InHand, task: Task, news: Opened) -> None:
        """Note which pages a document has, and which of them the task reads."""
        one.numbers = news.numbers
        one.left[task] = list(news.reading)
        self._journal.add_document(one.content, one.document.name, news.numbers, news.fetched)

    def page_read(self, one: InHand, task: Task, news: PageRead) -> None:
        """Note a page that was read."""
        name, seconds = one.document.name, round(news.seconds, 3)
        place = self._journal.add_page(one.content, name, news.number, seconds, news.text)
        one.pages[news.number] = place
        one.seconds += seconds
        one.no_longer_left(task, news.number)
        self._watched.page_read(name, news.number)
        self._tell("page", document=name, page=news.number, seconds=seconds)

    def failed(self, one: InHand, task: Task, news: Failed) -> None:
        """Note what a worker could not read or write."""
        one.seconds += round(news.seconds, 3)
        if isinstance(task, ReadTask) and news.failure.page is not None:
            one.no_longer_left(task, news.failure.page)
        self.fail(one, task, news.failure)

    def fail(self, one: InHand, task: Task, failure: Failure) -> None:
        """Note a failure; UnreadableInput where the first is to end the run."""
        if isinstance(task, WriteTask):
            one.write_failures.append(failure)
        else:
            one.fail(failure)
        name, page = one.document.name, failure.page
        self._journal.add_failure(one.content, name, failure)
        self._tell("failure", document=name, page=page, kind=failure.kind, cause=failure.cause)
        if self._on_error == "stop":
            where = f", page {page}" if page else ""
            raise UnreadableInput(
                f"{name}{where}: {failure.cause}; the run ends here, as --on-error stop asks",
                f"{failure.remedy.rstrip('.')}; then go on with --resume",
            )

    def written(self, one: InHand, _task: Task, news: Written) -> None:
        """Note a document's own files, which are on the disk."""
        one.files |= by_format(news.formats)
        self._add_files(one, news.formats)

    def nothing_to_write(self, one: InHand) -> None:
        """Note of which content the results of a document are, if its own files do not tell."""
        if self._journal.known.shown.get(one.document.name) != one.content:
            self._add_files(one, ())

    def forget(self, one: InHand) -> None:
        """Drop what was read of a document that was written meanwhile."""
        self._journal.add_change(one.content, one.document.name)
        one.forget(CHANGED)
        self._tell("changed", document=one.document.name)

    def _add_files(self, one: InHand, formats: Sequence[OwnFiles]) -> None:
        made = self._documents_files.made(one)
        self._journal.add_files(one.content, one.document.name, made, formats)

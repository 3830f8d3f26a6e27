"""Documents to finished documents, in the order given, with the help of a crew and a journal."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from digitize.batch.bookkeeping import Bookkeeping
from digitize.batch.content import content_hash, signature
from digitize.batch.crew import Crew, Report
from digitize.batch.events import Tell, untold
from digitize.batch.failures import killed, stuck
from digitize.batch.in_hand import Finished, InHand, by_format
from digitize.batch.journal import Journal
from digitize.batch.journal_lines import PagePlace
from digitize.batch.plan import Plan
from digitize.batch.progress import Progress
from digitize.batch.queue import Queue
from digitize.batch.tasks import (
    Done,
    Failed,
    Lost,
    Opened,
    PageRead,
    ReadTask,
    Returned,
    Task,
    WriteTask,
    Written,
)
from digitize.load import InputDocument
from digitize.records import Failure, PageResult

InTurn: TypeAlias = Callable[[InputDocument, "PageResult | Failure"], None]

AHEAD = 8  # documents per worker in hand: keeps all busy, and memory from growing with the run


class Reading:
    """The documents of a run on their way through the workers.

    in_turn: is given every page, or the failure in its place, in the documents' order, as soon as
    those before it are in.
    """

    def __init__(
        self,
        plan: Plan,
        crew: Crew,
        journal: Journal,
        watched: Progress,
        tell: Tell = untold,
        in_turn: InTurn | None = None,
    ) -> None:
        self._documents, self._files = plan.documents, plan.documents_files
        self._page_seconds = plan.options.engine.page_timeout
        self._crew, self._journal, self._tell, self._in_turn = crew, journal, tell, in_turn
        self._books = Bookkeeping(plan, journal, watched, tell)
        self._in_hand: dict[int, InHand] = {}
        self._queue = Queue(crew)
        self._begun = 0
        self._on: dict[type, Callable[[InHand, Task, Any], None]] = {
            Opened: self._opened,
            PageRead: self._books.page_read,
            Failed: self._books.failed,
            Written: self._books.written,
            Done: lambda one, task, _: self._leave(one, task),
            Lost: self._lost,
            Returned: self._returned,
        }

    def finished(self) -> Iterator[Finished]:
        """Yield every document once all its pages are in and all before it were yielded."""
        for head in range(len(self._documents)):
            self._begin_more(head)
            self._show(self._in_hand[head])
            while not self._in_hand[head].is_finished:
                for report in self._crew.wait(self._journal.patience):
                    self._take(report)
                self._begin_more(head)
                self._journal.sync_if_due()
                self._show(self._in_hand[head])
            yield self._finish(self._in_hand.pop(head))

    def _show(self, one: InHand) -> None:
        """Give what is in of a document, up to the first page that is not."""
        if self._in_turn:
            for found in one.next_in_turn():
                page = self._journal.page(found) if isinstance(found, PagePlace) else found
                self._in_turn(one.document, page)

    def _begin_more(self, head: int) -> None:
        """Begin with the document at `head`, and with more until there is work for all."""
        last = min(len(self._documents), head + max(1, self._crew.size) * AHEAD)
        while self._begun < last and (self._begun <= head or self._queue.is_short):
            self._begin(self._begun)
            self._begun += 1
        self._queue.hand_out()

    def _begin(self, at: int) -> None:
        document = self._documents[at]
        signed = signature(document.path)  # before the hash, so that no change escapes
        one = InHand(at, document, content_hash(document.path), signed)
        self._in_hand[at] = one
        known = self._journal.known.contents.get(one.content or "")
        if known is None or known.numbers is None:
            self._add(ReadTask(at, document, None))
            return
        one.numbers = known.numbers
        pages = {n: page for n, page in known.pages.items() if n in known.numbers}
        one.pages = {number: page.place for number, page in pages.items()}
        one.seconds = sum(page.seconds for page in pages.values())
        one.from_journal = len(pages)
        self._read(one, one.missing)
        self._write_once_read(one)

    def _add(self, task: Task) -> None:
        one = self._in_hand[task.at]
        one.tasks += 1
        if isinstance(task, ReadTask) and task.pages is not None:
            one.left[task] = list(task.pages)
        self._queue.add(task)

    def _read(self, one: InHand, pages: Sequence[int]) -> None:
        for stretch in self._queue.stretches(pages):
            self._add(ReadTask(one.at, one.document, stretch))

    def _take(self, report: Report) -> None:
        self._on[type(report.news)](self._in_hand[report.task.at], report.task, report.news)

    def _opened(self, one: InHand, task: Task, news: Opened) -> None:
        self._books.opened(one, task, news)
        self._read(one, [number for number in news.numbers if number not in news.reading])

    def _returned(self, _one: InHand, task: Task, _news: Returned) -> None:
        self._queue.leave(task)
        self._queue.add(task)

    def _lost(self, one: InHand, task: Task, news: Lost) -> None:
        """Go on behind what was in hand when a worker ended; try that again, alone, if it died."""
        self._tell("worker_ended", document=one.document.name, stuck=news.stuck)
        left = one.left.get(task)
        page = left[0] if left else None
        if left != []:  # else it ended with all done
            if news.stuck:
                self._books.fail(one, task, stuck(page, self._page_seconds))
            elif task.alone:
                self._books.fail(one, task, killed(page))
            else:
                self._add(task.again(page))
        if left and left[1:]:
            self._add(ReadTask(one.at, one.document, tuple(left[1:])))
        self._leave(one, task)

    def _leave(self, one: InHand, task: Task) -> None:
        one.tasks -= 1
        one.left.pop(task, None)
        self._queue.leave(task)
        self._write_once_read(one)

    def _write_once_read(self, one: InHand) -> None:
        """Have the document's own files written, if all is read and they are not there yet."""
        if one.tasks or one.writing or not one.is_read:
            return
        one.writing = True
        if one.was_changed:
            self._books.forget(one)
        if one.pages:
            there = self._files.there(one, self._journal.known)
            one.files |= by_format(there)
            formats = tuple(name for name in self._files.formats if name not in one.files)
            if formats:
                self._add(WriteTask(one.at, one.document, one.places, formats))
            else:
                self._books.nothing_to_write(one)

    def _finish(self, one: InHand) -> Finished:
        outcome = one.outcome(self._files.formats, self._journal.page)
        return Finished(outcome, one.outputs(self._files.formats), one.from_journal)

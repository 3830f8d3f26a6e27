"""What a worker does with a task; whatever goes wrong stays in it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from digitize.batch.content import content_hash
from digitize.batch.failures import ENDS_THE_RUN, as_failure
from digitize.batch.fetched import result_of, with_original
from digitize.batch.journal import page_at
from digitize.batch.page_text import page_text
from digitize.batch.pages import pages_at
from digitize.batch.store import Store
from digitize.batch.tasks import (
    Answer,
    Failed,
    Opened,
    OwnFiles,
    PageRead,
    ReadTask,
    Task,
    WriteTask,
    Written,
)
from digitize.debug import draw_stages, folder_of
from digitize.errors import OutputNotWritable
from digitize.export import Writer
from digitize.export.writer import cautions_of
from digitize.load import AtHand, open_document
from digitize.options import RunOptions
from digitize.pipeline import read_page, unwatched
from digitize.readers import Readers
from digitize.records import Failure, Page, PageResult

FIRST_PAGES = 4  # read at once where it is not known yet how many there are: most have no more


@dataclass(frozen=True, slots=True)
class Workplace:
    """What a worker has at hand; writers: of the formats with a file per document, by name.

    store: where their files go once they are written, None where they stay in `out`.
    """

    readers: Readers
    options: RunOptions
    writers: Mapping[str, Writer]
    out: Path
    journal: Path
    at_hand: AtHand = field(default_factory=AtHand)
    store: Store | None = None


def work(task: Task, place: Workplace) -> Iterator[Answer]:
    """Yield what comes of a task, page by page; raise only what concerns the whole run."""
    doing = read(task, place) if isinstance(task, ReadTask) else write(task, place)
    try:
        yield from doing
    except ENDS_THE_RUN:
        raise
    except Exception as error:  # a bad file may upset any library; it must not cost its neighbours
        yield Failed(as_failure(error))


def read(task: ReadTask, place: Workplace) -> Iterator[Answer]:
    """Yield a result or a failure for each page of the task; raise where no more can be loaded."""
    here = place.at_hand(task.document.path)
    with open_document(here, place.options.load) as opened:
        pages = task.pages
        if pages is None:
            pages = () if task.alone else opened.numbers[:FIRST_PAGES]
            fetched = None if here == task.document.path else content_hash(here)
            yield Opened(opened.numbers, pages, fetched)
        for number in pages:
            started = time.perf_counter()
            page = opened.load(number)
            if isinstance(page, Page):
                found = read_alone(page, task.document.name, place.readers, place.options)
            else:
                found = page
            yield _answer(found, number, time.perf_counter() - started)


def read_alone(
    page: Page, document: str, readers: Readers, options: RunOptions
) -> PageResult | Failure:
    """Return what was read of one page, or why nothing was; it must not cost the next."""
    try:
        stages: dict[str, object] = {}
        watch = stages.__setitem__ if options.debug else unwatched
        result = read_page(page, readers, options.page, watch)
        if options.debug:
            draw_stages(page, stages, folder_of(options.debug, document, page.number))
        return result
    except ENDS_THE_RUN:
        raise
    except Exception as error:  # one page that upsets a stage must not cost the next
        return as_failure(error, page.number)


def write(task: WriteTask, place: Workplace) -> Iterator[Answer]:
    """Write a document to each format of the task; one that cannot take it costs no other."""
    with _reading(place.journal) as file:
        pages = pages_at(task.pages, lambda at: page_at(file, at))
        result = result_of(task.document, pages)
        written: list[OwnFiles] = []
        for name in task.formats:
            try:
                writer = place.writers[name]
                names = writer.add(with_original(result, task.document, (name,), place.at_hand))
                files = tuple((own, (place.out / own).stat().st_size) for own in names)
                if place.store:
                    for own in names:
                        place.store.take(place.out, own)
                written.append(OwnFiles(name, files, cautions_of(writer)))
            except ENDS_THE_RUN:
                raise
            except Exception as error:  # a document that a format cannot take costs no other
                yield Failed(as_failure(error))
    yield Written(tuple(written))


def _answer(found: PageResult | Failure, number: int, seconds: float) -> Answer:
    if isinstance(found, Failure):
        return Failed(found, seconds)
    return PageRead(number, page_text(found), seconds)


@contextmanager
def _reading(journal: Path) -> Iterator[int]:
    """Open the journal to be read; OutputNotWritable where it has gone."""
    try:
        file = os.open(journal, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise OutputNotWritable(
            f"{journal}: the journal cannot be read ({(error.strerror or str(error)).lower()})",
            "Put the output folder back, then run again with --resume",
        ) from error
    try:
        yield file
    finally:
        os.close(file)

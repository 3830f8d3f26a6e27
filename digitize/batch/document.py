"""One document to its outcome; whatever goes wrong stays in it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from digitize.debug import draw_stages, folder_of
from digitize.errors import (
    DigitizeError,
    ModelUnusable,
    OutputNotWritable,
    UsageError,
    first_line,
)
from digitize.load import InputDocument, load_pages
from digitize.options import RunOptions
from digitize.pipeline import read_page, unwatched
from digitize.readers import Readers
from digitize.records import DocumentResult, Failure, Outcome, Page, PageResult

PageRead = Callable[[str, int], None]
ENDS_THE_RUN = (ModelUnusable, OutputNotWritable, UsageError)  # they concern every document


def read_document(
    document: InputDocument, readers: Readers, options: RunOptions, page_read: PageRead
) -> Outcome:
    """Return what was read of one document and every failure in it; raise nothing but our end.

    Only what concerns the whole run is raised: see ENDS_THE_RUN.
    """
    started = time.perf_counter()
    pages: list[PageResult] = []
    failures: list[Failure] = []
    for item in read_pages(document, readers, options):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            pages.append(item)
            page_read(document.name, item.number)
    result = DocumentResult(document.name, document.path, tuple(pages)) if pages else None
    return Outcome(document.name, result, tuple(failures), time.perf_counter() - started)


def read_pages(
    document: InputDocument, readers: Readers, options: RunOptions
) -> Iterator[PageResult | Failure]:
    """Yield a result or a failure for each page, and a failure where no more can be loaded."""
    try:
        for item in load_pages(document.path, options.load):
            if isinstance(item, Failure):
                yield item
            else:
                yield _read(item, document.name, readers, options)
    except ENDS_THE_RUN:
        raise
    except Exception as error:  # a bad file may upset any library; it must not cost its neighbours
        yield as_failure(error)


def _read(page: Page, document: str, readers: Readers, options: RunOptions) -> PageResult | Failure:
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


def as_failure(error: BaseException, page: int | None = None) -> Failure:
    """Return an exception as a failure that names its cause and remedy."""
    if isinstance(error, DigitizeError):
        return Failure(type(error).__name__, error.cause, error.remedy, page)
    if isinstance(error, MemoryError):
        return Failure(
            "OutOfMemory",
            "there was not enough memory to read it",
            "Run it alone with --jobs 1, or shrink the picture",
            page,
        )
    return Failure(
        "InternalError",
        f"digitize failed on it ({type(error).__name__}: {first_line(error)})",
        "This is a fault of digitize: please report it, with the file if you may share it",
        page,
    )

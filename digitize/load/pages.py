"""One document to its pages, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

from digitize.load.kinds import Kind, kind_of
from digitize.load.open_document import OpenDocument
from digitize.load.options import LoadOptions
from digitize.load.pdf import open_pdf_pages
from digitize.load.pictures import open_picture_pages
from digitize.records import Failure, Page


def load_pages(path: Path, options: LoadOptions) -> Iterator[Page | Failure]:
    """Load the wanted pages of the document at `path` one by one, in order.

    A page that cannot be read yields a Failure in its place, and the next follow. A document that
    cannot be read at all raises UnreadableInput, EncryptedInput or OversizedPicture at the first
    page; UsageError where the PDF renderer asked for is not installed. Messages leave out the
    document's name. pdfium is not thread-safe: one thread of a process may load PDFs at a time.
    """
    with open_document(path, options) as document:
        for number in document.numbers:
            yield document.load(number)


def open_document(path: Path, options: LoadOptions) -> AbstractContextManager[OpenDocument]:
    """Open the document at `path` for its pages to be loaded in any order.

    Raises what load_pages does, when it is entered or when a page is loaded.
    """
    kind = kind_of(path)
    if kind is Kind.PDF:
        return open_pdf_pages(path, options)
    return open_picture_pages(path, kind, options)

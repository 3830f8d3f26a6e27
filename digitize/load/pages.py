"""One document to its pages, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from digitize.load.kinds import Kind, kind_of
from digitize.load.options import LoadOptions
from digitize.load.pdf import load_pdf
from digitize.load.pictures import load_pictures
from digitize.records import Failure, Page


def load_pages(path: Path, options: LoadOptions) -> Iterator[Page | Failure]:
    """Load the wanted pages of the document at `path` one by one, in order.

    A page that cannot be read yields a Failure in its place, and the next follow. A document that
    cannot be read at all raises UnreadableInput, EncryptedInput or OversizedPicture at the first
    page; UsageError where the PDF renderer asked for is not installed. Messages leave out the
    document's name. pdfium is not thread-safe: one thread of a process may load PDFs at a time.
    """
    kind = kind_of(path)
    if kind is Kind.PDF:
        yield from load_pdf(path, options)
    else:
        yield from load_pictures(path, kind, options)

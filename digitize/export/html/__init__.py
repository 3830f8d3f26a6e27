"""results.html: a run on one page, to look at in a browser and to hand on as a single file.

What it came to, how sure the numbers are, what failed, the numbers that people must look at, how
long each document took, and every page, small, with its numbers boxed. Pictures are in the file,
nothing is loaded from anywhere, no script runs, and whatever comes from outside is escaped.

Pages go to a temporary file as they come; of the doubtful numbers only those that are shown stay in
memory. No date is in it: the same outcomes give the same bytes.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from digitize.export.atomic import inside, writing
from digitize.export.html.doubtful import Doubtful, LeastCertain
from digitize.export.html.histogram import Histogram
from digitize.export.html.overview import Documents
from digitize.export.html.pages import load_each, page_figure
from digitize.export.html.whole import after_pages, before_pages
from digitize.export.html.words import shown
from digitize.export.originals import no_pictures
from digitize.export.run_file import RunFile
from digitize.export.traced import provenance_of
from digitize.export.writer import ExportOptions
from digitize.records import DocumentResult, Outcome, Page, PageResult, Status

RESULTS = "results.html"


class HtmlWriter:
    """The page of a run, filled as documents come; it appears when the run ends.

    A run that ends by an exception leaves the page of an earlier run as it was.
    """

    def __init__(
        self,
        out: Path,
        documents: Sequence[str] = (),  # noqa: ARG002 - one page for all documents
        options: ExportOptions | None = None,
    ) -> None:
        self._out = out
        self._options = options or ExportOptions()
        self._made = provenance_of(options)
        self._cautions: tuple[str, ...] = ()

    def __enter__(self) -> HtmlWriter:
        self._file = RunFile(inside(self._out, RESULTS))
        self._pages = tempfile.TemporaryFile(
            "w+", encoding="utf-8", errors="backslashreplace", newline=""
        )
        self._documents = Documents()
        self._histogram = Histogram(self._options.review_below)
        self._doubtful = LeastCertain()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._finish()
                self._file.keep()
        finally:
            self._pages.close()
            self._file.drop()

    def add(self, document: DocumentResult) -> tuple[str, ...]:
        """Show the document's pages; a document has no page of its own."""
        self._cautions = ()
        place = self._documents.place_of(document.document)
        with writing(self._file.path):
            self._pages.write(
                f'<section class="document" id="d{place}"><h3>{shown(document.document)}</h3>\n'
            )
            for result, page in load_each(document, self._options.passwords):
                self._pages.write(page_figure(result, page, place))
                self._count(document, result, page, place)
                if page is None:
                    self._cautions = (no_pictures(document, RESULTS),)
            self._pages.write("</section>\n")
        return ()

    def cautions(self) -> tuple[str, ...]:
        """Return whether pictures of the document that was added last are missing."""
        return self._cautions

    def note(self, outcome: Outcome) -> None:
        """Take note of what failed, and how long it took."""
        self._documents.note(outcome)

    def _count(
        self, document: DocumentResult, result: PageResult, page: Page | None, place: int
    ) -> None:
        for count, number in enumerate(result.numbers, 1):
            self._histogram.add(number)
            if number.status is Status.REVIEW:
                one = Doubtful(document.document, result.number, count, number, place)
                self._doubtful.add(one, page, document.source, result)

    def _finish(self) -> None:
        with (
            writing(self._file.path),
            self._file.part.open(
                "w", encoding="utf-8", errors="backslashreplace", newline=""
            ) as file,
        ):
            file.write(before_pages(self._documents, self._histogram, self._doubtful))
            self._pages.seek(0)
            shutil.copyfileobj(self._pages, file)
            file.write(after_pages(self._made))

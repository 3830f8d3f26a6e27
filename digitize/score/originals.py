"""The pages that a truth is about, as they were loaded for reading."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from digitize.errors import UnreadableInput, UsageError
from digitize.load import LoadOptions, PageRanges, load_pages
from digitize.records import Failure, Page
from digitize.score.truth import PageTruth


def find_original(truth: PageTruth) -> Path:
    """Return where the image of a truth lies: beside it, else in the folder above or one in that.

    UsageError where it is in none of them.
    """
    beside = truth.path.parent
    above = beside.resolve().parent
    for folder in (beside, above, *sorted(path for path in above.iterdir() if path.is_dir())):
        if (folder / truth.image).is_file():
            return folder / truth.image
    raise UsageError(
        f"{truth.image}: the page is not beside its truth, {truth.path}",
        "Put a copy there, or leave out --worst",
    )


def load_originals(path: Path, numbers: frozenset[int], dpi: int) -> Iterator[Page]:
    """Load the pages `numbers` (from 1) of a document; dpi: of PDF pages that are drawn.

    UnreadableInput where one cannot be loaded.
    """
    wanted = PageRanges(tuple((number, number) for number in sorted(numbers)))
    try:
        for page in load_pages(path, LoadOptions(dpi=dpi, pages=wanted)):
            if isinstance(page, Failure):
                raise UnreadableInput(page.cause, page.remedy)
            yield page
    except UnreadableInput as error:
        raise UnreadableInput(f"{path}: {error.cause}", error.remedy) from error

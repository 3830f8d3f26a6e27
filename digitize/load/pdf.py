"""PDF files to pages: the embedded scan where a page is one, else the page drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium

from digitize.errors import UnreadableInput
from digitize.load.drawing import Drawable, renderer
from digitize.load.facts import PageFacts, page_facts
from digitize.load.limits import check_pixels
from digitize.load.open_document import OpenDocument
from digitize.load.open_pdf import OpenPdf, open_pdf
from digitize.load.options import LoadOptions
from digitize.load.outcomes import page_or_failure
from digitize.load.page_ranges import wanted_pages
from digitize.load.placement import Sheet
from digitize.load.scan import find_scan
from digitize.load.take import take_scan
from digitize.load.unpacked import check_drawing
from digitize.records import Failure, Page


@contextmanager
def open_pdf_pages(path: Path, options: LoadOptions) -> Iterator[OpenDocument]:
    """Open a PDF; a page that fails is a Failure."""
    renderer(options.pdf_renderer)  # a wrong name is no fault of the document
    with open_pdf(path, options.passwords) as opened:

        def load(number: int) -> Page | Failure:
            return page_or_failure(lambda n: _load_page(opened, n, options), number)

        yield OpenDocument(tuple(wanted_pages(opened.count, options.pages)), load)


def _load_page(opened: OpenPdf, number: int, options: LoadOptions) -> Page:
    """Load page `number`, counted from 1."""
    check_drawing(opened.facts, number)
    try:
        page = opened.pdf.get_page(number - 1)
    except pdfium.PdfiumError as error:
        raise UnreadableInput(
            "this page is damaged and cannot be opened", "Copy or scan it again."
        ) from error
    try:
        facts = page_facts(opened.facts, number)
        return _taken(page, number, facts, options) or _drawn(page, number, facts, opened, options)
    finally:
        page.close()


def _taken(
    page: pdfium.PdfPage, number: int, facts: PageFacts, options: LoadOptions
) -> Page | None:
    """Return the page's scan at its own resolution; None where the page is not one scan."""
    sheet = Sheet(page.get_bbox(), page.get_rotation())
    scan = find_scan(page, sheet, facts)
    if scan is None:
        return None
    check_pixels(scan.columns, scan.rows, options.max_megapixels)
    pixels = take_scan(scan, sheet.size)
    if pixels is None:
        return None
    across, down = scan.placement.pixels_per_point(scan.columns, scan.rows)
    return Page(number, pixels, (across + down) / 2 / facts.inches_per_point)


def _drawn(
    page: pdfium.PdfPage, number: int, facts: PageFacts, opened: OpenPdf, options: LoadOptions
) -> Page:
    """Return the page drawn at the resolution asked for."""
    scale = options.dpi * facts.inches_per_point
    drawable = Drawable(page, opened.path, opened.password, number, scale)
    check_pixels(*drawable.size, options.max_megapixels, dpi=options.dpi)
    return Page(number, renderer(options.pdf_renderer)(drawable), float(options.dpi))

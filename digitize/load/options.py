"""How documents are loaded."""

from __future__ import annotations

from dataclasses import dataclass

from digitize.load.page_ranges import PageRanges


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """How documents are loaded.

    dpi: resolution of PDF pages that are drawn, 1 or more. pdf_renderer: "pdfium" or "poppler".
    passwords: tried in turn on protected PDFs. pages: None loads all.
    max_megapixels: the largest page, in millions of pixels.
    """

    dpi: int = 300
    pdf_renderer: str = "pdfium"
    passwords: tuple[str, ...] = ()
    pages: PageRanges | None = None
    max_megapixels: float = 150.0  # A4 at 1200 dpi and A0 at 300 dpi are 139 each

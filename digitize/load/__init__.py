"""Files to pages: pictures and PDFs, one page at a time, at their own resolution."""

from digitize.load.inputs import InputDocument, find_documents
from digitize.load.options import LoadOptions
from digitize.load.page_ranges import PageRanges, parse_page_ranges
from digitize.load.pages import load_pages

__all__ = [
    "InputDocument",
    "LoadOptions",
    "PageRanges",
    "find_documents",
    "load_pages",
    "parse_page_ranges",
]

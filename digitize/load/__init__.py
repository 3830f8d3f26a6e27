"""Files to pages: pictures and PDFs, one page at a time, at their own resolution."""

from digitize.load.at_hand import AtHand
from digitize.load.folders import PassedOver, lies_in
from digitize.load.inputs import FoundInputs, InputDocument, find_documents, find_inputs
from digitize.load.open_document import OpenDocument
from digitize.load.options import LoadOptions
from digitize.load.page_ranges import PageRanges, parse_page_ranges
from digitize.load.pages import load_pages, open_document
from digitize.load.remote_file import RemoteFile

__all__ = [
    "AtHand",
    "FoundInputs",
    "InputDocument",
    "LoadOptions",
    "OpenDocument",
    "PageRanges",
    "PassedOver",
    "RemoteFile",
    "find_documents",
    "find_inputs",
    "lies_in",
    "load_pages",
    "open_document",
    "parse_page_ranges",
]

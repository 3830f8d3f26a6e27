"""Lays the text and the marks over the pages of an open PDF, and touches nothing else in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from digitize.export.pdf.bookmarks import ReviewBookmarks
from digitize.export.pdf.contents import Frames, draw_after, is_drawn_on
from digitize.export.pdf.drawing import page_drawing
from digitize.export.pdf.entries import whole_number
from digitize.export.pdf.layers import marks_layer_of, switch_off, switch_on
from digitize.export.pdf.links import ReviewLinks
from digitize.export.pdf.place import View, view_of
from digitize.export.pdf.shared import SharedResources
from digitize.export.pdf.upright import upright_result
from digitize.export.writer import ExportOptions
from digitize.records import PageResult

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pikepdf import Page, Pdf

_LETTER = (0.0, 0.0, 612.0, 792.0)
"""What viewers take for a page without a size."""


def lay_over(pdf: Pdf, pages: Iterable[tuple[int, PageResult]], options: ExportOptions) -> None:
    """Lay each result over the page at its index, from 0, in place of one laid there before.

    Marks that are off are there too, for viewers to show on request. Numbers to review become
    bookmarks, and legends that are shown lead from one page of them to the next. A page without
    numbers stays as it is.
    """
    layer = marks_layer_of(pdf)
    (switch_off if options.marks == "off" else switch_on)(pdf, layer)
    bookmarks, links = ReviewBookmarks(pdf), ReviewLinks(pdf, layer)
    frames, shared = Frames(pdf), SharedResources(pdf, layer)
    for index, result in pages:
        page = pdf.pages[index]
        view = page_view(page, result)
        upright = upright_result(result)
        drawing = page_drawing(upright, view, shared.glyphs, options)
        if drawing.numbers or is_drawn_on(page):
            shared.use(page, _inherited(page, "/Resources"), drawing.key + drawing.numbers)
            draw_after(page, (drawing.start(view), drawing.key, drawing.numbers), frames)
        first = bookmarks.add(page, upright, view)
        links.add(page, None if options.marks == "off" else drawing.legend, view, first)
    shared.finish()
    bookmarks.link()
    links.link()


def page_view(page: Page, result: PageResult) -> View:
    """Return how `page` shows the result's pixels over its crop box, turned upright."""
    media = _rectangle(_inherited(page, "/MediaBox")) or _LETTER
    crop = _rectangle(_inherited(page, "/CropBox")) or media
    shown = (
        *(max(pair) for pair in zip(crop[:2], media[:2], strict=True)),
        *(min(pair) for pair in zip(crop[2:], media[2:], strict=True)),
    )
    left, bottom, right, top = shown if shown[0] < shown[2] and shown[1] < shown[3] else media
    rotate = whole_number(_inherited(page, "/Rotate")) + 90 * result.turn
    upright = upright_result(result)
    return view_of((left, bottom, right, top), rotate, (upright.width, upright.height))


def _inherited(page: Page, key: str) -> Any:  # numbers and arrays alike
    """Return a page's attribute, its own or that of the page tree above (ISO 32000-1, 7.7.3.4)."""
    node: Any = page.obj
    for _ in range(64):  # a damaged tree may run in circles
        if key in node:
            return node[key]
        if "/Parent" not in node:
            return None
        node = node["/Parent"]
    return None


def _rectangle(corners: Any) -> tuple[float, float, float, float] | None:
    """Return (left, bottom, right, top) of a PDF rectangle; None where it is none or empty."""
    try:
        x, y, other_x, other_y = (float(corner) for corner in corners)
    except (TypeError, ValueError):
        return None
    if x == other_x or y == other_y:
        return None
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)

"""Lays the text and the marks over the pages of an open PDF, and touches nothing else in it."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any

from digitize.export.pdf.font import embed_font
from digitize.export.pdf.marks import marks_layer
from digitize.export.pdf.place import View, pdf_matrix, pdf_number, view_of
from digitize.export.pdf.text import text_layer
from digitize.records import PageResult

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pikepdf import Object, Page, Pdf

_TEXT, _MARKS = "/DigitizeText", "/DigitizeMarks"

_LETTER = (0.0, 0.0, 612.0, 792.0)
"""What viewers take for a page without a size."""


def lay_over(
    pdf: Pdf, pages: Iterable[tuple[int, PageResult]], *, marks: bool, review_below: float
) -> None:
    """Lay each result over the page at its index, from 0, in place of one laid there before."""
    font = embed_font(pdf)
    layer = _marks_layer_of(pdf) if marks else None
    for index, result in pages:
        page = pdf.pages[index]
        view = page_view(page, (result.width, result.height))
        text = _form(pdf, view, text_layer(result, view), Font={"/F": font})
        drawing = marks_layer(result, view, review_below) if marks else b""
        _draw(page, view, {_TEXT: text, _MARKS: _form(pdf, view, drawing, layer)})


def page_view(page: Page, pixels: tuple[int, int]) -> View:
    """Return how `page` shows a (width, height) grid of pixels over its crop box, as displayed."""
    media = _rectangle(_inherited(page, "/MediaBox")) or _LETTER
    crop = _rectangle(_inherited(page, "/CropBox")) or media
    shown = (
        *(max(pair) for pair in zip(crop[:2], media[:2], strict=True)),
        *(min(pair) for pair in zip(crop[2:], media[2:], strict=True)),
    )
    left, bottom, right, top = shown if shown[0] < shown[2] and shown[1] < shown[3] else media
    rotate = _inherited(page, "/Rotate")
    return view_of((left, bottom, right, top), int(rotate or 0), pixels)


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


def _form(
    pdf: Pdf,
    view: View,
    drawing: bytes,
    layer: Object | None = None,
    **resources: dict[str, Object],
) -> Object:
    """Return a form XObject the size of the view, on a layer if one is given."""
    from pikepdf import Array, Dictionary, Name, Stream

    size = [float(pdf_number(view.width)), float(pdf_number(view.height))]
    form = Stream(pdf, zlib.compress(drawing))
    form["/Filter"] = Name.FlateDecode
    form["/Type"], form["/Subtype"] = Name.XObject, Name.Form
    form["/BBox"] = Array([0, 0, *size])
    form["/Resources"] = Dictionary({f"/{kind}": Dictionary(of) for kind, of in resources.items()})
    if layer is not None:
        form["/OC"] = layer
    return pdf.make_indirect(form)


def _draw(page: Page, view: View, forms: dict[str, Object]) -> None:
    """Draw the forms after all else on the page, in the page's first coordinates.

    A form that an earlier run left under the same name is drawn already: it is replaced. The
    dictionaries are copied first, since pages often share them.
    """
    from pikepdf import Dictionary

    resources = Dictionary(dict((_inherited(page, "/Resources") or {}).items()))
    drawings = Dictionary(dict((resources.get("/XObject") or {}).items()))
    new = [name for name in forms if name not in drawings]
    for name, form in forms.items():
        drawings[name] = form
    resources["/XObject"] = drawings
    page.obj["/Resources"] = resources
    if new:
        missing, left_open = _unpaired_states(page)
        drawn = " ".join(f"{name} Do" for name in new)
        closing = "Q " * (left_open + 1)
        page.contents_add(b"q " * (missing + 1), prepend=True)
        page.contents_add(f"\n{closing}q {pdf_matrix(view.to_user)} cm {drawn} Q\n".encode("ascii"))


def _unpaired_states(page: Page) -> tuple[int, int]:
    """Return how many `q` the page's contents lack, and how many they have without a `Q`.

    Faulty contents, but met: poppler stops at a `Q` too many, and a `q` too many moves the text.
    """
    from pikepdf import parse_content_stream

    missing = opened = 0
    for instruction in parse_content_stream(page, operators="q Q"):
        if str(instruction.operator) == "q":
            opened += 1
        elif opened:
            opened -= 1
        else:
            missing += 1
    return missing, opened


def _marks_layer_of(pdf: Pdf) -> Object:
    """Return the layer of marks, added to the PDF's list of layers and switched on."""
    from pikepdf import Array, Dictionary, Name, String

    from digitize.load.facts import OWN_LAYER

    properties = pdf.Root.get("/OCProperties")
    if properties is None:
        properties = pdf.Root["/OCProperties"] = Dictionary(OCGs=Array())
    if "/D" not in properties:
        properties["/D"] = Dictionary()
    for layer in properties["/OCGs"]:
        if str(layer.get("/Name")) == OWN_LAYER:
            return layer
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(OWN_LAYER)))
    shown = properties["/D"]
    for owner, key in ((properties, "/OCGs"), (shown, "/Order"), (shown, "/ON")):
        if key not in owner:
            owner[key] = Array()
        owner[key].append(layer)
    return layer

"""Whether a PDF page is one scan and nothing else that is seen; pdfium's objects are asked."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as c

from digitize.load.facts import PageFacts
from digitize.load.placement import Matrix, Placement, Sheet, place
from digitize.load.resolution import SQUARE
from digitize.load.veils import is_veiled

_QUIET_ANNOTATIONS = (c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_POPUP)
_DEEPEST_FORM = 15  # pdfium's own limit of forms in forms is near


@dataclass(frozen=True, slots=True)
class Scan:
    """The one picture of a page: pdfium's handle, valid while the page is open, and where it lies.

    columns, rows: its size in pixels once displayed.
    """

    handle: Any
    placement: Placement
    columns: int
    rows: int


def find_scan(page: pdfium.PdfPage, sheet: Sheet, facts: PageFacts) -> Scan | None:
    """Return the picture that is all there is to see on `page`; None where the page is more."""
    # two are enough to know, on drawings of many thousand lines
    visible = list(islice((one for one in _objects(page) if not _is_unseen(one)), 2))
    if len(visible) != 1 or c.FPDFPageObj_GetType(visible[0]) != c.FPDF_PAGEOBJ_IMAGE:
        return None
    picture = visible[0]
    stored = _pixel_size(picture)
    if stored not in facts.plain_sizes or is_veiled(picture, sheet.crop) or _has_notes(page):
        return None
    placement = place(_matrix(picture), sheet)
    if placement is None or not placement.covers(*sheet.size):
        return None
    columns, rows = stored[::-1] if placement.transposed else stored
    across, down = placement.pixels_per_point(columns, rows)
    # Fax pixels are longer than wide; pdfium draws them square.
    square = max(across, down) <= min(across, down) * SQUARE
    return Scan(picture, placement, columns, rows) if square else None


def _objects(page: pdfium.PdfPage) -> Iterator[Any]:
    return (c.FPDFPage_GetObject(page, i) for i in range(c.FPDFPage_CountObjects(page)))


def _is_unseen(handle: Any, depth: int = 0) -> bool:
    """Tell whether nothing of an object shows: an OCR layer's text, also inside a form."""
    kind = c.FPDFPageObj_GetType(handle)
    if kind == c.FPDF_PAGEOBJ_TEXT:
        return bool(c.FPDFTextObj_GetTextRenderMode(handle) == c.FPDF_TEXTRENDERMODE_INVISIBLE)
    if kind == c.FPDF_PAGEOBJ_PATH:
        filled, stroked = ctypes.c_int(), c.FPDF_BOOL()
        known = c.FPDFPath_GetDrawMode(handle, filled, stroked)
        return bool(known and not filled.value and not stroked.value)
    if kind == c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST_FORM:
        count = c.FPDFFormObj_CountObjects(handle)
        inner = (c.FPDFFormObj_GetObject(handle, i) for i in range(count))
        return all(_is_unseen(one, depth + 1) for one in inner)
    return False


def _has_notes(page: pdfium.PdfPage) -> bool:
    """Tell whether the page has annotations that show: anything but links and pop-ups."""
    for i in range(c.FPDFPage_GetAnnotCount(page)):
        annotation = c.FPDFPage_GetAnnot(page, i)
        if not annotation:
            return True
        subtype = c.FPDFAnnot_GetSubtype(annotation)
        c.FPDFPage_CloseAnnot(annotation)
        if subtype not in _QUIET_ANNOTATIONS:
            return True
    return False


def _pixel_size(picture: Any) -> tuple[int, int]:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    c.FPDFImageObj_GetImagePixelSize(picture, width, height)
    return width.value, height.value


def _matrix(picture: Any) -> Matrix:
    matrix = c.FS_MATRIX()
    c.FPDFPageObj_GetMatrix(picture, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

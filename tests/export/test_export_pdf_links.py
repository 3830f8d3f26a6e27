"""Links from the legend of each page to the next page with numbers to review, and round again."""

from __future__ import annotations

from ctypes import c_double
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from awkward_pdfs import awkward
from export_pages import document, number, page, rendered, without_marks
from pikepdf import Array, Dictionary, Name, Pdf

from digitize.export import WRITERS, ExportOptions
from digitize.records import DocumentResult, PageResult, Status

SIZE = (400, 600)
"""Of a page, in pixels and in units of 1/72 inch alike."""

MARGIN = 9
"""In pixels, at 72 to the inch: nearer than that to an edge of the page stand legends alone."""

SURE = number("17", 60, 100)
DOUBTFUL = number("4", 60, 300, confidence=0.6, status=Status.REVIEW)


def blank(path: Path, count: int) -> Path:
    with Pdf.new() as pdf:
        for _ in range(count):
            pdf.add_blank_page(page_size=SIZE)
        pdf.save(path)
    return path


def pages(*doubts: bool) -> list[PageResult]:
    """Pages with a number each, one to review where there is a doubt."""
    return [
        page((DOUBTFUL if doubt else SURE,), count=count, size=SIZE, dpi=72)
        for count, doubt in enumerate(doubts, 1)
    ]


def searchable(
    out: Path, result: DocumentResult, *, standard: str = "pdf", **options: object
) -> Path:
    with WRITERS[standard](out, [result.document], ExportOptions(**options)) as pdfs:
        (name,) = pdfs.add(result)
        assert not pdfs.cautions()
    return out / name


def marked(folder: Path, *doubts: bool, **options: object) -> Path:
    source = blank(folder / "in.pdf", len(doubts))
    return searchable(folder / "out", document("in.pdf", source, *pages(*doubts)), **options)


def click(pdf: Path, count: int, x: float = 10, y: float = 5) -> int | None:
    """The page, from 1, that pdfium leads to from a point of a page; from the legend's usually."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return clicked(opened, opened[count - 1], x, y)


def clicked(
    opened: pypdfium2.PdfDocument, shown: pypdfium2.PdfPage, x: float, y: float
) -> int | None:
    link = pdfium.FPDFLink_GetLinkAtPoint(shown.raw, x, y)
    if not link:
        return None
    place = pdfium.FPDFLink_GetDest(opened.raw, link)
    return int(pdfium.FPDFDest_GetDestPageIndex(opened.raw, place)) + 1


def click_pixel(opened: pypdfium2.PdfDocument, row: int, column: int) -> int | None:
    """Where a pixel of the first page leads to, drawn at 72 dots to the inch."""
    shown, x, y = opened[0], c_double(), c_double()
    size = (round(side) for side in shown.get_size())
    pdfium.FPDF_DeviceToPage(shown.raw, 0, 0, *size, 0, int(column), int(row), x, y)
    return clicked(opened, shown, x.value, y.value)


def links(pdf: Path, index: int = 0) -> list[dict[str, object]]:
    with pikepdf.open(pdf) as opened:
        found = opened.pages[index].obj.get("/Annots", ())
        return [
            {
                "place": [float(edge) for edge in one.Rect],
                "shown": [float(edge) for edge in one.Dest.as_list()[2:]],
                "layer": str(one.OC.Name),
            }
            for one in found
        ]


def test_each_legend_leads_to_the_next_page_with_numbers_to_review(tmp_path: Path) -> None:
    pdf = marked(tmp_path, False, True, False, False, True, False)
    assert [click(pdf, count) for count in range(1, 7)] == [2, 5, 5, 5, 2, 2]


def test_a_link_lies_on_the_legend_alone(tmp_path: Path) -> None:
    pdf = marked(tmp_path, True)
    assert click(pdf, 1) == 1
    assert click(pdf, 1, x=300) is click(pdf, 1, y=30) is None


def test_it_shows_what_the_first_bookmark_of_the_page_shows(tmp_path: Path) -> None:
    pdf = marked(tmp_path, False, True)
    with pikepdf.open(pdf) as opened:
        bookmark = opened.Root.Outlines.First.First
        shown = [float(edge) for edge in bookmark.Dest.as_list()[2:]]
    assert [one["shown"] for one in links(pdf)] == [shown]


def test_without_doubt_there_is_no_link(tmp_path: Path) -> None:
    pdf = marked(tmp_path, False, False)
    assert links(pdf, 0) == links(pdf, 1) == []


def test_marks_that_are_off_have_no_link(tmp_path: Path) -> None:
    pdf = marked(tmp_path, True, True, marks="off")
    assert links(pdf, 0) == links(pdf, 1) == []


def test_pages_whose_sure_numbers_are_not_marked_have_neither_legend_nor_link(
    tmp_path: Path,
) -> None:
    pdf = marked(tmp_path, False, True, True, marks="only-review")
    assert [click(pdf, count) for count in (1, 2, 3)] == [None, 3, 2]


def test_links_are_on_the_layer_of_marks_and_draw_nothing(tmp_path: Path) -> None:
    pdf = marked(tmp_path, True)
    assert [one["layer"] for one in links(pdf)] == ["digitize marks"]
    unlinked = tmp_path / "unlinked.pdf"
    with pikepdf.open(pdf) as opened:
        del opened.pages[0].obj.Annots
        opened.save(unlinked)
    assert np.array_equal(rendered(pdf), rendered(unlinked))
    assert np.array_equal(rendered(without_marks(pdf)), rendered(tmp_path / "in.pdf"))


@pytest.mark.parametrize(
    "name", ["rotated 90", "rotated, cropped, user unit 2", "on its left side", "upside down"]
)
def test_the_legend_is_clicked_where_it_is_seen(tmp_path: Path, name: str) -> None:
    given = awkward(name, tmp_path)
    doubtful = [one for one in given.pages[0].numbers if one.text == "4"]
    result = replace(given.pages[0], numbers=tuple(doubtful))
    pdf = searchable(tmp_path / "out", document("in.pdf", given.path, result))
    seen = (rendered(pdf, 72) != rendered(without_marks(pdf), 72)).any(axis=2)
    inside = tuple(slice(MARGIN, side - MARGIN) for side in seen.shape)
    seen[inside] = False  # the marks of the number
    pixels = np.argwhere(seen)
    assert len(pixels) > 20
    with pypdfium2.PdfDocument(pdf) as opened:
        assert all(click_pixel(opened, row, column) for row, column in pixels)
        assert click_pixel(opened, *(side // 2 for side in seen.shape)) is None


def test_annotations_of_the_document_stay_before_them(tmp_path: Path) -> None:
    source = blank(tmp_path / "in.pdf", 1)
    with Pdf.open(source, allow_overwriting_input=True) as pdf:
        note = Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=Array([9, 9, 20, 20]))
        pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note), 7])
        pdf.save(source)
    done = searchable(tmp_path / "out", document("in.pdf", source, *pages(True)))
    with pikepdf.open(done) as pdf:
        square, odd, link = pdf.pages[0].obj.Annots.as_list()
        assert (square.Subtype, odd, link.Subtype) == ("/Square", 7, "/Link")


def test_links_of_an_earlier_run_are_replaced(tmp_path: Path) -> None:
    first = marked(tmp_path, True, True)
    second = searchable(tmp_path / "two", document("in.pdf", first, *pages(False, True)))
    assert [len(links(second, index)) for index in (0, 1)] == [1, 1]
    assert [click(second, count) for count in (1, 2)] == [2, 2]
    third = searchable(tmp_path / "three", document("in.pdf", second, *pages(False, False)))
    assert links(third, 0) == links(third, 1) == []


@pytest.mark.parametrize("standard", ["pdfa", "pdfa3"])
def test_a_pdf_for_archives_has_them_too(tmp_path: Path, standard: str) -> None:
    pdf = marked(tmp_path, True, standard=standard)
    assert click(pdf, 1) == 1
    with pikepdf.open(pdf) as opened:
        assert int(opened.pages[0].obj.Annots[0].F) == 4


def test_a_link_costs_some_20_bytes(tmp_path: Path) -> None:
    count = 200
    with_links = marked(tmp_path, *[True] * count).stat().st_size
    (tmp_path / "off").mkdir()
    without = marked(tmp_path / "off", *[True] * count, marks="off").stat().st_size
    assert with_links - without < 25 * count

"""Damaged entries that viewers pass over: they cost neither the PDF nor its text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from awkward_pdfs import awkward
from export_pages import assert_on_ink, document, page
from pikepdf import Array, Dictionary, Name, Pdf, String

from digitize.export import WRITERS, ExportOptions


def catalog(key: str, value: object) -> Callable[[Pdf], None]:
    def spoil(pdf: Pdf) -> None:
        pdf.Root[key] = value

    return spoil


def of_page(key: str, value: object) -> Callable[[Pdf], None]:
    def spoil(pdf: Pdf) -> None:
        pdf.pages[0].obj[key] = value

    return spoil


def outline_without_end(pdf: Pdf) -> None:
    first = pdf.make_indirect(Dictionary(Title=String("Class A")))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=first, Count=1))


def outline_in_a_circle(pdf: Pdf) -> None:
    first = pdf.make_indirect(Dictionary(Title=String("Class A")))
    first.Next = first
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=first))


def odd_fields(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=7, SigFlags=Name.Odd)


def fields_in_a_circle(pdf: Pdf) -> None:
    field = pdf.make_indirect(Dictionary(T=String("a")))
    field.Kids = Array([field, 7])
    pdf.Root.AcroForm = Dictionary(Fields=Array([field, 3]))


def one_odd_annotation(pdf: Pdf) -> None:
    pdf.pages[0].obj.Annots = Array([7])


def layers_of_nothing(pdf: Pdf) -> None:
    pdf.Root.OCProperties = Dictionary(OCGs=Array([7]), D=Dictionary(ON=Array([8]), Order=Array()))


def junk_metadata(pdf: Pdf) -> None:
    pdf.Root.Metadata = pdf.make_stream(b"<x:xmpmeta><unclosed", Type=Name.Metadata)


DAMAGES = {
    "outlines": catalog("/Outlines", 7),
    "outline without end": outline_without_end,
    "outline in a circle": outline_in_a_circle,
    "form": catalog("/AcroForm", 7),
    "fields": odd_fields,
    "fields in a circle": fields_in_a_circle,
    "layers": catalog("/OCProperties", 7),
    "layers of nothing": layers_of_nothing,
    "names": catalog("/Names", 7),
    "metadata": catalog("/Metadata", 7),
    "junk metadata": junk_metadata,
    "intents": catalog("/OutputIntents", 7),
    "annotations": of_page("/Annots", 7),
    "annotation": one_odd_annotation,
    "rotate": of_page("/Rotate", Name.Odd),
    "user unit": of_page("/UserUnit", Name.Odd),
}


@pytest.mark.parametrize("format_", ["pdf", "pdfa"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_text_is_laid_over_a_pdf_with_a_damaged_entry(
    tmp_path: Path, damage: str, format_: str
) -> None:
    given = awkward("vector page", tmp_path)
    with pikepdf.open(given.path, allow_overwriting_input=True) as opened:
        DAMAGES[damage](opened)
        opened.save()
    with WRITERS[format_](tmp_path / "out", ["in.pdf"], ExportOptions()) as pdfs:
        pdfs.add(document("in.pdf", given.path))
    assert_on_ink(tmp_path / "out" / "in.pdf", page())


def test_bookmarks_of_an_outline_without_end_are_kept(tmp_path: Path) -> None:
    given = awkward("vector page", tmp_path)
    with pikepdf.open(given.path, allow_overwriting_input=True) as opened:
        outline_without_end(opened)
        opened.save()
    with WRITERS["pdf"](tmp_path / "out", ["in.pdf"], ExportOptions()) as pdfs:
        pdfs.add(document("in.pdf", given.path))
    with pikepdf.open(tmp_path / "out" / "in.pdf") as opened, opened.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Class A", "To review: 2"]

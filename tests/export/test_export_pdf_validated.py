"""PDF/A as pikepdf's validator judges it, which approves nothing that it does not know.

It knows neither layers nor attached files: these are taken out before it looks.
"""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from awkward_pdfs import awkward
from export_pages import document, drawn
from pikepdf import Pdf

from digitize.export import WRITERS, ExportOptions
from digitize.records import DocumentResult

validator = pytest.importorskip("pikepdf.pdfa", exc_type=ImportError)  # with pikepdf 10.17

KNOWN = (
    *("rotated 90", "crop box with offset", "mixed sizes", "several images a page", "vector page"),
    *("user unit 2", "huge page", "1-bit scan", "scan stored raw", "outline", "upside down"),
    *("inherited attributes", "on its left side", "inline image", "encrypted for its owner"),
)
"""Awkward PDFs that hold nothing else that the validator does not know."""


def archived(out: Path, result: DocumentResult, standard: str = "pdfa", **options: object) -> Path:
    with WRITERS[standard](out, [result.document], ExportOptions(**options)) as pdfs:
        (name,) = pdfs.add(result)
        assert pdfs.cautions() == ()
    return out / name


def without_layers(pdf: Pdf) -> None:
    """Take out the layers, attached files, and the mark of our bookmarks: none is known to it."""
    for key in ("/OCProperties", "/Names", "/AF"):
        if key in pdf.Root:
            del pdf.Root[key]
    del pdf.Root.Outlines.Last["/DigitizeReview"]
    for page in pdf.pages:
        for link in page.obj.get("/Annots", ()):
            del link["/OC"]
        for part in page.obj.Contents:
            if b"/OC/dgzL BDC" in part.read_bytes():
                part.write(part.read_bytes().replace(b"/OC/dgzL BDC", b"/OC BMC"))
        if "/Properties" in page.obj.Resources:
            del page.obj.Resources["/Properties"]


def verdict(pdf: Pdf, flavour: str = "2b") -> tuple[str, list[str]]:
    """What the validator says of a PDF, and why."""
    saved = io.BytesIO()
    pdf.save(saved)
    report = validator.validate_written(saved, flavour)
    return report.verdict, [str(one) for one in report.findings]


@pytest.mark.parametrize("marks", ["on", "only-review"])
@pytest.mark.parametrize("name", KNOWN)
def test_an_awkward_pdf_is_approved(tmp_path: Path, name: str, marks: str) -> None:
    given = awkward(name, tmp_path)
    result = document("in.pdf", given.path, *given.pages)
    with pikepdf.open(archived(tmp_path / "out", result, marks=marks)) as pdf:
        without_layers(pdf)
        assert verdict(pdf) == ("pass", [])


@pytest.mark.parametrize(("standard", "flavour"), [("pdfa", "2b"), ("pdfa3", "3b")])
@pytest.mark.parametrize("kind", ["jpg", "png", "tif"])
def test_a_picture_is_approved(tmp_path: Path, kind: str, standard: str, flavour: str) -> None:
    drawn().save(tmp_path / f"scan.{kind}", dpi=(100, 100))
    result = document("in.png", tmp_path / f"scan.{kind}")
    with pikepdf.open(archived(tmp_path / "out", result, standard)) as pdf:
        without_layers(pdf)
        assert verdict(pdf, flavour) == ("pass", [])


def test_a_link_that_nobody_may_print_is_not(tmp_path: Path) -> None:
    drawn().save(tmp_path / "scan.png", dpi=(100, 100))
    with pikepdf.open(archived(tmp_path / "out", document("in.png", tmp_path / "scan.png"))) as pdf:
        without_layers(pdf)
        del pdf.pages[0].obj.Annots[0].F
        assert verdict(pdf)[0] == "fail"

"""What is laid over a small page, operator by operator."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
from export_pages import NUMBERS, document, drawn, page

from digitize.export import WRITERS, ExportOptions

EXAMPLES = (Path(__file__).parents[2] / "docs" / "pdf.md").read_text("utf-8")


def test_what_is_laid_over_a_small_page_is_as_it_was(
    tmp_path: Path, golden: Callable[[str, object], None]
) -> None:
    drawn().save(tmp_path / "form.png", dpi=(100, 100))
    small = page((NUMBERS[1], NUMBERS[2]), skew=1.5)
    with WRITERS["pdf"](tmp_path, ["form.png"], ExportOptions()) as pdfs:
        pdfs.add(document("form.png", tmp_path / "form.png", small))
    with pikepdf.open(tmp_path / "form.pdf") as opened:
        (one,) = opened.pages
        opening, numbers = one.obj.Contents.as_list()[-2:]
        font = one.obj.Resources.Font.dgzF
        doubt = opened.Root.Outlines.Last.First
        (link,) = one.obj.Annots
        found = {
            "page": [str(key) for key in sorted(one.obj.keys())],
            "catalog": [str(key) for key in sorted(opened.Root.keys())],
            "opening": opening.read_bytes().decode().splitlines(),
            "drawing": numbers.read_bytes().decode().splitlines(),
            "widths": [int(width) for width in font.DescendantFonts[0].W[1]],
            "characters": font.ToUnicode.read_bytes().decode().splitlines(),
            "link": [str(edge) for edge in [*link.Rect, *link.Border, link.F]],
            "bookmark": [str(doubt.Title), *(str(edge) for edge in doubt.Dest.as_list()[1:])],
        }
    golden("export_pdf", found)


def test_the_example_in_the_documents_is_what_poppler_finds(tmp_path: Path) -> None:
    drawn().save(tmp_path / "form.png", dpi=(100, 100))
    with WRITERS["pdf"](tmp_path, ["form.png"], ExportOptions()) as pdfs:
        pdfs.add(document("form.png", tmp_path / "form.png", page((NUMBERS[1], NUMBERS[2]))))
    command = ["pdftotext", "-bbox", str(tmp_path / "form.pdf"), "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = [line.strip() for line in told.splitlines() if "<word" in line]
    assert len(found) == 2
    for line in found:
        assert f"    {line}\n" in EXAMPLES

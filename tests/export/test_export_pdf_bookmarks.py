"""Numbers to review as bookmarks: under their page, behind the bookmarks of the document."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from awkward_pdfs import awkward
from export_pages import NUMBERS, document, drawn, number, page

from digitize.export import WRITERS, ExportOptions
from digitize.geometry import contains, intersection_over_union
from digitize.records import Box, DocumentResult, Status

DOUBTFUL = [one for one in NUMBERS if one.status is Status.REVIEW]


def searchable(out: Path, result: DocumentResult, **options: object) -> Path:
    with WRITERS["pdf"](out, [result.document], ExportOptions(**options)) as pdfs:
        (name,) = pdfs.add(result)
    return out / name


def titles(pdf: Path) -> list[tuple[int, str]]:
    """Every bookmark that a viewer finds, with its depth."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return [(one.level, one.get_title()) for one in opened.get_toc(max_depth=9)]


def test_each_number_to_review_stands_under_its_page(tmp_path: Path) -> None:
    drawn().save(tmp_path / "a.png")
    pdf = searchable(tmp_path, document("a.png", tmp_path / "a.png"))
    assert titles(pdf) == [
        (0, "To review: 2"),
        (1, "Page 1: 2 to review"),
        (2, "4 (60 %)"),
        (2, "90817263 (20 %)"),
    ]


def test_the_only_number_to_review_of_a_page_is_named_with_it(tmp_path: Path) -> None:
    drawn().save(tmp_path / "a.png")
    pdf = searchable(tmp_path, document("a.png", tmp_path / "a.png", page((DOUBTFUL[0],))))
    assert titles(pdf) == [(0, "To review: 1"), (1, "Page 1: 4 (60 %)")]


@pytest.mark.parametrize("marks", ["on", "off", "only-review"])
def test_they_are_there_whatever_is_marked(tmp_path: Path, marks: str) -> None:
    drawn().save(tmp_path / "a.png")
    pdf = searchable(tmp_path, document("a.png", tmp_path / "a.png"), marks=marks)
    assert len(titles(pdf)) == 4


def test_the_outline_of_the_document_is_kept_before_them(tmp_path: Path) -> None:
    given = awkward("outline", tmp_path)
    pdf = searchable(tmp_path / "out", document("in.pdf", given.path, *given.pages))
    own = [(0, "Class A"), (1, "Mathematics"), (0, "Class B")]
    assert titles(given.path) == own
    assert titles(pdf)[:4] == [*own, (0, "To review: 4")]
    with pikepdf.open(pdf) as opened, opened.open_outline() as outline:
        assert [item.is_closed for item in outline.root] == [True, False, True]
        assert opened.Root.Outlines.Count == 3


def test_a_document_without_doubt_has_no_outline(tmp_path: Path) -> None:
    drawn().save(tmp_path / "a.png")
    sure = page((number("17"),))
    pdf = searchable(tmp_path, document("a.png", tmp_path / "a.png", sure))
    with pikepdf.open(pdf) as opened:
        assert "/Outlines" not in opened.Root


@pytest.mark.parametrize(
    "name", ["rotated 90", "rotated, cropped, user unit 2", "on its left side", "upside down"]
)
def test_a_bookmark_shows_its_number(tmp_path: Path, name: str) -> None:
    """The rectangle that it opens holds the number's text, and not the whole page."""
    given = awkward(name, tmp_path)
    pdf = searchable(tmp_path / "out", document("in.pdf", given.path, *given.pages))
    with pikepdf.open(pdf) as opened:
        first = opened.Root.Outlines.Last.First.First
        left, bottom, right, top = (float(edge) for edge in first.Dest.as_list()[2:])
        whole = opened.pages[0].cropbox
    with pypdfium2.PdfDocument(pdf) as opened:
        text = opened[0].get_textpage()
        at = text.get_text_range().index("4")
        x, y, other_x, other_y = text.get_charbox(at)
    shown = Box(left, bottom, right - left, top - bottom)
    assert contains(shown, ((x + other_x) / 2, (y + other_y) / 2))
    seen = Box(*(float(edge) for edge in (whole[0], whole[1])), *_size(whole))
    assert intersection_over_union(shown, seen) < 0.6


def _size(box: pikepdf.Array) -> tuple[float, float]:
    return float(box[2]) - float(box[0]), float(box[3]) - float(box[1])


def test_bookmarks_of_an_earlier_run_are_replaced(tmp_path: Path) -> None:
    given = awkward("outline", tmp_path)
    first = searchable(tmp_path / "one", document("in.pdf", given.path, *given.pages))
    second = searchable(tmp_path / "two", document("in.pdf", first, page((DOUBTFUL[0],))))
    assert [title for level, title in titles(second) if level == 0] == [
        "Class A",
        "Class B",
        "To review: 1",
    ]


def test_hundreds_of_doubtful_numbers_cost_2_kb_per_100_digits(tmp_path: Path) -> None:
    from PIL import Image

    numbers = tuple(
        number(
            str(100 + (7 * place) % 900),
            40 + 90 * (place % 8),
            40 + 26 * (place // 8),
            height=16,
            line=place // 8 + 1,
            confidence=0.3 + place % 60 / 100,
            status=Status.REVIEW,
        )
        for place in range(320)
    )
    pages = [page(numbers, count=count, size=(800, 1130)) for count in (1, 2, 3)]
    stored = [Image.new("L", (800, 1130), 255) for _ in pages]
    stored[0].save(tmp_path / "a.tif", save_all=True, append_images=stored[1:], compression="jpeg")
    pdf = searchable(tmp_path, document("a.tif", tmp_path / "a.tif", *pages))
    digits = 3 * 3 * len(numbers)
    assert pdf.stat().st_size <= (tmp_path / "a.tif").stat().st_size + 15_360 + 20.48 * digits
    assert len(titles(pdf)) == 1 + 3 + 3 * 40  # lines
    assert titles(pdf)[2] == (
        2,
        ", ".join(f"{one.text} ({int(100 * one.confidence)} %)" for one in numbers[:8]),
    )

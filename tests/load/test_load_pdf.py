"""PDFs that are drawn, protected, damaged or not quite PDFs."""

from __future__ import annotations

import gc
import os
import re
import shutil
import weakref
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from digitize.errors import EncryptedInput, UnreadableInput, UsageError
from digitize.load import LoadOptions, load_pages, parse_page_ranges
from digitize.load.outcomes import page_or_failure
from digitize.records import Failure, Page

MakePdf = Callable[..., Path]
posix = pytest.mark.skipif(os.name == "nt", reason="needs bytes in names")
needs_poppler = pytest.mark.skipif(not shutil.which("pdftoppm"), reason="needs poppler")


def pages_of(path: Path, **options: object) -> list[Page | Failure]:
    return list(load_pages(path, LoadOptions(**options)))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """Three pages of 2 x 1 inches with a black block in the top-left quarter."""
    canvas = Canvas(str(tmp_path / "written.pdf"), pagesize=(144, 72))
    for _ in range(3):
        canvas.rect(0, 36, 72, 36, fill=1)
        canvas.showPage()
    canvas.save()
    return tmp_path / "written.pdf"


@pytest.mark.parametrize("renderer", ["pdfium", pytest.param("poppler", marks=needs_poppler)])
def test_a_written_page_is_drawn_at_the_resolution(written: Path, renderer: str) -> None:
    first, _, third = pages_of(written, dpi=150, pdf_renderer=renderer)
    assert isinstance(first, Page)
    assert (first.number, first.dpi, first.pixels.shape) == (1, 150, (150, 300, 3))
    assert third.number == 3
    assert (first.pixels[5:70, 5:145] == 0).all()
    assert (first.pixels[80:, 155:] == 255).all()


def test_pages_keep_their_numbers(written: Path) -> None:
    pages = pages_of(written, dpi=20, pages=parse_page_ranges("2-3"))
    assert [page.number for page in pages] == [2, 3]


def test_a_page_too_many_is_refused_with_the_number_there_are(written: Path) -> None:
    with pytest.raises(UnreadableInput, match="it has 3 pages, and --pages asks for 7-9"):
        pages_of(written, pages=parse_page_ranges("1,7-9"))


def listing(path: Path, old: bytes, new: bytes) -> Path:
    """Change how a PDF lists its pages."""
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    return path


def test_pages_that_are_not_counted_are_told_of(written: Path) -> None:
    pages = pages_of(listing(written, b"/Count 3", b"/Count 1"), dpi=20)
    assert isinstance(pages[0], Page)
    assert [page.page for page in pages[1:] if isinstance(page, Failure)] == [2, 3]


def test_pages_that_are_counted_and_not_there_are_told_of_a_few_times(written: Path) -> None:
    pages = pages_of(listing(written, b"/Count 3", b"/Count 999999"), dpi=20)
    assert [isinstance(page, Page) for page in pages[:4]] == [True, True, True, False]
    assert len(pages) < 30


@pytest.mark.parametrize("renderer", ["pdfium", pytest.param("poppler", marks=needs_poppler)])
def test_the_unit_of_the_page_counts(written: Path, renderer: str) -> None:
    with pikepdf.open(written, allow_overwriting_input=True) as pdf:
        pdf.pages[0].UserUnit = 2
        pdf.save(written)
    page = pages_of(written, dpi=50, pdf_renderer=renderer)[0]
    assert isinstance(page, Page)
    assert page.pixels.shape == (100, 200, 3)


@needs_poppler
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_both_renderers_show_the_same_turned_and_cropped(written: Path, rotate: int) -> None:
    with pikepdf.open(written, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = rotate
        pdf.pages[0].CropBox = pikepdf.Array([36, 18, 136, 68])
        pdf.save(written)
    one, other = (
        next(load_pages(written, LoadOptions(dpi=144, pdf_renderer=name)))
        for name in ("pdfium", "poppler")
    )
    assert isinstance(one, Page)
    assert isinstance(other, Page)
    assert one.pixels.shape == other.pixels.shape
    assert sorted(one.pixels.shape[:2]) == [100, 200]
    assert np.abs(one.pixels.astype(int) - other.pixels).mean() < 3


def test_filled_in_fields_are_drawn(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "form.pdf"), pagesize=(144, 72))
    canvas.acroForm.textfield(
        name="mark", value="1234", x=10, y=10, width=100, height=40, borderWidth=0
    )
    canvas.showPage()
    canvas.save()
    (page,) = pages_of(tmp_path / "form.pdf", dpi=72)
    assert isinstance(page, Page)
    assert (page.pixels[20:60, 10:110] < 100).any()


def test_huge_drawn_pages_are_refused_before_they_are_drawn(written: Path) -> None:
    failures = pages_of(written, dpi=100_000)
    assert [failure.kind for failure in failures] == ["OversizedPicture"] * 3
    assert "--max-megapixels 20000" in failures[0].remedy


@pytest.mark.parametrize("limit", [0.5, 0.51, 0.1])
def test_a_huge_drawn_page_is_drawn_at_the_lower_resolution_named(
    written: Path, limit: float
) -> None:
    failure = pages_of(written, max_megapixels=limit, dpi=1200)[0]
    assert isinstance(failure, Failure)
    (lower,) = re.findall(r"--dpi (\d+)", failure.remedy)
    assert isinstance(pages_of(written, max_megapixels=limit, dpi=int(lower))[0], Page)


def test_no_resolution_is_named_that_cannot_be_chosen(written: Path) -> None:
    failure = pages_of(written, max_megapixels=0.004)[0]
    assert isinstance(failure, Failure)
    assert failure.remedy == "Raise the limit with --max-megapixels 1, or make it smaller."


@pytest.fixture
def protected(written: Path) -> Path:
    path = written.with_name("protected.pdf")
    with pikepdf.open(written) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="boss", user="sesam öffne"))
    return path


def test_a_protected_pdf_asks_for_its_password(protected: Path) -> None:
    with pytest.raises(EncryptedInput, match="it needs a password") as refused:
        pages_of(protected)
    assert "--password-file" in refused.value.remedy


def test_wrong_passwords_are_said_to_be(protected: Path) -> None:
    with pytest.raises(EncryptedInput, match="none of the passwords"):
        pages_of(protected, passwords=("wrong", ""))


@pytest.mark.parametrize("renderer", ["pdfium", pytest.param("poppler", marks=needs_poppler)])
def test_the_password_that_fits_opens_it(protected: Path, renderer: str) -> None:
    passwords = ("wrong", "sesam öffne")
    pages = pages_of(protected, passwords=passwords, dpi=20, pdf_renderer=renderer)
    assert [type(page) for page in pages] == [Page] * 3


def test_a_protected_scan_is_taken(scan_pdf: MakePdf) -> None:
    path = scan_pdf()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="boss", user="sesam"))
    (page,) = pages_of(path, passwords=("sesam",))
    assert isinstance(page, Page)
    assert page.dpi == pytest.approx(144)


def test_a_pdf_without_pages_is_refused(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.save(tmp_path / "x.pdf")
    with pytest.raises(UnreadableInput, match="the PDF has no pages"):
        pages_of(tmp_path / "x.pdf")


@pytest.mark.parametrize("linearized", [False, True])
@pytest.mark.parametrize("share", [0.97, 0.5, 0.1])
def test_a_truncated_pdf_is_refused(scan_pdf: MakePdf, share: float, linearized: bool) -> None:
    path = scan_pdf()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, linearize=linearized)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(UnreadableInput, match="ends early: it is truncated"):
        pages_of(path)


def test_a_pdf_made_for_the_web_is_read(scan_pdf: MakePdf) -> None:
    path = scan_pdf()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, linearize=True)
    assert isinstance(pages_of(path)[0], Page)


def test_a_broken_table_of_objects_is_got_over(scan_pdf: MakePdf) -> None:
    path = scan_pdf()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    start = path.read_bytes().rindex(b"startxref")
    path.write_bytes(path.read_bytes()[:start] + b"startxref\n7\n%%EOF\n")
    (page,) = pages_of(path)
    assert isinstance(page, Page)


@pytest.mark.parametrize("content", [b"%PDF-1.7\n" + b"junk " * 99, b"%PDF-1.7\nstartxref\n9\n"])
def test_garbage_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.pdf").write_bytes(content)
    with pytest.raises(UnreadableInput, match="damaged"):
        pages_of(tmp_path / "x.pdf")


def test_a_broken_page_does_not_cost_the_others(written: Path) -> None:
    with pikepdf.open(written, allow_overwriting_input=True) as pdf:
        pdf.Root.Pages.Kids[1] = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font))
        pdf.save(written)
    pages = pages_of(written, dpi=20)
    assert [isinstance(page, Page) for page in pages] == [True, False, True]
    assert isinstance(pages[1], Failure)
    assert pages[1].page == 2


def test_an_unknown_renderer_is_refused(written: Path) -> None:
    with pytest.raises(UsageError, match="'cairo' is unknown"):
        pages_of(written, pdf_renderer="cairo")


def test_poppler_missing_is_said(written: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UsageError, match="poppler"):
        pages_of(written, pdf_renderer="poppler")


def test_an_embedded_scan_is_taken_whatever_the_renderer(scan_pdf: MakePdf) -> None:
    (page,) = pages_of(scan_pdf(), pdf_renderer="poppler")
    assert isinstance(page, Page)
    assert page.dpi == pytest.approx(144)


def test_the_file_is_let_go_when_reading_stops_early(written: Path) -> None:
    pages = load_pages(written, LoadOptions(dpi=20))
    next(pages)
    pages.close()
    written.unlink()


def test_a_pdf_behind_some_mail_headers_is_read(written: Path) -> None:
    written.write_bytes(b"From: scanner\n\n" + written.read_bytes() + b"\n" * 3000)
    assert len(pages_of(written, dpi=20)) == 3


@posix
def test_a_file_name_that_is_no_utf8_is_no_hindrance(scan_pdf: MakePdf, tmp_path: Path) -> None:
    try:
        path = scan_pdf().rename(tmp_path / os.fsdecode(b"sc\xe9n.pdf"))
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (page,) = pages_of(path)
    assert isinstance(page, Page)
    assert page.dpi == pytest.approx(144)


def test_memory_does_not_grow_with_pages(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "long.pdf"), pagesize=(720, 720))
    for number in range(40):
        canvas.drawString(72, 72, str(number))
        canvas.showPage()
    canvas.save()
    gc.collect()
    alive = []
    for page in load_pages(tmp_path / "long.pdf", LoadOptions(dpi=30)):
        alive.append(weakref.ref(page.pixels))
        assert sum(one() is not None for one in alive) <= 2


def test_a_page_that_upsets_a_library_costs_only_itself() -> None:
    def load(number: int) -> Page:
        raise RuntimeError("too odd")

    failed = page_or_failure(load, 2)
    assert isinstance(failed, Failure)
    assert failed.page == 2
    assert "RuntimeError: too odd" in failed.cause


def test_a_page_that_does_not_fit_into_memory_says_so() -> None:
    def load(number: int) -> Page:
        raise MemoryError

    failed = page_or_failure(load, 2)
    assert isinstance(failed, Failure)
    assert (failed.kind, failed.page) == ("OutOfMemory", 2)

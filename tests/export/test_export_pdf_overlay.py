"""The text and the marks of a PDF, on pages turned, cropped, scaled and already full."""

from __future__ import annotations

import os
import time
import zlib
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from export_pages import (
    DPI,
    HEIGHT,
    NUMBERS,
    WIDTH,
    assert_on_ink,
    climbing,
    document,
    drawn,
    image_bytes,
    number,
    page,
    rendered,
    without_marks,
    words,
)
from pikepdf import Array, Dictionary, Name, Pdf, String

from digitize.errors import EncryptedInput, OutputNotWritable, UnreadableInput
from digitize.export import ExportOptions, PdfWriter
from digitize.load import LoadOptions, load_pages
from digitize.records import DocumentResult, Page

TEXTS = [one.text for one in NUMBERS]
OFFSET = (37.0, -20.0)


def searchable(
    out: Path, source: Path, result: DocumentResult | None = None, **options: object
) -> Path:
    result = result or document("in.pdf", source)
    with PdfWriter(out, ["in.pdf"], ExportOptions(**options)) as pdfs:
        assert pdfs.add(result) == ("in.pdf",)
    return out / "in.pdf"


def scan_pdf(
    path: Path,
    rotate: int = 0,
    *,
    crop: bool = False,
    user_unit: float = 1.0,
    contents: bytes = b"q %d 0 0 %d 0 0 cm /Im Do Q",
    pages: int = 1,
) -> Path:
    """A PDF whose page shows `drawn()` upright at /Rotate, within an offset crop box if asked."""
    import io

    buffer = io.BytesIO()
    drawn().rotate(rotate, expand=True).save(buffer, "JPEG", quality=95, subsampling=0)
    wide, high = (HEIGHT, WIDTH) if rotate in (90, 270) else (WIDTH, HEIGHT)
    scale = 72 / DPI / user_unit
    across, down = wide * scale, high * scale
    left, bottom = OFFSET if crop else (0.0, 0.0)
    with Pdf.new() as pdf:
        for _ in range(pages):
            image = pdf.make_stream(buffer.getvalue())
            image.Type, image.Subtype = Name.XObject, Name.Image
            image.Width, image.Height, image.BitsPerComponent = wide, high, 8
            image.ColorSpace, image.Filter = Name.DeviceRGB, Name.DCTDecode
            pdf.add_blank_page(page_size=(across, down))
            obj = pdf.pages[-1].obj
            obj.Resources = Dictionary(XObject=Dictionary(Im=image))
            place = f"q 1 0 0 1 {left} {bottom} cm ".encode()
            drawing = contents.replace(b"%d 0 0 %d", f"{across} 0 0 {down}".encode())
            obj.Contents = pdf.make_stream(place + drawing + b" Q")
            obj.Rotate = rotate
            if crop:
                obj.MediaBox = Array([-100, -100, across + 150, down + 150])
                obj.CropBox = Array([left, bottom, left + across, bottom + down])
            if user_unit != 1:
                obj.UserUnit = user_unit
        pdf.save(path)
    return path


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [False, True])
@pytest.mark.parametrize("user_unit", [1, 2])
def test_text_lies_on_its_ink_however_the_page_is_turned(
    tmp_path: Path, rotate: int, crop: bool, user_unit: float
) -> None:
    source = scan_pdf(tmp_path / "scan.pdf", rotate, crop=crop, user_unit=user_unit)
    pdf = searchable(tmp_path, source)
    assert_on_ink(pdf, page())
    assert words(pdf) == words(pdf, "-raw") == TEXTS
    assert image_bytes(pdf) == image_bytes(source)


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_marks_lie_around_the_ink_and_leave_it_alone(tmp_path: Path, rotate: int) -> None:
    source = scan_pdf(tmp_path / "scan.pdf", rotate, crop=True)
    marked = rendered(searchable(tmp_path, source)).astype(int)
    clean = rendered(source).astype(int)
    changed = np.abs(marked - clean).max(axis=2) > 40
    for one in NUMBERS:
        left, top = round(one.box.x), round(one.box.y)
        right, bottom = round(one.box.right), round(one.box.bottom)
        assert not changed[top:bottom, left:right].any(), one.text
        assert changed[top - 8 : top, left - 8 : right + 8].any(), one.text
        assert changed[bottom : bottom + 8, left - 8 : right + 8].any(), one.text
    assert changed.mean() < 0.03


def test_sure_numbers_are_blue_and_doubtful_ones_vermillion(tmp_path: Path) -> None:
    one, other = number("5", 100, 100), NUMBERS[3]
    source = scan_pdf(tmp_path / "scan.pdf")
    result = document("in.pdf", source, page((one, other)))
    seen = rendered(searchable(tmp_path, source, result), 400).astype(int)

    def line_above(box: object) -> np.ndarray:
        strip = seen[round(box.y - 6) * 4 : round(box.y) * 4, round(box.centre[0] * 4)]
        return strip[strip.sum(axis=1).argmin()]

    assert line_above(one.box) == pytest.approx((0, 114, 178), abs=60)
    assert line_above(other.box) == pytest.approx((213, 94, 0), abs=60)


def test_the_page_is_unchanged_once_the_marks_are_off(tmp_path: Path) -> None:
    source = scan_pdf(tmp_path / "scan.pdf", 90, crop=True)
    pdf = searchable(tmp_path, source)
    assert not np.array_equal(rendered(pdf), rendered(source))
    assert np.array_equal(rendered(without_marks(pdf)), rendered(source))
    assert words(without_marks(pdf)) == TEXTS


def test_marks_that_are_off_are_hidden_until_they_are_switched_on(tmp_path: Path) -> None:
    source = scan_pdf(tmp_path / "scan.pdf")
    hidden = searchable(tmp_path / "off", source, marks="off")
    shown = searchable(tmp_path / "on", source)
    assert np.array_equal(rendered(hidden), rendered(source))
    with pikepdf.open(hidden, allow_overwriting_input=True) as opened:
        layers = opened.Root.OCProperties.D
        layers.ON, layers.OFF = layers.OFF, pikepdf.Array()
        opened.save()
    assert np.array_equal(rendered(hidden), rendered(shown))


def test_the_layer_has_a_name_and_joins_the_layers_that_are_there(tmp_path: Path) -> None:
    source = scan_pdf(tmp_path / "scan.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as opened:
        mine = opened.make_indirect(Dictionary(Type=Name.OCG, Name=String("mine")))
        opened.Root.OCProperties = Dictionary(
            OCGs=Array([mine]), D=Dictionary(BaseState=Name.OFF, Order=Array([mine]))
        )
        opened.save()
    with pikepdf.open(searchable(tmp_path, source)) as opened:
        layers = opened.Root.OCProperties
        assert [str(layer.Name) for layer in layers.OCGs] == ["mine", "digitize marks"]
        assert [str(layer.Name) for layer in layers.D.ON] == ["digitize marks"]


def test_pdfium_finds_each_number_once_and_in_order_too(tmp_path: Path) -> None:
    pdf = searchable(tmp_path, scan_pdf(tmp_path / "scan.pdf", 90))
    with pypdfium2.PdfDocument(pdf) as opened:
        assert opened[0].get_textpage().get_text_bounded().split() == TEXTS


@pytest.mark.parametrize("skew", [-3.0, 0.3, 2.0, 5.0])
def test_numbers_on_a_skewed_page_stay_whole_and_on_their_ink(tmp_path: Path, skew: float) -> None:
    source = scan_pdf(tmp_path / "scan.pdf")
    skewed = page(tuple(climbing(one, skew) for one in NUMBERS), skew=skew)
    pdf = searchable(tmp_path, source, document("in.pdf", source, skewed))
    assert_on_ink(pdf, skewed, at_least=0.75)
    assert words(pdf, "-raw") == TEXTS


def test_streams_packed_in_old_ways_keep_their_bytes(tmp_path: Path) -> None:
    source = scan_pdf(tmp_path / "scan.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as opened:
        image = opened.pages[0].obj.Resources.XObject.Im
        pixels = zlib.compress(drawn().tobytes()).hex().encode() + b">"
        image.write(pixels, filter=Array([Name.ASCIIHexDecode, Name.FlateDecode]))
        opened.save(stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    assert image_bytes(searchable(tmp_path, source)) == image_bytes(source)
    assert image_bytes(source)[0].endswith(b">")


def test_far_apart_digits_are_one_word_and_close_numbers_are_two(tmp_path: Path) -> None:
    from digitize.geometry import union
    from digitize.records import Box, Digit, Number, Status

    digits = tuple(Digit(n, 0.9, Status.OK, Box(50 + 60 * n, 100, 12, 30)) for n in range(4))
    spread = Number("0123", 0.9, Status.OK, 1, union([d.box for d in digits]), digits)
    close = (number("45", 50, 200, line=2), number("67", 99, 200, line=2))
    source = scan_pdf(tmp_path / "scan.pdf")
    result = document("in.pdf", source, page((spread, *close)))
    assert words(searchable(tmp_path, source, result)) == ["0123", "45", "67"]


def test_all_pages_of_a_pdf_are_kept_and_those_read_get_text(tmp_path: Path) -> None:
    source = scan_pdf(tmp_path / "scan.pdf", pages=3)
    pdf = searchable(tmp_path, source, document("in.pdf", source, page(count=2)))
    with pikepdf.open(pdf) as opened:
        assert len(opened.pages) == 3
    assert words(pdf) == TEXTS
    assert_on_ink(pdf, page(), count=2)


def test_pages_without_numbers_cost_nothing(tmp_path: Path) -> None:
    source = scan_pdf(tmp_path / "scan.pdf", pages=60)
    pages = (page((number("17"),)), *(page((), count=count) for count in range(2, 61)))
    pdf = searchable(tmp_path, source, document("in.pdf", source, *pages))
    assert words(pdf) == ["17"]
    assert pdf.stat().st_size < source.stat().st_size + 4096


def test_bookmarks_and_metadata_are_kept(tmp_path: Path) -> None:
    source = scan_pdf(tmp_path / "scan.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as opened:
        opened.docinfo["/Title"] = "Marks of 2026"
        with opened.open_metadata() as metadata:
            metadata["dc:title"] = "Marks of 2026"
        with opened.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Class A", 0))
        opened.save()
    with pikepdf.open(searchable(tmp_path, source)) as opened:
        assert str(opened.docinfo["/Title"]) == "Marks of 2026"
        assert opened.open_metadata()["dc:title"] == "Marks of 2026"
        with opened.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Class A", "To review: 2"]


@pytest.mark.parametrize(
    "contents", [b"q q %d 0 0 %d 0 0 cm /Im Do", b"%d 0 0 %d 0 0 cm /Im Do Q Q"]
)
def test_graphics_states_without_a_pair_do_not_move_the_text(
    tmp_path: Path, contents: bytes
) -> None:
    source = scan_pdf(tmp_path / "scan.pdf", crop=True, contents=contents)
    assert_on_ink(searchable(tmp_path, source), page())


def test_resources_shared_by_all_pages_are_told_apart(tmp_path: Path) -> None:
    source = scan_pdf(tmp_path / "scan.pdf", pages=2)
    with pikepdf.open(source, allow_overwriting_input=True) as opened:
        shared = opened.make_indirect(opened.pages[0].obj.Resources)
        opened.Root.Pages.Resources = shared
        for one in opened.pages:
            del one.obj.Resources
        opened.save()
    first, second = page((number("1"),)), page((number("2"),), count=2)
    pdf = searchable(tmp_path, source, document("in.pdf", source, first, second))
    assert_on_ink(pdf, first, count=1)
    assert_on_ink(pdf, second, count=2)


def test_reading_our_own_pdf_again_replaces_what_was_laid_over_it(tmp_path: Path) -> None:
    first = searchable(tmp_path / "first", scan_pdf(tmp_path / "scan.pdf", 90))
    again = page((number("3"), number("14", 150)))
    second = searchable(tmp_path / "second", first, document("in.pdf", first, again))
    assert_on_ink(second, again)
    with pikepdf.open(second) as opened:
        assert len(opened.Root.OCProperties.OCGs) == 1
    third = searchable(tmp_path / "third", second, document("in.pdf", second, again), marks="off")
    assert words(third) == ["3", "14"]
    assert np.array_equal(rendered(third), rendered(tmp_path / "scan.pdf"))


@pytest.mark.parametrize("marks", ["on", "only-review"])
def test_pages_of_our_own_pdfs_are_known_in_a_pdf_without_a_list_of_layers(
    tmp_path: Path, marks: str
) -> None:
    source = scan_pdf(tmp_path / "scan.pdf")
    made = searchable(tmp_path / "out", source, marks=marks)
    merged = tmp_path / "merged.pdf"
    with Pdf.new() as joined, pikepdf.open(source) as other, pikepdf.open(made) as own:
        joined.pages.extend([*other.pages, *own.pages])
        assert "/OCProperties" not in joined.Root
        joined.save(merged)
    with pytest.raises(UnreadableInput, match="digitize made this PDF"):
        list(load_pages(merged, LoadOptions()))


def test_names_of_others_that_begin_like_ours_are_kept_and_read(tmp_path: Path) -> None:
    source = scan_pdf(tmp_path / "scan.pdf", contents=b"q %d 0 0 %d 0 0 cm /dgzebra Do Q")
    with pikepdf.open(source, allow_overwriting_input=True) as opened:
        resources = opened.pages[0].obj.Resources
        resources.XObject = Dictionary({"/dgzebra": resources.XObject.Im})
        opened.save()
    assert isinstance(next(iter(load_pages(source, LoadOptions()))), Page)
    assert np.array_equal(rendered(without_marks(searchable(tmp_path, source))), rendered(source))


def test_an_empty_page_and_odd_entries_are_no_obstacle(tmp_path: Path) -> None:
    with Pdf.new() as pdf:
        for _ in range(2):
            pdf.add_blank_page(page_size=(288, 432))
        bare, odd = (one.obj for one in pdf.pages)
        del bare.Contents, bare.Resources
        odd.MediaBox = Array([288, 432, 0, 0])
        odd.CropBox = Array([-50, 500, 400, -50])
        odd.Rotate = -360
        odd.Resources = Dictionary(XObject=None)
        pdf.Root.OCProperties = Dictionary(OCGs=Array())
        pdf.save(tmp_path / "bare.pdf")
    source = tmp_path / "bare.pdf"
    pdf = searchable(tmp_path, source, document("in.pdf", source, page(), page(count=2)))
    for count in (1, 2):
        assert_on_ink(pdf, page(), count=count)


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    drawn().save(tmp_path / "a.jpg")
    scan_pdf(tmp_path / "scan.pdf")
    for name in ("a.jpg", "scan.pdf"):
        results = []
        for folder in ("one", "two"):
            out = tmp_path / folder
            searchable(out, tmp_path / name, document("in.pdf", tmp_path / name))
            results.append((out / "in.pdf").read_bytes())
            time.sleep(1.01)  # a PDF that counts its seconds would differ
        assert results[0] == results[1]


def test_a_password_opens_a_pdf_and_is_not_set_again(tmp_path: Path) -> None:
    source = scan_pdf(tmp_path / "scan.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as opened:
        opened.save(encryption=pikepdf.Encryption(owner="o", user="secret"))
    with pytest.raises(EncryptedInput, match="password"):
        searchable(tmp_path, source, passwords=("wrong",))
    pdf = searchable(tmp_path, source, passwords=("wrong", "secret"))
    with pikepdf.open(pdf) as opened:
        assert not opened.is_encrypted
    assert_on_ink(pdf, page())


def test_a_damaged_pdf_costs_only_itself(tmp_path: Path) -> None:
    source = tmp_path / "scan.pdf"
    source.write_bytes(b"%PDF-1.4\nnothing\n")
    with pytest.raises(UnreadableInput, match="no searchable PDF"):
        searchable(tmp_path, source)
    assert list(tmp_path.iterdir()) == [source]


def test_a_page_that_the_pdf_does_not_have_costs_only_this_document(tmp_path: Path) -> None:
    source = scan_pdf(tmp_path / "scan.pdf")
    with pytest.raises(UnreadableInput):
        searchable(tmp_path, source, document("in.pdf", source, page(count=9)))


def test_a_disk_that_is_full_is_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from digitize.export import atomic

    source = scan_pdf(tmp_path / "scan.pdf")
    monkeypatch.setattr(atomic, "_part_of", lambda path: Path("/dev/full"))
    monkeypatch.setattr(Path, "unlink", lambda path: None)
    with pytest.raises(OutputNotWritable, match=r"in\.pdf: cannot be written \(No space left"):
        searchable(tmp_path, source)


def test_an_interruption_while_saving_is_passed_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from digitize.export import atomic

    def interrupted(file: object) -> object:
        def write(data: bytes) -> int:
            raise KeyboardInterrupt

        return type("File", (), {"write": staticmethod(write), "flush": lambda self: None})()

    source = scan_pdf(tmp_path / "scan.pdf")
    init = atomic.PatientFile.__init__
    monkeypatch.setattr(
        atomic.PatientFile, "__init__", lambda self, file: init(self, interrupted(file))
    )
    with pytest.raises(KeyboardInterrupt):
        searchable(tmp_path, source)
    assert list(tmp_path.iterdir()) == [source]


def test_a_name_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    source = scan_pdf(tmp_path / "scan.pdf")
    with PdfWriter(tmp_path / "out", ["../x.pdf"]) as pdfs, pytest.raises(UnreadableInput):
        pdfs.add(document("../x.pdf", source))
    assert not (tmp_path / "x.pdf").exists()


def test_importing_the_writers_is_light() -> None:
    import subprocess
    import sys

    code = "import digitize.export, sys; print({'pikepdf', 'PIL', 'reportlab'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_a_pdf_whose_name_is_no_utf8_gets_its_pdf(tmp_path: Path) -> None:
    source = scan_pdf(tmp_path / "scan.pdf")
    odd = source.rename(tmp_path / os.fsdecode(b"caf\xe9.pdf"))
    with PdfWriter(tmp_path / "out", ["cafe.pdf"]) as pdfs:
        assert pdfs.add(document("cafe.pdf", odd)) == ("cafe.pdf",)
    assert (tmp_path / "out" / "cafe.pdf").is_file()

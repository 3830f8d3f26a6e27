"""PDF/A: what is added keeps the rules, and what stands against them is told, not claimed."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from awkward_pdfs import Awkward, awkward
from export_pages import NUMBERS, assert_on_ink, document, drawn, page, rendered
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image, ImageCms

from digitize.export import WRITERS, ExportOptions, read_document
from digitize.export.pdf.archival.colours import srgb_profile
from digitize.export.pdf.archival.obstacles import obstacles_to
from digitize.records import DocumentResult

CLEAN = (
    *("rotated 90", "crop box with offset", "mixed sizes", "several images a page", "vector page"),
    *("user unit 2", "huge page", "1-bit scan", "scan stored raw", "existing OCR layer"),
    *("outline", "inherited attributes", "layers", "on its left side", "encrypted with password"),
    *("inline image", "signed", "upside down"),
)
UNFIT = {
    "CMYK scan": "its inks (CMYK) have no colour profile",
    "LZW scan": "a picture or a drawing in it is packed with LZW or encrypted",
}


def archived(
    out: Path, result: DocumentResult, format_: str = "pdfa", **options: object
) -> tuple[Path, tuple[str, ...]]:
    """The document's PDF, and what the writer has to say of it."""
    with WRITERS[format_](out, [result.document], ExportOptions(**options)) as pdfs:
        (name,) = pdfs.add(result)
        return out / name, pdfs.cautions()


def of(given: Awkward) -> DocumentResult:
    return document("in.pdf", given.path, *given.pages)


def assert_archival(pdf: Path, part: int = 2) -> None:
    """The rules of PDF/A-2b that can be seen in the file's structure (ISO 19005-2, clause 6)."""
    start = pdf.read_bytes()[:20]
    assert start.startswith(b"%PDF-1.")  # 6.1.2
    assert start[9:10] == b"%"
    assert min(start[10:14]) > 127
    with pikepdf.open(pdf) as opened:
        assert not opened.is_encrypted
        assert len(opened.trailer.ID) == 2  # 6.1.3
        metadata = opened.Root.Metadata  # 6.6.2
        assert metadata.get("/Filter") is None
        assert opened.open_metadata().pdfa_status == f"{part}B"
        (intent,) = opened.Root.OutputIntents  # 6.2.3
        assert Name("/GTS_PDFA1") == intent.S
        assert intent.DestOutputProfile.N == 3
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
        layers = opened.Root.OCProperties.D  # 6.9
        assert str(layers.Name)
        assert "/AS" not in layers
        assert {one.objgen for one in layers.Order} == {
            one.objgen for one in opened.Root.OCProperties.OCGs
        }
        assert obstacles_to(opened) == () if part == 2 else True
    checked = subprocess.run(["qpdf", "--check", str(pdf)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("name", CLEAN)
def test_a_scan_becomes_a_pdfa_with_its_text_on_the_ink(tmp_path: Path, name: str) -> None:
    given = awkward(name, tmp_path)
    pdf, cautions = archived(tmp_path / "out", of(given), passwords=given.passwords)
    assert not [one for one in cautions if "PDF/A" in one]
    assert_archival(pdf)


@pytest.mark.parametrize("kind", ["jpg", "png", "tif"])
def test_a_picture_becomes_a_pdfa(tmp_path: Path, kind: str) -> None:
    source = tmp_path / f"scan.{kind}"
    drawn().save(source, dpi=(100, 100))
    pdf, cautions = archived(tmp_path / "out", document("scan.png", source))
    assert cautions == ()
    assert_archival(pdf)
    assert_on_ink(pdf, page())
    with pikepdf.open(pdf) as opened:
        assert opened.open_metadata()["dc:title"] == "scan.png"


@pytest.mark.parametrize("name", UNFIT)
def test_what_stands_against_it_is_told_and_the_pdf_is_written_all_the_same(
    tmp_path: Path, name: str
) -> None:
    given = awkward(name, tmp_path)
    pdf, cautions = archived(tmp_path / "out", of(given))
    assert cautions == (f"its PDF is searchable, and no PDF/A: {UNFIT[name]}",)
    assert_on_ink(pdf, page())
    with pikepdf.open(pdf) as opened:
        assert "/OutputIntents" not in opened.Root
        assert opened.open_metadata().pdfa_status == ""


def scripts(pdf: Pdf) -> None:
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.OpenAction = action


def attachment(pdf: Pdf) -> None:
    pdf.attachments["a.txt"] = b"text"


def visible_helvetica(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].obj.Resources.Font = Dictionary(F1=pdf.make_indirect(font))
    pdf.pages[0].contents_add(b"BT /F1 12 Tf 9 9 Td (seen) Tj ET")


def ink(pdf: Pdf) -> None:
    pdf.pages[0].contents_add(b"1 0 0 0 k 0 0 9 9 re f")


def smoothed(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.XObject.Im.Interpolate = True


def strange_blend(pdf: Pdf) -> None:
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(G=Dictionary(BM=Name.Odd))


def form_without_looks(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(), NeedAppearances=True)


def movie(pdf: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Movie, Rect=Array([0, 0, 9, 9]), F=4)
    pdf.pages[0].obj.Annots = Array([note])


def unprinted_note(pdf: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]))
    pdf.pages[0].obj.Annots = Array([note])


def own_schema(pdf: Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["{http://example.org/ours/}clerk"] = "A."


def tiny_page(pdf: Pdf) -> None:
    pdf.add_blank_page().obj.MediaBox = Array([0, 0, 2, 9])


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (scripts, "it runs actions"),
        (attachment, "files are attached to it"),
        (visible_helvetica, "the font Helvetica is not embedded"),
        (ink, "its inks (CMYK) have no colour profile"),
        (smoothed, "a picture in it asks to be smoothed"),
        (strange_blend, "a drawing in it blends in an unknown way"),
        (form_without_looks, "it has a form that viewers draw by themselves"),
        (movie, "it has an annotation of a kind that is not allowed, Movie"),
        (unprinted_note, "it has an annotation that is hidden or not printed"),
        (
            own_schema,
            "its metadata use a schema that they do not describe, http://example.org/ours/",
        ),
        (tiny_page, "page 2 is too small or too large"),
    ],
)
def test_each_obstacle_is_named(tmp_path: Path, spoil: Callable[[Pdf], None], reason: str) -> None:
    given = awkward("user unit 2", tmp_path)
    with pikepdf.open(given.path, allow_overwriting_input=True) as opened:
        spoil(opened)
        opened.save()
    _, cautions = archived(tmp_path / "out", of(given))
    assert cautions == (f"its PDF is searchable, and no PDF/A: {reason}",)


def test_a_link_that_nobody_may_print_is_mended(tmp_path: Path) -> None:
    given = awkward("user unit 2", tmp_path)
    with pikepdf.open(given.path, allow_overwriting_input=True) as opened:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
        opened.pages[0].obj.Annots = Array([link])
        opened.save()
    pdf, cautions = archived(tmp_path / "out", of(given))
    assert cautions == ()
    assert_archival(pdf)


def test_the_files_of_a_pdfa3_are_what_was_read(tmp_path: Path) -> None:
    given = awkward("rotated 90", tmp_path)
    pdf, cautions = archived(tmp_path / "out", of(given), "pdfa3")
    assert cautions == ()
    assert_archival(pdf, part=3)
    with pikepdf.open(pdf) as opened:
        files = {name: one.get_file().read_bytes() for name, one in opened.attachments.items()}
        assert [str(one.AFRelationship) for one in opened.Root.AF] == ["/Data"] * 3
        assert {str(one.EF.F.Subtype) for one in opened.Root.AF} == {
            "/text/csv",
            "/application/json",
        }
    assert sorted(files) == ["digitize.json", "digits.csv", "numbers.csv"]
    rows = list(csv.DictReader(io.StringIO(files["numbers.csv"].decode(), newline="")))
    assert [row["text"] for row in rows] == [number.text for number in NUMBERS]
    again = tmp_path / "again.json"
    again.write_bytes(files["digitize.json"])
    assert read_document(again) == of(given)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such name")
def test_the_files_of_a_document_whose_name_is_no_unicode_come_back(tmp_path: Path) -> None:
    given = awkward("rotated 90", tmp_path)
    odd = given.path.rename(tmp_path / "caf\udce9.pdf")
    one = document("in.pdf", odd, *given.pages)
    pdf, cautions = archived(tmp_path / "out", one, "pdfa3")
    assert cautions == ()
    with pikepdf.open(pdf) as opened:
        (tmp_path / "again.json").write_bytes(
            opened.attachments["digitize.json"].get_file().read_bytes()
        )
    assert read_document(tmp_path / "again.json") == one


@pytest.mark.parametrize("format_", ["pdf", "pdfa", "pdfa3"])
def test_equal_results_are_equal_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    given = awkward("mixed sizes", tmp_path)
    first, second = (archived(tmp_path / n, of(given), format_)[0].read_bytes() for n in "ab")
    assert first == second


def test_the_page_looks_the_same_as_a_pdfa(tmp_path: Path) -> None:
    given = awkward("rotated 90", tmp_path)
    pdf, _ = archived(tmp_path / "out", of(given), marks="off")
    assert np.array_equal(rendered(pdf), rendered(given.path))


def test_an_output_intent_for_pdfa_that_is_there_is_kept(tmp_path: Path) -> None:
    given = awkward("user unit 2", tmp_path)
    first, _ = archived(tmp_path / "first", of(given))
    with pikepdf.open(first) as opened:
        before = opened.Root.OutputIntents[0].DestOutputProfile.read_bytes()
    second, cautions = archived(tmp_path / "second", document("in.pdf", first, *given.pages))
    assert cautions == ()
    with pikepdf.open(second) as opened:
        (intent,) = opened.Root.OutputIntents
        assert intent.DestOutputProfile.read_bytes() == before


def test_the_profile_is_srgb() -> None:
    ours = ImageCms.ImageCmsProfile(io.BytesIO(srgb_profile()))
    theirs = ImageCms.createProfile("sRGB")
    rng = np.random.default_rng(1)
    picture = Image.fromarray(rng.integers(0, 256, (20, 20, 3), dtype=np.uint8))
    seen = ImageCms.profileToProfile(picture, ours, theirs)
    assert np.abs(np.asarray(seen).astype(int) - np.asarray(picture)).max() <= 1
    assert ImageCms.getProfileDescription(ours).strip() == "sRGB IEC61966-2.1"
    assert len(srgb_profile()) < 1024


@pytest.mark.parametrize(
    ("before", "after"), [("1B", "2B"), ("1A", "2B"), ("2A", "2B"), ("2U", "2U"), ("3B", "3B")]
)
@pytest.mark.parametrize("format_", ["pdf", "pdfa"])
def test_a_pdf_that_is_a_pdfa_says_what_it_still_is(
    tmp_path: Path, before: str, after: str, format_: str
) -> None:
    """Layers came with part 2, and text without tags is not of level A."""
    given = awkward("user unit 2", tmp_path)
    with pikepdf.open(given.path, allow_overwriting_input=True) as opened:
        with opened.open_metadata() as metadata:
            metadata["pdfaid:part"], metadata["pdfaid:conformance"] = before
        opened.save()
    pdf, cautions = archived(tmp_path / "out", of(given), format_)
    assert cautions == ()
    with pikepdf.open(pdf) as opened:
        assert opened.open_metadata().pdfa_status == after


def test_files_of_another_program_are_not_lost_for_ours(tmp_path: Path) -> None:
    given = awkward("user unit 2", tmp_path)
    with pikepdf.open(given.path, allow_overwriting_input=True) as opened:
        attachment(opened)
        opened.save()
    pdf, cautions = archived(tmp_path / "out", of(given), "pdfa3")
    assert cautions == ("its PDF is searchable, and no PDF/A: files are attached to it",)
    with pikepdf.open(pdf) as opened:
        assert list(opened.attachments) == ["a.txt"]

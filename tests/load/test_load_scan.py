"""A PDF page that is one scan gives the scan's own pixels, as the page shows them."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image

from digitize.load import LoadOptions, load_pages
from digitize.records import Failure, Page

MakePdf = Callable[..., Path]
STRAIGHT = (75, 0, 0, 105, 0, 0)
MIRRORED = (-75, 0, 0, 105, 75, 0)
FLIPPED = (75, 0, 0, -105, 0, 105)
UPSIDE_DOWN = (-75, 0, 0, -105, 75, 105)
TURNED_LEFT = (0, 105, -75, 0, 75, 0)
TURNED_RIGHT = (0, -105, 75, 0, 0, 105)
TRANSPOSED = (0, 105, 75, 0, 0, 0)
ANTITRANSPOSED = (0, -105, -75, 0, 75, 105)
MATRICES = [STRAIGHT, MIRRORED, FLIPPED, UPSIDE_DOWN]
TURNING = [TURNED_LEFT, TURNED_RIGHT, TRANSPOSED, ANTITRANSPOSED]
DRAWN_DPI = 72  # far from the scan's 144, so that a drawn page is told by its size


def only_page(path: Path, **options: object) -> Page:
    pages = list(load_pages(path, LoadOptions(**{"dpi": DRAWN_DPI, **options})))
    assert len(pages) == 1
    assert isinstance(pages[0], Page)
    return pages[0]


def was_taken(page: Page) -> bool:
    return page.dpi != DRAWN_DPI


def difference_from_pdfium(page: Page, path: Path) -> float:
    """Mean difference, 0 to 255, between a page and pdfium's drawing of it at the same size."""
    with pdfium.PdfDocument(path) as pdf:
        scale = page.pixels.shape[1] / pdf[0].get_width()
        drawn = pdf[0].render(scale=scale, rev_byteorder=True).to_numpy()
    height, width = (
        min(a, b) for a, b in zip(drawn.shape[:2], page.pixels.shape[:2], strict=False)
    )
    assert abs(drawn.shape[0] - page.pixels.shape[0]) <= 1
    assert abs(drawn.shape[1] - page.pixels.shape[1]) <= 1
    both = drawn[:height, :width].astype(int) - page.pixels[:height, :width]
    return float(np.abs(both).mean())


@pytest.mark.parametrize(
    ("matrix", "rotate"), list(itertools.product(MATRICES, (0, 90, 180, 270, -90)))
)
def test_a_taken_scan_looks_as_pdfium_draws_it(
    scan_pdf: MakePdf, matrix: tuple[float, ...], rotate: int
) -> None:
    path = scan_pdf(matrix, Rotate=rotate)
    page = only_page(path)
    assert was_taken(page)
    assert page.dpi == pytest.approx(144)
    assert page.pixels.shape == ((150, 210, 3) if rotate % 180 else (210, 150, 3))
    assert difference_from_pdfium(page, path) < 1


@pytest.mark.parametrize(("matrix", "rotate"), list(itertools.product(TURNING, (0, 90, 180, 270))))
def test_a_scan_turned_by_its_matrix_looks_as_pdfium_draws_it(
    scan_pdf: MakePdf, letter: Image.Image, matrix: tuple[float, ...], rotate: int
) -> None:
    lying = letter.transpose(Image.Transpose.ROTATE_90)
    path = scan_pdf(matrix, picture=lying, Rotate=rotate)
    page = only_page(path)
    assert was_taken(page)
    assert difference_from_pdfium(page, path) < 1


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("matrix", MATRICES)
def test_a_scan_larger_than_the_crop_box_is_cropped(
    scan_pdf: MakePdf, matrix: tuple[float, ...], rotate: int
) -> None:
    shifted = (*matrix[:4], matrix[4] + 30, matrix[5] - 20)
    crop = pikepdf.Array([40, -10, 90, 60])
    path = scan_pdf(shifted, media=(30, -20, 105, 85), CropBox=crop, Rotate=rotate)
    page = only_page(path)
    assert was_taken(page)
    assert sorted(page.pixels.shape[:2]) == [100, 140]
    assert difference_from_pdfium(page, path) < 1


def test_a_sliver_the_scan_leaves_free_is_white(scan_pdf: MakePdf) -> None:
    path = scan_pdf((74.2, 0, 0, 105, 0, 0))
    page = only_page(path)
    assert was_taken(page)
    assert page.pixels.shape == (210, 152, 3)
    assert (page.pixels[:, 150:] == 255).all()
    assert (page.pixels[:, 149] < 255).all()


def test_the_pixels_taken_are_those_stored(scan_pdf: MakePdf, letter: Image.Image) -> None:
    assert (only_page(scan_pdf()).pixels == np.asarray(letter)).all()


def test_a_page_smaller_than_one_pixel_of_its_picture_is_drawn(scan_pdf: MakePdf) -> None:
    pixel = Image.new("RGB", (1, 1), "red")
    path = scan_pdf((600, 0, 0, 600, 0, 0), media=(100, 100, 150, 150), picture=pixel)
    page = only_page(path)
    assert not was_taken(page)
    assert (page.pixels[:, :, 0] > 200).all()


def test_the_unit_of_the_page_counts(scan_pdf: MakePdf) -> None:
    assert only_page(scan_pdf(UserUnit=2)).dpi == pytest.approx(72)


@pytest.mark.parametrize("mode", ["1", "L", "CMYK"])
def test_other_colours_look_as_pdfium_draws_them(
    scan_pdf: MakePdf, letter: Image.Image, mode: str
) -> None:
    path = scan_pdf(picture=letter.convert(mode, dither=Image.Dither.NONE))
    page = only_page(path)
    assert was_taken(page)
    assert difference_from_pdfium(page, path) < 1


@pytest.mark.parametrize("mode", ["1", "L"])
def test_a_negative_by_decode_is_turned_positive(
    scan_pdf: MakePdf, letter: Image.Image, mode: str
) -> None:
    grey = letter.convert(mode, dither=Image.Dither.NONE)
    path = scan_pdf(picture=grey, image={"Decode": pikepdf.Array([1, 0])})
    page = only_page(path)
    assert was_taken(page)
    assert (page.pixels[..., 0] == 255 - np.asarray(grey.convert("L"))).all()


def test_a_palette_looks_as_pdfium_draws_it(scan_pdf: MakePdf, letter: Image.Image) -> None:
    table = pikepdf.String(bytes((7 * i) % 256 for i in range(768)))
    palette = pikepdf.Array([pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, 255, table])
    path = scan_pdf(picture=letter.convert("L"), image={"ColorSpace": palette})
    page = only_page(path)
    assert was_taken(page)
    assert difference_from_pdfium(page, path) < 1


def test_compressed_scans_look_as_pdfium_draws_them(tmp_path: Path, letter: Image.Image) -> None:
    for picture, how in ((letter, "jpg"), (letter.convert("CMYK"), "jpg"), (letter, "jp2")):
        path = compressed_pdf(tmp_path / "scan.pdf", picture, how)
        page = only_page(path)
        assert was_taken(page), how
        assert difference_from_pdfium(page, path) < 2, how


def test_a_group_4_fax_is_taken(scan_pdf: MakePdf, letter: Image.Image) -> None:
    one_bit = letter.convert("1", dither=Image.Dither.NONE)
    tiff = BytesIO()
    one_bit.save(tiff, "TIFF", compression="group4", strip_size=10**7)
    with Image.open(tiff) as read:
        offset, length = read.tag_v2[273][0], read.tag_v2[279][0]
        black_is_1 = read.tag_v2[262] == 0
    strip = tiff.getvalue()[offset : offset + length]
    parms = pikepdf.Dictionary(K=-1, Columns=150, Rows=210, BlackIs1=not black_is_1)

    def as_fax(path: Path) -> Path:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            image = pdf.pages[0].Resources.XObject.Im0
            image.write(strip, filter=pikepdf.Name.CCITTFaxDecode, decode_parms=parms)
            pdf.save(path)
        return path

    path = as_fax(scan_pdf(picture=one_bit))
    page = only_page(path)
    assert was_taken(page)
    assert difference_from_pdfium(page, path) < 1


def compressed_pdf(path: Path, picture: Image.Image, how: str) -> Path:
    data = BytesIO()
    picture.save(data, {"jpg": "JPEG", "jp2": "JPEG2000"}[how])
    spaces = {"RGB": pikepdf.Name.DeviceRGB, "CMYK": pikepdf.Name.DeviceCMYK}
    filters = {"jpg": pikepdf.Name.DCTDecode, "jp2": pikepdf.Name.JPXDecode}
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(75, 105))
        stream = pdf.make_stream(data.getvalue())
        stream.Subtype, stream.BitsPerComponent = pikepdf.Name.Image, 8
        stream.Width, stream.Height = picture.size
        stream.ColorSpace, stream.Filter = spaces[picture.mode], filters[how]
        if picture.mode == "CMYK":  # Pillow writes these the other way round, as Adobe does
            stream.Decode = pikepdf.Array([1, 0] * 4)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
        page.Contents = pdf.make_stream(b"75 0 0 105 0 0 cm /Im0 Do")
        pdf.save(path)
    return path


def test_a_truncated_jpeg_inside_costs_its_page_only(tmp_path: Path, letter: Image.Image) -> None:
    path = compressed_pdf(tmp_path / "scan.pdf", letter, "jpg")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        image = pdf.pages[0].Resources.XObject.Im0
        image.write(image.read_raw_bytes()[:-700], filter=pikepdf.Name.DCTDecode)
        pdf.add_blank_page(page_size=(75, 105))
        pdf.save(path)
    bad, good = load_pages(path, LoadOptions())
    assert isinstance(bad, Failure)
    assert (bad.page, bad.kind) == (1, "UnreadableInput")
    assert "truncated" in bad.cause
    assert isinstance(good, Page)
    assert good.number == 2


HIDDEN_TEXT = b"BT /F1 12 Tf 3 Tr 10 10 Td (1234) Tj ET"


def test_the_hidden_text_of_an_ocr_layer_does_not_count(scan_pdf: MakePdf) -> None:
    assert was_taken(only_page(scan_pdf(after=HIDDEN_TEXT)))


def test_hidden_text_in_a_form_does_not_count(scan_pdf: MakePdf) -> None:
    path = scan_pdf(after=b"/Fm0 Do")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        form = pdf.make_stream(HIDDEN_TEXT)
        form.Subtype, form.BBox = pikepdf.Name.Form, pikepdf.Array([0, 0, 75, 105])
        form.Resources = pikepdf.Dictionary(Font=pdf.pages[0].Resources.Font)
        pdf.pages[0].Resources.XObject.Fm0 = form
        pdf.save(path)
    assert was_taken(only_page(path))


def test_a_link_does_not_count(scan_pdf: MakePdf) -> None:
    assert was_taken(only_page(scan_pdf(Annots=annotation("/Link"))))


def test_a_clip_around_the_page_does_not_count(scan_pdf: MakePdf) -> None:
    assert was_taken(only_page(scan_pdf(before=b"0 0 75 105 re W n")))


def test_a_clip_in_other_units_does_not_count(scan_pdf: MakePdf) -> None:
    in_pixels = b"0.5 0 0 0.5 0 0 cm 0 0 150 210 re W n"
    assert was_taken(only_page(scan_pdf((150, 0, 0, 210, 0, 0), before=in_pixels)))


def annotation(subtype: str) -> Callable[[pikepdf.Pdf], pikepdf.Object]:
    return lambda pdf: pikepdf.Array(
        [
            pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name(subtype),
                    Rect=pikepdf.Array([10, 10, 40, 40]),
                )
            )
        ]
    )


def mask(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return pdf.make_stream(
        bytes(150 * 210),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=150,
        Height=210,
        BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceGray,
    )


MORE_THAN_A_SCAN = {
    "written text": {"after": b"BT /F1 12 Tf 10 10 Td (1234) Tj ET"},
    "a line": {"after": b"10 10 m 50 50 l S"},
    "the same picture twice": {"after": b"q 20 0 0 20 5 5 cm /Im0 Do Q"},
    "a stamp": {"Annots": annotation("/Stamp")},
    "a clip into the page": {"before": b"10 10 30 30 re W n"},
    "a clip that is no rectangle": {"before": b"0 0 m 90 0 l 0 200 l h W n"},
    "a soft mask": {"image": {"SMask": mask}},
    "a colour that is masked": {"image": {"Mask": pikepdf.Array([20, 20, 20, 20, 20, 20])}},
    "a slanted picture": {"matrix": (74.9, 2, -2, 104.9, 0, 0)},
    "a picture that leaves a margin": {"matrix": (60, 0, 0, 95, 5, 5)},
    "long pixels, as a fax has": {"matrix": (75, 0, 0, 60, 0, 0), "media": (0, 0, 75, 60)},
}


@pytest.mark.parametrize("what", MORE_THAN_A_SCAN)
def test_a_page_with_more_than_a_scan_is_drawn(scan_pdf: MakePdf, what: str) -> None:
    page = only_page(scan_pdf(**MORE_THAN_A_SCAN[what]))
    assert not was_taken(page)


def test_a_picture_on_a_layer_is_drawn(scan_pdf: MakePdf) -> None:
    path = scan_pdf(before=b"/OC /Off BDC", after=b"EMC")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="hidden"))
        pdf.pages[0].Resources.Properties = pikepdf.Dictionary(Off=layer)
        order = pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=order)
        pdf.save(path)
    page = only_page(path)
    assert not was_taken(page)
    assert (page.pixels == 255).all()


def test_a_tagged_picture_is_taken(scan_pdf: MakePdf) -> None:
    assert was_taken(only_page(scan_pdf(before=b"/Figure <</MCID 0>> BDC", after=b"EMC")))


@pytest.mark.parametrize("state", [{"ca": 0.5}, {"BM": pikepdf.Name.Multiply}])
def test_a_blended_picture_is_drawn(scan_pdf: MakePdf, state: dict[str, object]) -> None:
    path = scan_pdf(before=b"/Gs0 gs")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        states = pikepdf.Dictionary(Gs0=pikepdf.Dictionary(**state))
        pdf.pages[0].Resources.ExtGState = states
        pdf.save(path)
    assert not was_taken(only_page(path))


def test_a_picture_inside_a_form_is_drawn(scan_pdf: MakePdf) -> None:
    path = scan_pdf()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        form = pdf.make_stream(page.Contents.read_bytes())
        form.Subtype, form.BBox = pikepdf.Name.Form, pikepdf.Array([0, 0, 75, 105])
        form.Resources = pikepdf.Dictionary(XObject=page.Resources.XObject)
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm0=form))
        page.Contents = pdf.make_stream(b"/Fm0 Do")
        pdf.save(path)
    assert not was_taken(only_page(path))


def test_resources_may_come_from_the_tree_above(scan_pdf: MakePdf) -> None:
    path = scan_pdf()
    with pikepdf.open(path, allow_overwriting_input=True, inherit_page_attributes=False) as pdf:
        page = pdf.pages[0].obj
        pdf.Root.Pages.Resources = page.Resources
        del page["/Resources"]
        pdf.save(path)
    assert was_taken(only_page(path))


def test_a_scan_over_the_limit_is_refused_before_it_is_decoded(scan_pdf: MakePdf) -> None:
    (failure,) = load_pages(scan_pdf(), LoadOptions(max_megapixels=0.01))
    assert isinstance(failure, Failure)
    assert failure.kind == "OversizedPicture"
    assert "150 x 210" in failure.cause
    assert "--max-megapixels" in failure.remedy
    assert "--dpi" not in failure.remedy  # a scan keeps its pixels

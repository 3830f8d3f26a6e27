"""Pictures of every kind to pages: their pixels as they were, at their true size, upright."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from export_pages import (
    DPI,
    HEIGHT,
    WIDTH,
    assert_on_ink,
    document,
    drawn,
    image_bytes,
    images,
    number,
    page,
    rendered,
)
from PIL import Image, ImageCms, ImageOps

from digitize.errors import UnreadableInput
from digitize.export import ExportOptions, PdfWriter
from digitize.records import PageResult

PLAIN = ExportOptions(marks="off")


def made(source: Path, *pages: PageResult) -> Path:
    """The PDF of a picture file, without marks."""
    with PdfWriter(source.parent, [source.name], PLAIN) as pdfs:
        (name,) = pdfs.add(document(source.name, source, *pages))
    return source.parent / name


def saved(folder: Path, name: str, picture: Image.Image, **how: object) -> Path:
    picture.save(folder / name, **how)
    return folder / name


def the_pixels(pdf: Path) -> Image.Image:
    with pikepdf.open(pdf) as opened:
        (stored,) = images(opened)
        return pikepdf.PdfImage(stored).as_pil_image()


def the_kind(pdf: Path) -> tuple[str, int]:
    """The only image's colour space and bits per component."""
    with pikepdf.open(pdf) as opened:
        (stored,) = images(opened)
        colours = stored.ColorSpace
        name = colours if isinstance(colours, pikepdf.Name) else colours[0]
        return str(name), int(stored.BitsPerComponent)


def test_a_jpeg_keeps_its_very_bytes(tmp_path: Path) -> None:
    source = saved(tmp_path, "a.jpg", drawn(), quality=80)
    pdf = made(source)
    assert image_bytes(pdf) == [source.read_bytes()]
    assert_on_ink(pdf, page())


def test_a_grey_jpeg_stays_grey(tmp_path: Path) -> None:
    pdf = made(saved(tmp_path, "a.jpg", drawn().convert("L")))
    with pikepdf.open(pdf) as opened:
        assert images(opened)[0].ColorSpace == pikepdf.Name.DeviceGray


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_jpeg_is_shown_upright_and_keeps_its_bytes(
    tmp_path: Path, orientation: int
) -> None:
    undo = {5: 5, 6: 8, 7: 7, 8: 6}.get(orientation, orientation)
    tag = Image.Exif()
    tag[0x0112] = undo
    stored = drawn()
    stored.info["exif"] = tag.tobytes()
    buffer = io.BytesIO()
    stored.save(buffer, "PNG", exif=tag)
    turned = ImageOps.exif_transpose(Image.open(buffer))
    tag[0x0112] = orientation
    source = saved(tmp_path, "a.jpg", turned, quality=95, subsampling=0, exif=tag)
    pdf = made(source)
    assert image_bytes(pdf) == [source.read_bytes()]
    assert np.abs(rendered(pdf).astype(int) - np.asarray(drawn())).mean() < 3
    assert_on_ink(pdf, page())


@pytest.mark.parametrize("adobe", [True, False])
def test_a_cmyk_jpeg_has_its_colours(tmp_path: Path, adobe: bool) -> None:
    source = saved(tmp_path, "a.jpg", drawn().convert("CMYK"), quality=95, subsampling=0)
    data = source.read_bytes()
    assert b"Adobe" in data
    if not adobe:  # then ink counts upwards: without the marker the same bytes are a negative
        start = data.index(b"\xff\xee")
        source.write_bytes(data[:start] + data[start + 2 + data[start + 3] :])
    seen = rendered(made(source)).astype(int).mean()
    assert (seen > 200) == adobe


@pytest.mark.parametrize("name", ["a.png", "a.tif", "a.bmp", "a.webp", "a.heic"])
def test_other_pictures_keep_every_pixel(tmp_path: Path, name: str) -> None:
    if name == "a.heic":
        import pillow_heif

        pillow_heif.register_heif_opener()
    how = {"lossless": True} if name == "a.webp" else {"quality": -1} if "heic" in name else {}
    source = saved(tmp_path, name, drawn(), **how)
    pdf = made(source)
    with Image.open(source) as original:
        assert np.array_equal(the_pixels(pdf), original.convert("RGB"))
    assert_on_ink(pdf, page())


def test_a_png_keeps_its_very_pixel_stream(tmp_path: Path) -> None:
    source = saved(tmp_path, "a.png", drawn())
    (stream,) = image_bytes(made(source))
    assert stream in source.read_bytes()


@pytest.mark.parametrize("mode", ["1", "L", "P"])
@pytest.mark.parametrize("suffix", ["png", "tif", "gif"])
def test_black_and_white_grey_and_palettes_stay_what_they_are(
    tmp_path: Path, mode: str, suffix: str
) -> None:
    picture = drawn().convert(mode)
    source = saved(tmp_path, f"a.{suffix}", picture)
    pdf = made(source)
    with Image.open(source) as original:
        assert np.array_equal(the_pixels(pdf).convert("RGB"), original.convert("RGB"))
        colours, bits = the_kind(pdf)
        assert colours == ("/Indexed" if original.mode == "P" else "/DeviceGray")
        assert bits <= (1 if original.mode == "1" else 8)


@pytest.mark.parametrize("compression", ["group4", None, "tiff_lzw"])
def test_a_black_and_white_tiff_is_small_and_exact(tmp_path: Path, compression: str) -> None:
    picture = drawn().convert("1", dither=Image.Dither.NONE)
    pdf = made(saved(tmp_path, "a.tif", picture, compression=compression))
    with pikepdf.open(pdf) as opened:
        (stored,) = images(opened)
        assert (stored.Filter, int(stored.BitsPerComponent)) == (pikepdf.Name.CCITTFaxDecode, 1)
        assert len(stored.read_raw_bytes()) < 1000
    assert np.array_equal(rendered(pdf), picture.convert("RGB"))


def test_what_is_transparent_becomes_white_paper(tmp_path: Path) -> None:
    picture = drawn().convert("RGBA")
    picture.putalpha(Image.eval(drawn().convert("L"), lambda grey: 255 if grey < 128 else 0))
    pdf = made(saved(tmp_path, "a.png", picture))
    expected = Image.new("RGB", picture.size, "white")
    expected.paste(picture, mask=picture.getchannel("A"))
    assert np.array_equal(the_pixels(pdf), expected)


@pytest.mark.parametrize("interlaced", [False, True])
def test_16_bit_grey_is_seen_as_it_was_read(tmp_path: Path, interlaced: bool) -> None:
    deep = np.asarray(drawn().convert("L")).astype(np.uint16) * 257
    suffix = "tif" if interlaced else "png"
    pdf = made(saved(tmp_path, f"a.{suffix}", Image.fromarray(deep)))
    assert np.abs(rendered(pdf)[:, :, 0].astype(int) - deep // 257).max() <= 1


def test_a_cmyk_tiff_stays_cmyk(tmp_path: Path) -> None:
    pdf = made(saved(tmp_path, "a.tif", drawn().convert("CMYK")))
    with pikepdf.open(pdf) as opened:
        assert images(opened)[0].ColorSpace == pikepdf.Name.DeviceCMYK
    assert np.abs(rendered(pdf)[300, 200].astype(int) - 255).max() < 5


def test_a_colour_profile_travels_along(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    pdf = made(saved(tmp_path, "a.jpg", drawn(), icc_profile=profile))
    with pikepdf.open(pdf) as opened:
        kind, stream = images(opened)[0].ColorSpace
        assert (kind, int(stream.N)) == (pikepdf.Name.ICCBased, 3)
        assert stream.read_bytes() == profile


@pytest.mark.parametrize(("dpi", "inches"), [(100, (4.0, 6.0)), (0, (2.0, 3.0)), (300, (4 / 3, 2))])
def test_a_page_has_its_true_size_or_that_of_200_dpi(
    tmp_path: Path, dpi: float, inches: tuple[float, float]
) -> None:
    pdf = made(saved(tmp_path, "a.png", drawn()), page(dpi=dpi))
    with pikepdf.open(pdf) as opened:
        assert [float(side) / 72 for side in opened.pages[0].mediabox[2:]] == pytest.approx(inches)


def test_a_fax_with_oblong_pixels_fills_the_page_that_was_read(tmp_path: Path) -> None:
    squeezed = drawn().resize((WIDTH, HEIGHT // 2))
    pdf = made(saved(tmp_path, "a.png", squeezed))
    assert rendered(pdf).shape[:2] == (HEIGHT, WIDTH)
    assert_on_ink(pdf, page())


def test_a_tiff_has_the_pages_that_were_read(tmp_path: Path) -> None:
    shades = [Image.new("L", (WIDTH, HEIGHT), shade) for shade in (50, 150, 250)]
    source = saved(tmp_path, "a.tif", shades[0], save_all=True, append_images=shades[1:])
    pdf = made(source, page((number("7"),), count=1), page((number("42"),), count=3))
    assert_on_ink(pdf, page((number("7"),)), count=1)
    assert_on_ink(pdf, page((number("42"),)), count=2)
    assert [rendered(pdf, DPI, count)[300, 300, 0] for count in (1, 2)] == [50, 250]


def test_a_picture_that_is_gone_costs_only_itself(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="no such file"):
        made(tmp_path / "a.png")
    assert list(tmp_path.iterdir()) == []


def test_a_picture_cut_short_since_costs_only_itself(tmp_path: Path) -> None:
    source = saved(tmp_path, "a.tif", drawn(), compression="tiff_lzw")
    source.write_bytes(source.read_bytes()[:2000])
    with pytest.raises(UnreadableInput):
        made(source)
    assert list(tmp_path.iterdir()) == [source]


def test_a_document_without_pages_has_no_pdf(tmp_path: Path) -> None:
    from digitize.records import DocumentResult

    with PdfWriter(tmp_path, ["a.png"]) as pdfs:
        assert pdfs.add(DocumentResult("a.png", tmp_path / "a.png", ())) == ()


def test_a_tiff_with_a_broken_page_shows_those_behind_it(tmp_path: Path) -> None:
    shades = [Image.new("L", (WIDTH, HEIGHT), shade) for shade in (50, 150, 250)]
    source = saved(tmp_path, "a.tif", shades[0], save_all=True, append_images=shades[1:])
    with Image.open(source) as tiff:
        tiff.seek(1)
        directory = tiff.tag_v2._offset
    data = bytearray(source.read_bytes())
    entries = int.from_bytes(data[directory : directory + 2], "little")
    for place in range(directory + 2, directory + 2 + 12 * entries, 12):
        if int.from_bytes(data[place : place + 2], "little") == 256:  # the width
            data[place] = 255
    source.write_bytes(data)
    pdf = made(source, page((number("7"),), count=1), page((number("42"),), count=3))
    assert [rendered(pdf, DPI, count)[300, 300, 0] for count in (1, 2)] == [50, 250]

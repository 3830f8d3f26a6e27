"""Picture files of every kind become RGB pages, upright; damaged ones say what is wrong."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageOps

from digitize.errors import OversizedPicture, UnreadableInput
from digitize.load import LoadOptions, colours, load_pages, parse_page_ranges
from digitize.load.colours import to_rgb
from digitize.records import Failure, Page

ORIENTATION = 274
PHOTOMETRIC = 262


def pages_of(path: Path, **options: object) -> list[Page | Failure]:
    return list(load_pages(path, LoadOptions(**options)))


def page_of(path: Path, **options: object) -> Page:
    (page,) = pages_of(path, **options)
    assert isinstance(page, Page)
    assert page.pixels.dtype == np.uint8
    assert page.pixels.flags.c_contiguous
    return page


def difference(page: Page, picture: Image.Image) -> float:
    expected = np.asarray(picture.convert("RGB")).astype(int)
    assert page.pixels.shape == expected.shape
    return float(np.abs(page.pixels - expected).mean())


@pytest.mark.parametrize(
    ("suffix", "how"),
    [
        ("png", {}),
        ("jpg", {"quality": 95}),
        ("bmp", {}),
        ("webp", {"lossless": True}),
        ("gif", {}),
        ("tif", {}),
        ("tif", {"compression": "tiff_lzw"}),
        ("tif", {"compression": "tiff_deflate"}),
        ("tif", {"compression": "jpeg", "quality": 95}),
    ],
)
def test_every_format_is_read(
    tmp_path: Path, letter: Image.Image, suffix: str, how: dict[str, object]
) -> None:
    path = tmp_path / f"x.{suffix}"
    letter.save(path, **how)
    assert difference(page_of(path), letter) < 3


def test_a_phone_picture_is_read(tmp_path: Path, letter: Image.Image) -> None:
    path = tmp_path / "x.heic"
    pillow_heif.from_pillow(letter).save(path, quality=95)
    assert difference(page_of(path), letter) < 3


@pytest.mark.parametrize("compression", ["group3", "group4", "packbits", None])
def test_one_bit_tiffs_are_read(
    tmp_path: Path, letter: Image.Image, compression: str | None
) -> None:
    one_bit = letter.convert("1")
    one_bit.save(tmp_path / "x.tif", compression=compression)
    assert difference(page_of(tmp_path / "x.tif"), one_bit) == 0


def test_of_a_photo_with_a_preview_the_photo_is_read(tmp_path: Path, letter: Image.Image) -> None:
    grey, black = letter.convert("L"), Image.new("L", letter.size)
    grey.save(tmp_path / "x.mpo", save_all=True, append_images=[black])
    assert difference(page_of(tmp_path / "x.mpo"), grey) < 3


@pytest.fixture(params=["gif", "webp", "png"])
def moving(tmp_path: Path, letter: Image.Image, request: pytest.FixtureRequest) -> Path:
    grey = letter.convert("L")
    path = tmp_path / f"x.{request.param}"
    grey.save(path, save_all=True, append_images=[Image.new("L", letter.size)] * 3)
    return path


def test_of_a_moving_picture_the_first_is_read_and_the_others_are_told_of(
    moving: Path, letter: Image.Image
) -> None:
    first, others = pages_of(moving)
    assert isinstance(first, Page)
    assert difference(first, letter.convert("L")) < 3
    assert isinstance(others, Failure)
    assert others.page == 2
    assert "only the first is read" in others.cause
    assert "TIFF" in others.remedy


def test_who_asks_for_the_first_of_a_moving_picture_gets_it_alone(moving: Path) -> None:
    (page,) = pages_of(moving, pages=parse_page_ranges("1"))
    assert isinstance(page, Page)


def test_the_content_counts_not_the_suffix(tmp_path: Path, letter: Image.Image) -> None:
    letter.save(tmp_path / "x.png", "JPEG", quality=95)
    assert difference(page_of(tmp_path / "x.png"), letter) < 3


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "tif", "png", "webp"])
def test_a_picture_comes_upright(
    tmp_path: Path, letter: Image.Image, suffix: str, orientation: int
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    stored = letter.copy()
    stored.getexif()[ORIENTATION] = orientation
    how: dict[str, object] = {"lossless": True} if suffix == "webp" else {}
    letter.save(tmp_path / f"x.{suffix}", exif=exif, **how)
    assert difference(page_of(tmp_path / f"x.{suffix}"), ImageOps.exif_transpose(stored)) < 3


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_white(tmp_path: Path, mode: str) -> None:
    picture = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), (0, 0, 20, 20))
    if mode == "P":
        picture = Image.new("P", (40, 20), 1)
        picture.putpalette([0, 0, 0, 9, 9, 9])
        picture.paste(0, (0, 0, 20, 20))
        picture.save(tmp_path / "x.png", transparency=1)
    else:
        picture.convert(mode).save(tmp_path / "x.png")
    pixels = page_of(tmp_path / "x.png").pixels
    assert (pixels[:, :20] == 0).all()
    assert (pixels[:, 20:] == 255).all()


def test_half_transparent_ink_is_grey(tmp_path: Path) -> None:
    Image.new("RGBA", (4, 4), (0, 0, 0, 128)).save(tmp_path / "x.png")
    assert page_of(tmp_path / "x.png").pixels[0, 0] == pytest.approx((127, 127, 127), abs=1)


@pytest.mark.parametrize("suffix", ["jpg", "tif"])
def test_cmyk_is_not_inverted(tmp_path: Path, suffix: str) -> None:
    picture = Image.new("RGB", (64, 64), "white")
    picture.paste((200, 30, 30), (16, 16, 48, 48))
    picture.convert("CMYK").save(tmp_path / f"x.{suffix}")
    assert difference(page_of(tmp_path / f"x.{suffix}"), picture) < 3


@pytest.mark.parametrize("suffix", ["png", "tif"])
def test_16_bits_keep_their_full_range(tmp_path: Path, suffix: str) -> None:
    values = np.array([[0, 257, 25700, 65535]], dtype=np.uint16)
    Image.fromarray(values).save(tmp_path / f"x.{suffix}")
    assert page_of(tmp_path / f"x.{suffix}").pixels[0, :, 0].tolist() == [0, 1, 100, 255]


def test_16_bits_with_white_as_zero_are_turned_positive(tmp_path: Path) -> None:
    values = np.array([[0, 25700, 65535]], dtype=np.uint16)
    Image.fromarray(values).save(tmp_path / "x.tif")
    data = bytearray((tmp_path / "x.tif").read_bytes())
    entry = data.find(PHOTOMETRIC.to_bytes(2, "little") + b"\x03\x00\x01\x00\x00\x00\x01")
    data[entry + 8] = 0
    (tmp_path / "x.tif").write_bytes(data)
    assert page_of(tmp_path / "x.tif").pixels[0, :, 0].tolist() == [255, 155, 0]


def test_lightness_and_colours_come_as_red_green_and_blue(tmp_path: Path) -> None:
    shades = [Image.new("L", (3, 1)) for _ in range(3)]
    for plane, values in zip(
        shades, ((255, 136, 136), (128, 208, 48), (128, 195, 195)), strict=True
    ):
        plane.putdata(values)
    Image.merge("LAB", shades).save(tmp_path / "x.tif")
    white, red, green = page_of(tmp_path / "x.tif").pixels[0].astype(int)
    assert white.tolist() == [255, 255, 255]
    assert red[0] > 200 > 60 > red[1]
    assert green[1] > 120 > 60 > green[0]


def in_mode(picture: Image.Image, mode: str) -> Image.Image:
    if mode == "LAB":
        return Image.merge("LAB", picture.split())
    grey = picture.convert("L")
    through = {"I;16": "I", "PA": "LA"}  # ways that Pillow knows no shorter one of
    return (grey.convert(through[mode]) if mode in through else picture).convert(mode)


@pytest.mark.parametrize(
    "mode", ["1", "L", "P", "PA", "RGB", "RGBA", "LA", "CMYK", "YCbCr", "LAB", "I", "I;16", "F"]
)
def test_a_large_picture_is_converted_in_pieces_as_in_one(
    noise: Image.Image, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    picture = in_mode(noise, mode)
    whole = to_rgb(picture)
    monkeypatch.setattr(colours, "STRIP_PIXELS", 7 * picture.width)
    assert (to_rgb(picture) == whole).all()
    assert whole.std() > 0


@pytest.mark.parametrize("top", [1.0, 255.0, 65535.0])
def test_floats_are_spread_over_the_range_they_use(tmp_path: Path, top: float) -> None:
    Image.fromarray(np.array([[0, top / 2, top]], dtype=np.float32)).save(tmp_path / "x.tif")
    shades = page_of(tmp_path / "x.tif").pixels[0, :, 0].tolist()
    assert shades == pytest.approx([0, 127, 255], abs=1)


def test_wide_and_negative_numbers_are_spread_from_least_to_most(tmp_path: Path) -> None:
    Image.fromarray(np.array([[-100, 0, 100]], dtype=np.int32)).save(tmp_path / "x.tif")
    shades = page_of(tmp_path / "x.tif").pixels[0, :, 0].tolist()
    assert shades == pytest.approx([0, 127, 255], abs=1)


@pytest.mark.parametrize("suffix", ["jpg", "png", "tif", "bmp"])
def test_the_resolution_is_read(tmp_path: Path, letter: Image.Image, suffix: str) -> None:
    letter.save(tmp_path / f"x.{suffix}", dpi=(300, 300))
    assert page_of(tmp_path / f"x.{suffix}").dpi == pytest.approx(300, abs=0.1)


@pytest.mark.parametrize("dpi", [1, 9000])
def test_an_absurd_resolution_is_unknown(tmp_path: Path, letter: Image.Image, dpi: int) -> None:
    letter.save(tmp_path / "x.tif", dpi=(dpi, dpi))
    assert page_of(tmp_path / "x.tif").dpi == 0


def test_no_resolution_is_unknown(tmp_path: Path, letter: Image.Image) -> None:
    letter.save(tmp_path / "x.jpg")
    assert page_of(tmp_path / "x.jpg").dpi == 0


def test_the_72_dpi_of_a_camera_are_unknown(tmp_path: Path, letter: Image.Image) -> None:
    exif = Image.Exif()
    exif[282], exif[283], exif[296] = 72.0, 72.0, 2
    letter.save(tmp_path / "x.jpg", exif=exif)
    assert page_of(tmp_path / "x.jpg").dpi == 0


def test_a_fax_gets_square_pixels(tmp_path: Path, letter: Image.Image) -> None:
    letter.convert("1").save(tmp_path / "x.tif", dpi=(204, 102))
    page = page_of(tmp_path / "x.tif")
    assert page.pixels.shape == (420, 150, 3)
    assert page.dpi == 204


@pytest.fixture
def three_pages(tmp_path: Path, noise: Image.Image) -> Path:
    path = tmp_path / "three.tif"
    noise.save(path, save_all=True, append_images=[noise, noise], compression="tiff_lzw")
    return path


def test_every_page_of_a_tiff_is_read(three_pages: Path) -> None:
    assert [page.number for page in pages_of(three_pages)] == [1, 2, 3]


def test_only_the_wanted_pages_are_read(three_pages: Path) -> None:
    pages = pages_of(three_pages, pages=parse_page_ranges("2-3"))
    assert [page.number for page in pages] == [2, 3]


def test_asking_for_a_page_too_many_says_how_many_there_are(three_pages: Path) -> None:
    with pytest.raises(UnreadableInput, match="it has 3 pages"):
        pages_of(three_pages, pages=parse_page_ranges("4"))


@pytest.mark.parametrize("compression", ["tiff_lzw", "jpeg", "tiff_deflate"])
def test_a_damaged_page_does_not_cost_the_others(
    tmp_path: Path, noise: Image.Image, capfd: pytest.CaptureFixture[str], compression: str
) -> None:
    path = tmp_path / "x.tif"
    noise.save(path, save_all=True, append_images=[noise, noise], compression=compression)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 300] = b"\xff" * 300
    path.write_bytes(data)
    first, second, third = pages_of(path)
    assert isinstance(first, Page)
    assert isinstance(second, Failure)
    assert (second.page, second.kind) == (2, "UnreadableInput")
    assert isinstance(third, Page)
    assert capfd.readouterr().err == ""


def test_a_truncated_tiff_gives_the_pages_it_still_has(three_pages: Path) -> None:
    data = three_pages.read_bytes()
    three_pages.write_bytes(data[: int(len(data) * 0.6)])
    first, *others = pages_of(three_pages)
    assert isinstance(first, Page)
    assert others
    assert all(isinstance(one, Failure) and "truncated" in one.cause for one in others)


@pytest.mark.parametrize("share", [0.95, 0.5, 0.1])
@pytest.mark.parametrize("suffix", ["png", "jpg", "bmp", "webp", "gif", "tif", "heic"])
def test_a_truncated_picture_is_refused(
    tmp_path: Path,
    noise: Image.Image,
    capfd: pytest.CaptureFixture[str],
    suffix: str,
    share: float,
) -> None:
    path = tmp_path / f"x.{suffix}"
    save = pillow_heif.from_pillow(noise).save if suffix == "heic" else noise.save
    save(path)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(UnreadableInput, match=r"truncated|incomplete|ends early") as refused:
        pages_of(path)
    assert refused.value.remedy.startswith("Copy or scan it again")
    assert str(path) not in str(refused.value)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "the file is empty"),
        (b"Dear all,\nthe marks are in.\n", "it seems to be text"),
        ("Grüße, ".encode() * 200 + b"BM", "it seems to be text"),
        (b"BMW repair manual", "it seems to be text"),
        (b"PK\x03\x04" + bytes(60), "ZIP archive or an office document"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (bytes(4096), "nothing but zero bytes"),
        (bytes(range(128, 256)) * 9, "data of an unknown kind"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(40), "a video"),
        (b"\x00\x00\x00\x18ftypavif" + bytes(40), "an AVIF picture"),
    ],
)
def test_what_is_no_picture_is_refused_with_what_it_seems_to_be(
    tmp_path: Path, content: bytes, says: str
) -> None:
    (tmp_path / "x.png").write_bytes(content)
    with pytest.raises(UnreadableInput, match=says):
        pages_of(tmp_path / "x.png")


def test_a_file_that_went_away_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="cannot be opened"):
        pages_of(tmp_path / "gone.png")


def test_a_bomb_is_refused_from_its_header(tmp_path: Path) -> None:
    # a PNG that claims 30000 x 30000 pixels and brings none
    Image.new("1", (1, 1)).save(tmp_path / "x.png")
    data = bytearray((tmp_path / "x.png").read_bytes())
    data[16:24] = (30000).to_bytes(4, "big") * 2
    data[29:33] = png_checksum(bytes(data[12:29]))
    (tmp_path / "x.png").write_bytes(data)
    with pytest.raises(OversizedPicture, match="30000 x 30000 pixels") as refused:
        pages_of(tmp_path / "x.png")
    assert "--max-megapixels 900" in refused.value.remedy


def png_checksum(chunk: bytes) -> bytes:
    return crc32(chunk).to_bytes(4, "big")


def test_pillows_own_limit_does_not_count(
    tmp_path: Path, letter: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter.save(tmp_path / "x.png")
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    assert difference(page_of(tmp_path / "x.png"), letter) == 0
    assert Image.MAX_IMAGE_PIXELS == 10


def test_one_oversized_page_does_not_cost_the_others(
    tmp_path: Path, letter: Image.Image, noise: Image.Image
) -> None:
    noise.save(tmp_path / "x.tif", save_all=True, append_images=[letter, noise])
    first, second, third = pages_of(tmp_path / "x.tif", max_megapixels=0.01)
    assert isinstance(first, Page)
    assert isinstance(second, Failure)
    assert second.kind == "OversizedPicture"
    assert isinstance(third, Page)


def test_the_limit_holds_for_a_fax_stretched_to_square_pixels(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    Image.new("1", (1000, 500), 1).save(path, dpi=(400, 100), compression="group4")
    with pytest.raises(OversizedPicture, match="max-megapixels"):
        list(load_pages(path, LoadOptions(max_megapixels=1.0)))
    assert len(list(load_pages(path, LoadOptions(max_megapixels=2.1)))) == 1

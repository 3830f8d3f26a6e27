"""Small whole documents of every kind that is read: what a fuzzer begins with."""

from __future__ import annotations

import io
import zlib

import numpy as np
import pikepdf
import pillow_heif
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image, ImageDraw

WIDTH, HEIGHT = 96, 64  # pixels: enough for several tiles and strips, little enough to be quick


def seeds() -> dict[str, bytes]:
    """Return documents by a name whose suffix tells their kind."""
    return {**_pictures(), **_tiffs(), **_pdfs()}


def _drawn() -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT), (235, 230, 220))
    draw = ImageDraw.Draw(picture)
    draw.line([(10, 10), (40, 50), (70, 12)], fill=(20, 20, 60), width=4)
    draw.ellipse((60, 20, 90, 55), outline=(180, 20, 20), width=3)
    return picture


def _saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, **how)  # type: ignore[arg-type]
    return buffer.getvalue()


def _pictures() -> dict[str, bytes]:
    page = _drawn()
    grey = page.convert("L")
    exif = Image.Exif()
    exif[274], exif[282], exif[283], exif[296] = 6, 300.0, 300.0, 2
    more = {"save_all": True, "append_images": [grey.convert("RGB"), page]}
    transparent = page.copy()
    transparent.putalpha(grey)
    phone = io.BytesIO()
    pillow_heif.from_pillow(page).save(phone, quality=50)
    return {
        "plain.png": _saved(page, "PNG", dpi=(300, 300)),
        "palette.png": _saved(page.convert("P"), "PNG", transparency=3),
        "alpha.png": _saved(transparent, "PNG"),
        "deep.png": _saved(Image.fromarray(np.asarray(grey) * np.uint16(257)), "PNG"),
        "bits.png": _saved(page.convert("1"), "PNG", exif=exif),
        "moving.png": _saved(page, "PNG", **more),
        "plain.jpg": _saved(page, "JPEG", exif=exif, dpi=(300, 300)),
        "steps.jpg": _saved(page, "JPEG", progressive=True),
        "inks.jpg": _saved(page.convert("CMYK"), "JPEG"),
        "double.jpg": _saved(page, "MPO", save_all=True, append_images=[grey]),
        "plain.bmp": _saved(page, "BMP"),
        "palette.bmp": _saved(page.convert("P"), "BMP"),
        "plain.gif": _saved(page, "GIF"),
        "moving.gif": _saved(page, "GIF", **more),
        "plain.webp": _saved(page, "WEBP", exif=exif),
        "exact.webp": _saved(transparent, "WEBP", lossless=True),
        "moving.webp": _saved(page, "WEBP", **more),
        "phone.heic": phone.getvalue(),
    }


def _tiffs() -> dict[str, bytes]:
    page = _drawn()
    grey, bits = page.convert("L"), page.convert("1")
    how = {
        "none": (page, None),
        "lzw": (page, "tiff_lzw"),
        "deflate": (grey, "tiff_deflate"),
        "jpeg": (page, "jpeg"),
        "packbits": (bits, "packbits"),
        "group3": (bits, "group3"),
        "group4": (bits, "group4"),
        "inks": (page.convert("CMYK"), "tiff_lzw"),
        "floats": (Image.fromarray(np.asarray(grey, dtype=np.float32)), None),
        "lab": (Image.merge("LAB", [grey, grey, grey]), None),
    }
    made = {
        f"{name}.tif": _saved(picture, "TIFF", compression=compression, dpi=(204, 98))
        for name, (picture, compression) in how.items()
    }
    more = {"save_all": True, "append_images": [grey, bits]}
    return {
        **made,
        "pages.tif": _saved(page, "TIFF", compression="tiff_lzw", **more),
        "big.tif": _saved(page, "TIFF", big_tiff=True),
    }


def _pdfs() -> dict[str, bytes]:
    page = _drawn()
    grey, rgb = _raw(page.convert("L")), Dictionary(ColorSpace=Name.DeviceRGB)
    stored = {
        "scan": (Name.DCTDecode, _saved(page, "JPEG"), rgb),
        "jpx": (Name.JPXDecode, _saved(page, "JPEG2000"), rgb),
        "flate": (Name.FlateDecode, zlib.compress(grey), Dictionary(ColorSpace=Name.DeviceGray)),
        "masked": (Name.FlateDecode, zlib.compress(grey), Dictionary(ImageMask=True)),
    }
    made = {f"{name}.pdf": _pdf(*how) for name, how in stored.items()}
    locked = pikepdf.Encryption(owner="owner", user="")
    return {
        **made,
        "drawn.pdf": _pdf(
            *stored["scan"], pages=3, turn=90, text=b" BT /F1 9 Tf 5 5 Td (42) Tj ET"
        ),
        "packed.pdf": _pdf(
            *stored["scan"], object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=True
        ),
        "locked.pdf": _pdf(*stored["scan"], encryption=locked),
    }


def _raw(picture: Image.Image) -> bytes:
    return picture.tobytes()


def _pdf(
    filter_: Name,
    data: bytes,
    entries: Dictionary,
    pages: int = 1,
    turn: int = 0,
    text: bytes = b"",
    **how: object,
) -> bytes:
    """Return a PDF whose pages show one picture, its dictionaries readable."""
    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        picture = _picture(pdf, filter_, data, entries)
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        for _ in range(pages):
            page = pdf.add_blank_page(page_size=(WIDTH / 2, HEIGHT / 2))
            page.Resources = Dictionary(XObject=Dictionary(Im0=picture), Font=Dictionary(F1=font))
            page.Rotate, page.CropBox = turn, Array([0, 0, WIDTH / 2, HEIGHT / 2])
            drawing = f"q {WIDTH / 2} 0 0 {HEIGHT / 2} 0 0 cm /Im0 Do Q".encode()
            page.Contents = pdf.make_stream(drawing + text)
        own = {"compress_streams": False, "object_stream_mode": pikepdf.ObjectStreamMode.disable}
        pdf.save(buffer, **{**own, **how})  # type: ignore[arg-type]
    return buffer.getvalue()


def _picture(pdf: Pdf, filter_: Name, data: bytes, entries: Dictionary) -> pikepdf.Stream:
    stream = pdf.make_stream(b"")
    stream.write(data, filter=filter_)
    stream.Subtype, stream.Width, stream.Height = Name.Image, WIDTH, HEIGHT
    stream.BitsPerComponent = 1 if "/ImageMask" in entries else 8
    for name, value in entries.items():
        stream[name] = value
    return stream

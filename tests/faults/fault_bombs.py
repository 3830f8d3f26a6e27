"""Small files that are enormous once they are unpacked, and pages of no usual size."""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path

import pikepdf
from fault import Fault, read, refused
from fault_pdf_pages import ACROSS, UP, WHOLE_PAGE, add_page, boxed, image, jpeg, with_entry
from fault_pdfs import NO_PDF
from fault_pictures import PNG_START, chunk, png_with
from fault_tiffs import DEFLATE, tiff
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

TWICE = b"40 0 0 30 0 0 cm /Im0 Do /Im0 Do"  # no scan, so the page is drawn
LEVELS = 9  # a thousand million times in all


@cache
def zeros(count: int) -> bytes:
    """Return as many zero bytes, packed."""
    return zlib.compress(bytes(count), 1)


def png_bomb(path: Path) -> None:
    """Write 900 million black pixels, whole and valid, in 110 KB."""
    side = 30_000
    header = side.to_bytes(4, "big") * 2 + bytes([1, 0, 0, 0, 0])
    squeeze = zlib.compressobj(9)
    row = bytes(1 + side // 8)
    data = b"".join(squeeze.compress(row * 100) for _ in range(side // 100)) + squeeze.flush()
    path.write_bytes(
        PNG_START + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


def solid(width: int, height: int, path: Path) -> None:
    """Write a white picture of this size."""
    Image.new("L", (width, height), 255).save(path, "PNG")


def blank(name: str, width: int, height: int) -> Fault:
    """Return an empty page of this size, which must be read."""
    return Fault(name, lambda path: solid(width, height, path), (1,), blank=True)


def tiff_bomb(path: Path) -> None:
    """Write 1,600 million pixels, whole and valid, in 200 KB."""
    data = zeros(40_000 * 40_000 // 8)
    tiff(path, 40_000, 40_000, data, compression=DEFLATE)


def bomb(pdf: Pdf) -> Stream:
    """Return a picture of 900 million pixels in 500 KB."""
    data = zeros(30_000 * 30_000 // 8)
    sides = {"Width": 30_000, "Height": 30_000, "BitsPerComponent": 1}
    return image(pdf, data, Name.FlateDecode, ColorSpace=Name.DeviceGray, **sides)


def bomb_in(drawing: bytes, path: Path) -> None:
    """Write a page that shows a bomb."""
    with pikepdf.new() as pdf:
        add_page(pdf, bomb(pdf), drawing)
        pdf.save(path)


def bomb_of_drawing(path: Path) -> None:
    """Write a page whose instructions are 100 MB of nothing, in 400 KB."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, image(pdf, jpeg(), Name.DCTDecode))
        page.Contents.write(zeros(100_000_000), filter=Name.FlateDecode)
        pdf.save(path)


def bomb_scan(path: Path) -> None:
    """Write a square page whose scan is a bomb."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, bomb(pdf), b"72 0 0 72 0 0 cm /Im0 Do")
        page.MediaBox = Array([0, 0, 72, 72])
        pdf.save(path)


def bomb_in_form(path: Path) -> None:
    """Write a page with a form that shows a bomb."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, image(pdf, jpeg(), Name.DCTDecode), WHOLE_PAGE + b" /Fm0 Do")
        form = pdf.make_stream(WHOLE_PAGE, Subtype=Name.Form, BBox=Array([0, 0, ACROSS, UP]))
        form.Resources = Dictionary(XObject=Dictionary(Im0=bomb(pdf)))
        page.Resources.XObject.Fm0 = form
        pdf.save(path)


def laughs(path: Path) -> None:
    """Write a page with a form that shows another ten times, and that one ten times, and so on."""
    with pikepdf.new() as pdf:
        page = add_page(pdf, image(pdf, jpeg(), Name.DCTDecode), b"/Fm0 Do")
        inner = page.Resources.XObject.Im0
        for _ in range(LEVELS):
            form = pdf.make_stream(b"/Fm0 Do " * 10, Subtype=Name.Form)
            form.BBox = Array([0, 0, ACROSS, UP])
            form.Resources = Dictionary(XObject=Dictionary(Fm0=inner))
            inner = pdf.make_indirect(form)
        page.Resources.XObject.Fm0 = inner
        pdf.save(path)


BOMBS = (
    refused("bomb.png", png_bomb, "30000 x 30000 pixels, 900 megapixels"),
    refused(
        "bomb-in-text.png",
        lambda path: png_with(path, b"zTXt", b"a\0\0" + zlib.compress(bytes(5_000_000))),
        "damaged or incomplete",
    ),
    blank("tiny.png", 1, 1),
    blank("wide.png", 60_000, 40),
    blank("tall.png", 40, 60_000),
    refused("bomb.tif", tiff_bomb, "40000 x 40000 pixels, 1600 megapixels"),
    Fault("bomb.pdf", lambda path: bomb_in(WHOLE_PAGE, path), (1,), blank=True),
    Fault("bomb-drawn.pdf", lambda path: bomb_in(TWICE, path), (1,), blank=True),
    Fault("bomb-in-form.pdf", bomb_in_form, (1,), blank=True),
    refused("bomb-of-drawing.pdf", bomb_of_drawing, "unpacks to more than 32 MB"),
    refused("bomb-scan.pdf", bomb_scan, "900 megapixels"),
    refused("box-huge.pdf", boxed(0, 0, 1e6, 1e6), "megapixels"),
    Fault("box-endless.pdf", boxed(0, 0, 1e38, 1e38), (1,), blank=True, refused=(NO_PDF,)),
    read("unit-huge.pdf", with_entry("UserUnit", 1_000_000)),
)

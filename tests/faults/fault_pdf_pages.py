"""PDFs of the written page, in the ways that scanners and faxes store it."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
from fault import HEIGHT, WIDTH, Draw, picture
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageOps

ACROSS, UP = 72 / 300 * WIDTH, 72 / 300 * HEIGHT  # points, at 300 dpi
WHOLE_PAGE = f"{ACROSS} 0 0 {UP} 0 0 cm /Im0 Do".encode()
Change = Callable[[Pdf], object]


def jpeg() -> bytes:
    """Return the page as a JPEG."""
    buffer = io.BytesIO()
    picture().save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def image(pdf: Pdf, data: bytes, filter_: Name, **entries: object) -> Stream:
    """Return a picture of the page's size."""
    stream = pdf.make_stream(b"")
    stream.write(data, filter=filter_)
    own = {"Width": WIDTH, "Height": HEIGHT, "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB}
    for name, value in {**own, **entries, "Subtype": Name.Image}.items():
        stream[f"/{name}"] = value
    return stream


def add_page(pdf: Pdf, stream: Stream, drawing: bytes = WHOLE_PAGE) -> Dictionary:
    """Add a page that shows a picture, and return it."""
    page = pdf.add_blank_page(page_size=(ACROSS, UP))
    page.Resources = Dictionary(XObject=Dictionary(Im0=stream))
    page.Contents = pdf.make_stream(drawing)
    return page.obj


def scan(*changes: Change, **how: object) -> Draw:
    """Return what writes a PDF of one scanned page, changed before it is saved."""

    def draw(path: Path) -> None:
        with pikepdf.new() as pdf:
            add_page(pdf, image(pdf, jpeg(), Name.DCTDecode))
            for change in changes:
                change(pdf)
            pdf.save(path, **how)  # type: ignore[arg-type]

    return draw


def three_pages(*changes: Change) -> Draw:
    """Return what writes three pages and then changes the document."""

    def draw(path: Path) -> None:
        with pikepdf.new() as pdf:
            for _ in range(3):
                add_page(pdf, image(pdf, jpeg(), Name.DCTDecode))
            for change in changes:
                change(pdf)
            pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable)

    return draw


def with_entry(name: str, value: object) -> Draw:
    """Return what writes a scanned page with another entry."""
    return scan(lambda pdf: pdf.pages[0].obj.__setitem__(f"/{name}", value))


def boxed(*box: float) -> Draw:
    """Return what writes a scanned page in another MediaBox."""
    return with_entry("MediaBox", Array([*box]))


def locked(user: str) -> Draw:
    """Return what writes a PDF that this password opens."""
    return scan(encryption=pikepdf.Encryption(owner="owner", user=user))


def stored(filter_: Name, data: Callable[[], bytes], **entries: object) -> Draw:
    """Return what writes a page whose picture is stored in this way."""

    def draw(path: Path) -> None:
        with pikepdf.new() as pdf:
            add_page(pdf, image(pdf, data(), filter_, **entries))
            pdf.save(path)

    return draw


def replaced(draw: Draw, old: bytes, new: bytes) -> Draw:
    """Return what draws the same file with some bytes of it replaced, once."""

    def draw_replaced(path: Path) -> None:
        draw(path)
        data = path.read_bytes()
        assert old in data
        path.write_bytes(data.replace(old, new, 1))

    return draw_replaced


def jpeg2000() -> bytes:
    """Return the page as JPEG 2000."""
    buffer = io.BytesIO()
    picture().save(buffer, "JPEG2000")
    return buffer.getvalue()


def group4() -> bytes:
    """Return the page as a fax sends it: ITU-T T.6, ink is 1."""
    buffer = io.BytesIO()
    ink = ImageOps.invert(picture().convert("L")).convert("1", dither=Image.Dither.NONE)
    ink.save(buffer, "TIFF", compression="group4", strip_size=10**7)
    with Image.open(buffer) as read_back:
        offset, length = read_back.tag_v2[273][0], read_back.tag_v2[279][0]
    return buffer.getvalue()[offset : offset + length]


def jbig2() -> bytes:
    """Return the page as JBIG2 embeds it: a page, and one generic region coded as a fax."""
    size = WIDTH.to_bytes(4, "big") + HEIGHT.to_bytes(4, "big")
    page = size + bytes(8) + b"\x00\x00\x00"
    region = size + bytes(8) + b"\x00" + b"\x01" + group4()
    segments = ((0, 48, page), (1, 38, region))
    return b"".join(
        number.to_bytes(4, "big") + bytes([kind, 0, 1]) + len(data).to_bytes(4, "big") + data
        for number, kind, data in segments
    )

"""A PDF of pictures, written page by page: memory holds one picture, however many there are."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import BinaryIO

from digitize.export.pdf.pictures import Picture
from digitize.export.pdf.place import page_size, pdf_matrix, pdf_number, upright
from digitize.records import PageResult

_CATALOG, _PAGES = 1, 2
_HEADER = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"
"""Bytes above 127 in the second line tell file transfer programs that this is no text."""


def write_scan(file: BinaryIO, pages: Iterable[tuple[PageResult, Picture]]) -> None:
    """Write a PDF with each picture filling a page of the result's size."""
    objects = _Objects(file)
    kids = [_write_page(objects, page, picture) for page, picture in pages]
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    objects.write(f"<< /Type /Pages /Count {len(kids)} /Kids [{listed}] >>", number=_PAGES)
    objects.write(f"<< /Type /Catalog /Pages {_PAGES} 0 R >>", number=_CATALOG)
    objects.finish()


def _write_page(objects: _Objects, page: PageResult, picture: Picture) -> int:
    """Write a page and what it refers to; return its object number."""
    image = _write_image(objects, picture)
    width, height = page_size(page.width, page.height, page.dpi)
    drawing = f"q {pdf_matrix(upright(picture.orientation, width, height))} cm /Scan Do Q\n"
    contents = objects.write("<< /Length {} >>", stream=drawing.encode())
    size = f"{pdf_number(width)} {pdf_number(height)}"
    return objects.write(
        f"<< /Type /Page /Parent {_PAGES} 0 R /MediaBox [0 0 {size}] /Contents {contents} 0 R "
        f"/Resources << /XObject << /Scan {image} 0 R >> >> >>"
    )


def _write_image(objects: _Objects, picture: Picture) -> int:
    packed = picture.packed
    colours = f"/ColorSpace {packed.colours}"
    if "/ColorSpace" in packed.entries:
        colours = ""
    elif picture.icc:
        profile = f"<< /N {packed.channels} /Alternate {packed.colours} /Filter /FlateDecode"
        number = objects.write(f"{profile} /Length {{}} >>", stream=zlib.compress(picture.icc))
        colours = f"/ColorSpace [/ICCBased {number} 0 R]"
    return objects.write(
        f"<< /Type /XObject /Subtype /Image /Width {picture.width} /Height {picture.height} "
        f"{colours} {packed.entries} /Length {{}} >>",
        stream=packed.data,
    )


class _Objects:
    """Numbered objects written one after another, and where each begins."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._starts: dict[int, int] = {_CATALOG: 0, _PAGES: 0}
        self._at = file.write(_HEADER)

    def write(self, body: str, *, stream: bytes | None = None, number: int | None = None) -> int:
        """Write one object, its `{}` filled with the stream's length; return its number."""
        number = number or len(self._starts) + 1
        self._starts[number] = self._at
        if stream is None:
            whole = body.encode("ascii")
        else:
            head = body.replace("{}", str(len(stream))).encode("ascii")
            whole = b"%b\nstream\n%b\nendstream" % (head, stream)
        self._at += self._file.write(b"%d 0 obj\n%b\nendobj\n" % (number, whole))
        return number

    def finish(self) -> None:
        """Write the table of where each object begins, and where that table begins."""
        rows = [b"%010d 00000 n \n" % self._starts[number] for number in sorted(self._starts)]
        size = len(rows) + 1
        self._file.write(b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, b"".join(rows)))
        self._file.write(b"trailer\n<< /Size %d /Root %d 0 R >>\n" % (size, _CATALOG))
        self._file.write(b"startxref\n%d\n%%%%EOF\n" % self._at)

"""The pixel stream inside a PNG, which PDF reads as it is (PNG, W3C 2003; ISO 32000-1, 7.4.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from digitize.export.pdf.packing import Packed, png_entries

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GREY, _RGB, _PALETTE = 0, 2, 3


def png_stream(png: bytes) -> Packed | None:
    """Return what a PDF needs of `png`; None where it is interlaced, see-through or no PNG."""
    if not png.startswith(_SIGNATURE):
        return None
    header, palette, pixels = b"", b"", []
    for kind, body in _chunks(png):
        if kind == b"IHDR":
            header = body
        elif kind == b"PLTE":
            palette = body
        elif kind == b"tRNS":
            return None
        elif kind == b"IDAT":
            pixels.append(body)
    width, _, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    if interlaced or colour not in (_GREY, _RGB, _PALETTE):
        return None
    channels = 3 if colour == _RGB else 1
    entries = png_entries(width, depth, channels)
    if colour == _PALETTE:
        last = len(palette) // 3 - 1
        entries += f" /ColorSpace [/Indexed /DeviceRGB {last} <{palette.hex()}>]"
    return Packed(b"".join(pixels), channels, entries)


def ends_with_pixels(png: bytes) -> bool:
    """Tell whether nothing is said behind the pixels of `png`: no Exif, no text, no profile."""
    kinds = [kind for kind, _ in _chunks(png)]
    return kinds[-2:] == [b"IDAT", b"IEND"]


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each chunk's (kind, body), up to the end of the file or of what is left of it."""
    start = len(_SIGNATURE)
    while start + 8 <= len(png):
        size, kind = struct.unpack(">I4s", png[start : start + 8])
        yield kind, png[start + 8 : start + 8 + size]
        start += size + 12

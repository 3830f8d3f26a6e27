"""What a file is, by its first bytes; names and suffixes do not count."""

from __future__ import annotations

import codecs
import stat
from enum import Enum
from pathlib import Path

from digitize.errors import UnreadableInput

HEAD_BYTES = 1024  # a PDF may start anywhere in the first 1024 bytes (ISO 32000-1, annex H)


class Kind(str, Enum):
    """A kind of document that can be loaded; the values are Pillow's names of formats."""

    PNG = "PNG"
    JPEG = "JPEG"
    TIFF = "TIFF"
    BMP = "BMP"
    WEBP = "WEBP"
    HEIF = "HEIF"
    GIF = "GIF"
    PDF = "PDF"


_STARTS = (
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"II*\x00", Kind.TIFF),
    (b"MM\x00*", Kind.TIFF),
    (b"II+\x00", Kind.TIFF),
    (b"MM\x00+", Kind.TIFF),
    (b"GIF87a", Kind.GIF),
    (b"GIF89a", Kind.GIF),
)
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_BMP_HEADERS = {12, 16, 40, 52, 56, 64, 108, 124}  # bytes of each known header after the first 14
_OTHERS = (
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"%!PS", "PostScript"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture"),
    (b"8BPS", "a Photoshop file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"<!doctype html", "a web page"),
    (b"<html", "a web page"),
)
_SVG = b"<svg"  # may follow a declaration and a comment


def kind_of(path: Path) -> Kind:
    """Return what the file at `path` is; an unknown kind is an UnreadableInput."""
    try:
        mode = path.stat().st_mode  # asked first: to open a pipe may take for ever
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            raise UnreadableInput("it is a pipe, a socket or a device, not a file", "Give a file.")
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise UnreadableInput(
            f"it cannot be opened ({reason})", "Check that it is there and that you may read it."
        ) from error
    return kind_of_head(head)


def kind_of_head(head: bytes) -> Kind:
    """Return what a file is that begins so, with HEAD_BYTES or all that it has."""
    if not head:
        raise UnreadableInput("the file is empty", "Copy or scan it again.")
    kind = _kind(head)
    if kind is None:
        raise UnreadableInput(
            f"it is no picture or PDF: it seems to be {_guess(head)}",
            "Give a PNG, JPEG, TIFF, BMP, WebP, HEIC, GIF or PDF file.",
        )
    return kind


def _kind(head: bytes) -> Kind | None:
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS and b"avif" not in head[16:64]:
        return Kind.HEIF
    # "BM" alone also starts words
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return Kind.BMP
    return Kind.PDF if b"%PDF-" in head else None


def _guess(head: bytes) -> str:
    for start, name in _OTHERS:
        if head[: len(start)].lower() == start.lower():
            return name
    if _SVG in head.lower():
        return "an SVG drawing"
    if not head.strip(b"\x00"):
        return "nothing but zero bytes, as after a failed copy"
    if head[4:8] == b"ftyp":
        return "an AVIF picture" if b"avif" in head[:64] else "a video"
    try:
        # incremental, since the end of the head may cut a character in two
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        return "data of an unknown kind"
    readable = all(sign.isprintable() or sign.isspace() for sign in text)
    return "text" if readable else "data of an unknown kind"

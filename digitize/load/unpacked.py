"""How much the drawing of a PDF page comes to once it is unpacked; nothing is kept of it."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pikepdf

from digitize.errors import UnreadableInput
from digitize.load.facts import BROKEN, Facts

MOST_DRAWING_BYTES = 32_000_000  # a minute of drawing lines; a crowded map has a tenth of it
_LARGEST_RATIO = 1032  # of deflate: RFC 1951 gives 258 bytes for 2 bits
_PIECE_BYTES = 1 << 20


def check_drawing(facts: Facts, number: int) -> None:
    """Refuse page `number` where its instructions, its forms' among them, unpack to too much."""
    if facts is not None and _is_too_much(facts, number):
        raise UnreadableInput(
            f"what draws this page unpacks to more than {MOST_DRAWING_BYTES // 10**6} MB",
            "Print the page to a picture, and give that.",
        )


def _is_too_much(facts: pikepdf.Pdf, number: int) -> bool:
    """Tell whether it is; of a damaged page, not."""
    try:
        packed = [_packed(stream) for stream in _drawings(facts.pages[number - 1].obj)]
    except BROKEN:
        return False
    once = all(times <= 1 for _, times in packed)
    if once and sum(len(data) for data, _ in packed) * _LARGEST_RATIO <= MOST_DRAWING_BYTES:
        return False  # nearly all pages: it cannot be too much
    left = MOST_DRAWING_BYTES
    for data, times in packed:
        left -= unpacked_bytes(data, times, left)
        if left < 0:
            return True
    return False


def unpacked_bytes(data: bytes, times: int, enough: int) -> int:
    """Return the length of `data` that was deflated so many times, or some number above `enough`.

    What is damaged counts up to there.
    """
    unpack = [zlib.decompressobj() for _ in range(times)]
    if not unpack:
        return len(data)
    count = 0
    for piece in _through(unpack, data):
        count += piece
        if count > enough:
            break
    return count


def _packed(stream: pikepdf.Object) -> tuple[bytes, int]:
    """Return a stream as it is stored, and how many times it was deflated last."""
    named = stream.get("/Filter", pikepdf.Array())
    filters = named.as_list() if isinstance(named, pikepdf.Array) else [named]
    flat = [str(name) in ("/FlateDecode", "/Fl") for name in filters]
    return stream.read_raw_bytes(), flat.index(False) if False in flat else len(flat)


def _drawings(page: pikepdf.Object) -> Iterator[pikepdf.Object]:
    contents = page.get("/Contents", pikepdf.Array())
    yield from contents.as_list() if isinstance(contents, pikepdf.Array) else [contents]
    shown = page.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
    for _, one in shown.items():
        if one.get("/Subtype") == "/Form":
            yield one


def _through(unpack: list[zlib._Decompress], data: bytes) -> Iterator[int]:
    """Yield the lengths of what comes out of the last of a chain, piece by piece."""
    first, *others = unpack
    while data and not first.eof:
        try:
            piece = first.decompress(data, _PIECE_BYTES)
        except zlib.error:  # damaged: what draws the page gives up there too
            return
        data = first.unconsumed_tail
        if others and piece:
            yield from _through(others, piece)
        else:
            yield len(piece)

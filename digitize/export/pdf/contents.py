"""What a page draws, and how more is drawn after it, whatever state it leaves behind."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Any

from digitize.export.pdf.deflate import deflated

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

USUAL = 3
"""Pages that have a short drawing each to itself: a stream takes as much as three of them save."""

_OWN = b"\n%digitize\n"
"""A comment, by which the piece is known that opens what an earlier run drew, to be replaced."""

_LONGEST_OPENING = 2000
"""In packed bytes; longer contents of a page are not looked into."""


class Frames:
    """Pieces of contents, made here or found; pages that need the same share it.

    The pages of a scan often draw their images in the same words. What they no longer need for
    themselves makes up for some of what is laid over them.
    """

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._made: dict[bytes, Object] = {}
        self._asked: Counter[bytes] = Counter()
        self._found: dict[tuple[bytes, bytes], Object] = {}

    def is_usual(self, drawing: bytes) -> bool:
        """Tell whether so many pages asked this for `drawing` that the next had better share it."""
        self._asked[drawing] += 1
        return self._asked[drawing] > USUAL

    def piece(self, drawing: bytes) -> Object:
        """Return the stream of `drawing`, the same for all pages."""
        if drawing not in self._made:
            self._made[drawing] = self.drawn(drawing)
        return self._made[drawing]

    def met(self, contents: Object) -> Object:
        """Return the first stream that was met of the very bytes of this one, or this."""
        from pikepdf import Dictionary

        entries = {key: value for key, value in contents.items() if key != "/Length"}
        digest = hashlib.sha256(contents.read_raw_bytes()).digest()
        return self._found.setdefault((digest, Dictionary(entries).unparse()), contents)

    def drawn(self, drawing: bytes) -> Object:
        """Return the stream of `drawing`, which no other page needs."""
        from pikepdf import Name, Stream

        stream = Stream(self._pdf, deflated(drawing))
        stream["/Filter"] = Name.FlateDecode
        return self._pdf.make_indirect(stream)


def draw_after(page: Page, drawing: tuple[bytes, bytes, bytes], frames: Frames) -> None:
    """Draw after all else on the page, in its first coordinates, in place of an earlier run's.

    The first part of the drawing is one that other pages have too, the second may be, the third is
    the page's own.
    """
    from pikepdf import Array

    start, key, numbers = drawing
    contents = _contents(page)
    earlier = [place for place, one in enumerate(contents) if _is_opening(one)]
    added: list[Any] = []  # by others, since an earlier run
    if earlier:
        place = earlier[0]
        kept, closing, added = contents[:place], _closing(contents[place]), contents[place + 2 :]
    else:
        missing, left_open = _unpaired_states(page)
        closing = b"Q " * (left_open + 1)
        kept = [frames.piece(b"q " * (missing + 1)), *map(frames.met, contents)]
    opening = b"%b%bq %b" % (_OWN, closing, start)
    usual = frames.is_usual(opening + key)
    first, own = (opening + key, numbers) if usual else (opening, key + numbers)
    laid_over = frames.piece(first), frames.drawn(own + b" Q")
    page.obj["/Contents"] = Array([*kept, *laid_over, *added])


def is_drawn_on(page: Page) -> bool:
    """Tell whether an earlier run drew on the page."""
    return any(map(_is_opening, _contents(page)))


def _is_opening(contents: Any) -> bool:
    """Tell whether a stream is the one that opens what an earlier run drew."""
    from pikepdf import PdfError

    try:
        short = len(contents.read_raw_bytes()) <= _LONGEST_OPENING
        return short and bytes(contents.read_bytes()).startswith(_OWN)
    except PdfError:  # it cannot be unpacked: it is none of ours
        return False


def _contents(page: Page) -> list[Any]:
    """Return the streams that a page draws: none, one or several."""
    from pikepdf import Array, Stream

    contents = page.obj.get("/Contents")
    listed = contents.as_list() if isinstance(contents, Array) else [contents]
    return [one for one in listed if isinstance(one, Stream)]


def _closing(opening: Any) -> bytes:
    """Return the `Q` that the opening of an earlier run begins with."""
    drawing = bytes(opening.read_bytes()).removeprefix(_OWN)
    return b"Q " * drawing.split(b"q", 1)[0].count(b"Q")


def _unpaired_states(page: Page) -> tuple[int, int]:
    """Return how many `q` the page's contents lack, and how many they have without a `Q`.

    Faulty contents, but met: poppler stops at a `Q` too many, and a `q` too many moves the text.
    """
    from pikepdf import parse_content_stream

    missing = opened = 0
    for instruction in parse_content_stream(page, operators="q Q"):
        if str(instruction.operator) == "q":
            opened += 1
        elif opened:
            opened -= 1
        else:
            missing += 1
    return missing, opened

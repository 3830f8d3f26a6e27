"""What a page draws, and how more is drawn after it, whatever state it leaves behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from digitize.export.pdf.place import View, pdf_matrix

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf


class Frames:
    """Short pieces of contents; pages that need the same share it."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._made: dict[str, Object] = {}

    def piece(self, drawing: str) -> Object:
        """Return the stream of `drawing`."""
        from pikepdf import Stream

        if drawing not in self._made:
            stream = Stream(self._pdf, drawing.encode("ascii"))
            self._made[drawing] = self._pdf.make_indirect(stream)
        return self._made[drawing]


def draw_after(page: Page, view: View, name: str, frames: Frames) -> None:
    """Draw the form of that name after all else on the page, in its first coordinates."""
    missing, left_open = _unpaired_states(page)
    before = frames.piece("q " * (missing + 1))
    closing = "Q " * (left_open + 1)
    after = frames.piece(f"\n{closing}q {pdf_matrix(view.to_user)} cm {name} Do Q\n")
    page.obj["/Contents"] = _around(page.obj.get("/Contents"), before, after)


def _around(contents: Any, before: Object, after: Object) -> Object:
    """Return a page's contents, none, one or several streams, between two more."""
    from pikepdf import Array, Stream

    own = [] if contents is None else [contents] if isinstance(contents, Stream) else contents
    return Array([before, *own, after])


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

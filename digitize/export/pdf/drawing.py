"""What is laid over a page, as PDF operators: number by number, its mark and its text.

Each number is drawn from where the one before it stood, in the same words: what repeats costs next
to nothing once it is packed (DEFLATE, RFC 1951). All texts, then all frames, then all labels, each
at its place on the page, took more than twice the space. What tells of one thing stands side by
side: the text's size and the frame's, then what the label says and the text.
"""

from __future__ import annotations

from dataclasses import dataclass

from digitize.export.pdf.font import Glyphs
from digitize.export.pdf.legend import legend_drawing
from digitize.export.pdf.marks import Mark, find_marks, free_for_legend, mark_drawing
from digitize.export.pdf.pens import COLOURS, SURE, Pen
from digitize.export.pdf.place import Area, View, pdf_matrix, stepped_for, steps
from digitize.export.pdf.shared import LAYER
from digitize.export.pdf.text import text_run
from digitize.export.writer import ExportOptions
from digitize.records import Number, PageResult

INVISIBLE = "3 Tr"
"""How text is set: neither filled nor stroked (ISO 32000-1, 9.3.6)."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is laid over a page, as PDF operators that count in steps of `step`.

    key: what the marks mean, which other pages may say too. numbers: text and marks. legend: where
    in the page's view the key stands.
    """

    key: bytes
    numbers: bytes
    legend: Area | None
    step: float

    def start(self, view: View) -> bytes:
        """Return the PDF operators that come first, from the page's user space: few differ."""
        a, b, c, d, e, f = view.to_user
        matrix = (self.step * a, self.step * b, self.step * c, self.step * d, e, f)
        pen = SURE.drawn(self.step)
        return f"{pdf_matrix(matrix)} cm {INVISIBLE}{COLOURS} CS {pen}".encode("ascii")


def page_drawing(
    upright: PageResult, view: View, glyphs: Glyphs, options: ExportOptions
) -> Drawing:
    """Return the PDF operators of a page's text, and of its marks on their layer; none for none.

    The numbers stand in reading order.
    """
    view = stepped_for(view, (number.box for number in upright.numbers))
    marks = find_marks(upright, view, options)
    if not upright.numbers:
        return Drawing(b"", b"", None, view.step)
    there = [mark for mark in marks if mark]
    legend = free_for_legend(upright, there, view)
    key = legend_drawing([mark.pen for mark in there], legend, view.step) if legend else ""
    drawn: list[str] = []
    at, pen = (0, 0), SURE
    for number, mark in zip(upright.numbers, marks, strict=True):
        origin = _origin(number, view)
        run = text_run(number, view, glyphs, origin)
        drawn.append(f"\n1 0 0 1 {origin[0] - at[0]} {origin[1] - at[1]} cm{run.sized}")
        if mark:
            drawn.append(_on_layer(_marked(number, mark, pen, view, origin)))
            pen = mark.pen
        drawn.append(run.shown)
        at = origin
    numbers = "".join(drawn).encode("ascii")
    return Drawing(_on_layer(key).encode("ascii") if key else b"", numbers, legend, view.step)


def _origin(number: Number, view: View) -> tuple[int, int]:
    """Return where a number is drawn from, in steps: its lower right corner.

    That is next to its label, so that all labels that stand to the right stand equally far.
    """
    area = view.place(number.box)
    return steps(area.right, view.step), steps(area.bottom, view.step)


def _marked(number: Number, mark: Mark, pen: Pen, view: View, origin: tuple[int, int]) -> str:
    """Return the PDF operators of a mark, after those that change the pen where it is another."""
    drawn = mark_drawing(mark, number.text, view.step, origin)
    return drawn if mark.pen is pen else f"{mark.pen.drawn(view.step)} {drawn}"


def _on_layer(drawing: str) -> str:
    return f"/OC{LAYER} BDC {drawing} EMC"

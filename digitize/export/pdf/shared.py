"""What the drawings on all pages of a PDF share: the font, the layer, the parts of marks."""

from __future__ import annotations

import re
from math import ceil
from typing import TYPE_CHECKING

from digitize.export.pdf.deflate import deflated
from digitize.export.pdf.font import Glyphs, embed_font
from digitize.export.pdf.legend import entry_drawing, entry_width
from digitize.export.pdf.pens import COLOURS, PENS, colour_space
from digitize.export.pdf.strokes import FIGURES, label_width, strokes
from digitize.export.pdf.text import FONT

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

LAYER = "/L"
"""The name of the layer of marks in the drawings."""


_DRAWN_FORM = re.compile(rb"(/\w+) Do")


class SharedResources:
    """One resource dictionary for all pages; `finish` fills in what their drawings use of it."""

    def __init__(self, pdf: Pdf, layer: Object) -> None:
        from pikepdf import Dictionary

        self._pdf = pdf
        self._drawn: set[str] = set()
        self.glyphs = Glyphs()
        self.resources = pdf.make_indirect(
            Dictionary(
                ColorSpace=Dictionary({COLOURS: colour_space()}),
                Properties=Dictionary({LAYER: layer}),
            )
        )

    def use(self, drawing: bytes) -> None:
        """Take note of the forms that a page's drawing names."""
        self._drawn.update(name.decode("ascii") for name in _DRAWN_FORM.findall(drawing))

    def finish(self) -> None:
        """Put in the forms that are drawn, and the font with all glyphs that were asked for."""
        from pikepdf import Dictionary

        forms = {name: (strokes(figure), label_width(figure)) for figure, name in FIGURES.items()}
        forms |= {pen.form: (entry_drawing(pen), entry_width(pen)) for pen in PENS}
        drawn = {name: self._form(*form) for name, form in forms.items() if name in self._drawn}
        font = self._pdf.make_indirect(embed_font(self._pdf, self.glyphs))
        self.resources["/Font"] = Dictionary({FONT: font})
        self.resources["/XObject"] = Dictionary(drawn)

    def _form(self, drawing: str, width: float) -> Object:
        """Return a form of what is drawn one high and `width` wide."""
        from pikepdf import Array, Name, Stream

        form = Stream(self._pdf, deflated(drawing.encode("ascii")))
        form["/Filter"], form["/Subtype"] = Name.FlateDecode, Name.Form
        form["/BBox"] = Array([-1, -1, ceil(width) + 1, 2])
        return self._pdf.make_indirect(form)

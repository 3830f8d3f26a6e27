"""What the drawings on all pages of a PDF share: the font, the layer, the words of the legend."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from digitize.export.pdf.font import Glyphs, embed_font
from digitize.export.pdf.pens import PENS, Pen
from digitize.export.pdf.strokes import label_width, strokes

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

FONT, LAYER = "/F", "/Marks"


class SharedResources:
    """One resource dictionary for all pages; `finish` fills in which glyphs the font has."""

    def __init__(self, pdf: Pdf, layer: Object) -> None:
        from pikepdf import Dictionary

        self._pdf = pdf
        self.glyphs = Glyphs()
        self._font = pdf.make_indirect(Dictionary())
        self.resources = pdf.make_indirect(
            Dictionary(
                Font=Dictionary({FONT: self._font}),
                Properties=Dictionary({LAYER: layer}),
                XObject=Dictionary({pen.word: self._meaning(pen) for pen in PENS}),
            )
        )

    def finish(self) -> None:
        """Embed the font, with all glyphs that were asked for."""
        self._font.update(embed_font(self._pdf, self.glyphs))

    def _meaning(self, pen: Pen) -> Object:
        """Return what a colour means as a form one high, to be drawn on page after page."""
        from pikepdf import Array, Name, Stream

        form = Stream(self._pdf, zlib.compress(strokes(pen.meaning).encode("ascii"), 9))
        form["/Filter"], form["/Subtype"] = Name.FlateDecode, Name.Form
        form["/BBox"] = Array([-1, -1, round(label_width(pen.meaning)) + 1, 2])
        return self._pdf.make_indirect(form)

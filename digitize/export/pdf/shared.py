"""What the drawings on all pages of a PDF share: the font, the layer, the parts of marks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from digitize.export.pdf.deflate import deflated
from digitize.export.pdf.entries import dictionary_at
from digitize.export.pdf.font import Glyphs, embed_font
from digitize.export.pdf.legend import entry_drawing
from digitize.export.pdf.own_names import OWN_NAME
from digitize.export.pdf.pens import COLOURS, PENS, colour_space
from digitize.export.pdf.strokes import FIGURES, strokes
from digitize.export.pdf.text import FONT

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

LAYER = f"{OWN_NAME}L"
"""The name of the layer of marks in the drawings."""

_OWN_NAMES = frozenset((COLOURS, FONT, LAYER, *FIGURES.values(), *(pen.form for pen in PENS)))
"""All names that are given here: others that begin alike are kept."""

_AROUND_FORMS = (-16, -1, 2, 2)
"""(left, bottom, right, top) of what holds every part of marks, each one high: figures begin where
they are drawn from, what a colour means ends there."""

_DRAWN_FORM = re.compile(rb"(/\w+) Do")


class SharedResources:
    """Collects the pages that are drawn on; `finish` adds to their resources what is drawn with.

    Resources, or parts of them, that pages have in common they have in common again.
    """

    def __init__(self, pdf: Pdf, layer: Object) -> None:
        self._pdf = pdf
        self._layer = layer
        self._drawn: set[str] = set()
        self._pages: list[tuple[Page, Any]] = []
        self._joined: dict[tuple[str, tuple[int, int]], Object] = {}
        self.glyphs = Glyphs()

    def use(self, page: Page, resources: Any, drawing: bytes) -> None:
        """Take note of a page, its resources if it has any, and the forms its drawing names."""
        from pikepdf import Dictionary

        self._pages.append((page, resources if isinstance(resources, Dictionary) else Dictionary()))
        self._drawn.update(name.decode("ascii") for name in _DRAWN_FORM.findall(drawing))

    def finish(self) -> None:
        """Give the pages the forms that are drawn, and the font with all glyphs asked for."""
        own = self._own() if self._pages else {}
        for page, resources in self._pages:
            page.obj["/Resources"] = self._once("", resources, own)

    def _own(self) -> dict[str, Any]:
        """Return what is drawn with, each kind as a dictionary that pages can share."""
        from pikepdf import Array, Dictionary

        within = self._pdf.make_indirect(Array(_AROUND_FORMS))
        forms = {name: strokes(figure) for figure, name in FIGURES.items()}
        forms |= {pen.form: entry_drawing(pen) for pen in PENS}
        font = self._pdf.make_indirect(embed_font(self._pdf, self.glyphs))
        kinds = {
            "/ColorSpace": Dictionary({COLOURS: colour_space()}),
            "/Font": Dictionary({FONT: font}),
            "/Properties": Dictionary({LAYER: self._layer}),
            "/XObject": Dictionary(
                {name: self._form(forms[name], within) for name in forms if name in self._drawn}
            ),
        }
        return {kind: self._pdf.make_indirect(entries) for kind, entries in kinds.items()}

    def _once(self, kind: str, entries: Any, own: Any) -> Object:
        """Return `entries` joined with `own`; those that pages share are joined once for all."""
        if not entries.is_indirect:
            return self._join(entries, own)
        known = (kind, entries.objgen)
        if known not in self._joined:
            self._joined[known] = self._pdf.make_indirect(self._join(entries, own))
        return self._joined[known]

    def _join(self, entries: Any, own: Any) -> Object:
        """Return a copy with `own` in place of what an earlier run put there."""
        from pikepdf import Dictionary

        joined = Dictionary({key: one for key, one in entries.items() if key not in _OWN_NAMES})
        for key, value in own.items():
            known = dictionary_at(joined, key) if isinstance(value, Dictionary) else None
            joined[key] = value if known is None else self._once(key, known, value)
        return joined

    def _form(self, drawing: str, within: Object) -> Object:
        """Return a form of what is drawn one high."""
        from pikepdf import Name, Stream

        form = Stream(self._pdf, deflated(drawing.encode("ascii")))
        form["/Filter"], form["/Subtype"] = Name.FlateDecode, Name.Form
        form["/BBox"] = within
        return self._pdf.make_indirect(form)

"""Links from the legend of each page to the next page with numbers to review, and round again.

They belong to the layer of marks: viewers should hide them with it (ISO 32000-1, 12.5.2), though
pdfium does not; and those of an earlier run are known by it. They draw nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from digitize.export.pdf.place import Area, View

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

REACH = 0.5
"""Of the legend's height: how far around it a click counts; the legend keeps that much free."""

_PRINT = 4
"""The bit of an annotation's flags that lets it be printed: PDF/A wants it, also of links."""


@dataclass(frozen=True, slots=True)
class _Stop:
    """A page; clicked: the (left, bottom, right, top) of its link, in user space, if it has one."""

    page: Any
    clicked: list[int] | None
    first_to_review: Object | None


class ReviewLinks:
    """Collects the pages of one PDF in their order, then links those that say what marks mean."""

    def __init__(self, pdf: Pdf, layer: Object) -> None:
        self._pdf = pdf
        self._layer = layer
        self._stops: list[_Stop] = []

    def add(
        self, page: Page, legend: Area | None, view: View, first_to_review: Object | None
    ) -> None:
        """Add a page: where its legend is seen, and the place of its first number to review."""
        clicked = view.in_user_space(legend.grown(REACH * legend.height)) if legend else None
        self._stops.append(_Stop(page.obj, clicked, first_to_review))

    def link(self) -> None:
        """Put the links on their pages, in place of those of an earlier run."""
        onwards = self._first_place()  # to which the last pages lead
        for stop in reversed(self._stops):
            linked = stop.clicked and onwards is not None
            self._replace(stop.page, [self._link(stop.clicked, onwards)] if linked else [])
            if stop.first_to_review is not None:
                onwards = stop.first_to_review

    def _first_place(self) -> Object | None:
        places = (stop.first_to_review for stop in self._stops)
        return next((place for place in places if place is not None), None)

    def _link(self, clicked: Any, onwards: Any) -> Object:
        from pikepdf import Array, Dictionary, Name

        return self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array(clicked),
                Border=Array([0, 0, 0]),
                F=_PRINT,
                OC=self._layer,
                Dest=Array(onwards.as_list()),
            )
        )

    def _replace(self, page: Any, links: list[Object]) -> None:
        """Put links, or none, in place of those of an earlier run; what else is there stays."""
        from pikepdf import Array

        known = page.get("/Annots")
        listed = list(known.as_list()) if isinstance(known, Array) else []
        others = [one for one in listed if not self._is_own(one)]
        if links or len(others) < len(listed):
            page["/Annots"] = Array([*others, *links])

    def _is_own(self, annotation: Any) -> bool:
        from pikepdf import Dictionary

        layer = annotation.get("/OC") if isinstance(annotation, Dictionary) else None
        return isinstance(layer, Dictionary) and layer.objgen == self._layer.objgen

"""What PDF/A asks for and can be added without a change to anything that is seen or done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pikepdf import Pdf

_PRINT = 4
"""The bit of an annotation's flags that lets it be printed; a link has nothing to print."""


def mend(pdf: Pdf) -> None:
    """Give links the flag that they may be printed, and list every layer for viewers."""
    for page in pdf.pages:
        for annotation in page.obj.get("/Annots", ()):
            if annotation.get("/Subtype") == "/Link" and "/F" not in annotation:
                annotation["/F"] = _PRINT
    properties = pdf.Root.get("/OCProperties")
    if properties is not None and "/Order" in properties["/D"]:
        _list_all(properties["/D"]["/Order"], properties["/OCGs"])


def _list_all(order: Any, layers: Any) -> None:
    """Append to an order of layers those that it does not name."""
    named = set(_named(order))
    for layer in layers:
        if layer.objgen not in named:
            order.append(layer)


def _named(order: Any) -> list[tuple[int, int]]:
    from pikepdf import Array, Dictionary

    found = []
    for entry in order:
        if isinstance(entry, Array):
            found += _named(entry)
        elif isinstance(entry, Dictionary):
            found.append(entry.objgen)
    return found

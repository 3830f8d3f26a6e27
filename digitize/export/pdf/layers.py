"""The layer of marks among a PDF's layers (optional content, ISO 32000-1, 8.11)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from digitize.export.pdf.entries import dictionaries_in, made_array_at, made_dictionary_at

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

CONFIGURATION = "Layers"
"""PDF/A asks for a name of the set of layers, and a viewer may show it."""


def marks_layer_of(pdf: Pdf) -> Object:
    """Return the layer of marks, added to the PDF's list of layers where it is not there yet."""
    from pikepdf import Dictionary, Name, String

    from digitize.load.facts import OWN_LAYER

    listed = made_array_at(made_dictionary_at(pdf.Root, "/OCProperties"), "/OCGs")
    known: list[Object] = dictionaries_in(listed)
    for layer in known:
        if str(layer.get("/Name")) == OWN_LAYER:
            return layer
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(OWN_LAYER)))
    listed.append(layer)
    made_array_at(_shown(pdf), "/Order").append(layer)
    return layer


def switch_on(pdf: Pdf, layer: Object) -> None:
    """Let viewers show the layer when they open the PDF."""
    _switch(pdf, layer, to="/ON", off="/OFF")


def switch_off(pdf: Pdf, layer: Object) -> None:
    """Let viewers leave the layer out until somebody asks for it."""
    _switch(pdf, layer, to="/OFF", off="/ON")


def _switch(pdf: Pdf, layer: Object, *, to: str, off: str) -> None:
    from pikepdf import Array

    shown = _shown(pdf)
    if off in shown:
        others = [one for one in dictionaries_in(shown[off]) if one.objgen != layer.objgen]
        shown[off] = Array(others)
    listed = made_array_at(shown, to)
    if all(one.objgen != layer.objgen for one in dictionaries_in(listed)):
        listed.append(layer)


def _shown(pdf: Pdf) -> Any:
    """Return which layers are shown, and in which order they are listed."""
    from pikepdf import String

    shown = made_dictionary_at(made_dictionary_at(pdf.Root, "/OCProperties"), "/D")
    if "/Name" not in shown:
        shown["/Name"] = String(CONFIGURATION)
    return shown

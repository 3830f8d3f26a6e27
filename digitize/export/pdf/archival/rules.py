"""One rule of PDF/A-2b each: given a dictionary or stream, why it is against the rule, if it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

Rule: TypeAlias = Callable[[Any], Iterator[str]]

_FORBIDDEN_FILTERS = ("/LZWDecode", "/LZW", "/Crypt")
_ACTIONS = (
    *("/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetOCGState"),
    *("/Rendition", "/Trans", "/GoTo3DView", "/JavaScript"),
)
_NOTES = (
    *("/Text", "/Link", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine"),
    *("/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink"),
    *("/Popup", "/Widget", "/PrinterMark", "/TrapNet", "/Watermark", "/Redact"),
)
_HIDDEN = 1 | 2 | 32
"""Flags of an annotation that is invisible, hidden or not viewed."""
_PRINT = 4
_BLENDS = (
    *("/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten"),
    *("/ColorDodge", "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion"),
    *("/Hue", "/Saturation", "/Color", "/Luminosity"),
)


def filters_are_allowed(entry: Any) -> Iterator[str]:
    """6.1.7.2 and 6.1.7.1: neither LZW nor encryption, and no stream lies in another file."""
    filters = _listed(entry.get("/Filter", entry.get("/F")))
    if any(one in _FORBIDDEN_FILTERS for one in filters):
        yield "a picture or a drawing in it is packed with LZW or encrypted"
    if "/FFilter" in entry:
        yield "a part of it lies in another file"


def actions_are_allowed(entry: Any) -> Iterator[str]:
    """6.5: nothing starts, plays, hides or runs."""
    if "/AA" in entry or entry.get("/S") in _ACTIONS:
        yield "it runs actions"


def notes_are_plain(entry: Any) -> Iterator[str]:
    """6.3: an annotation is of a static kind, is printed, and has an appearance."""
    kind = entry.get("/Subtype")
    if "/Rect" not in entry or kind is None or entry.get("/Type", "/Annot") != "/Annot":
        return
    if kind not in _NOTES:
        yield f"it has an annotation of a kind that is not allowed, {str(kind)[1:]}"
    elif kind != "/Popup":
        flags = int(entry.get("/F", 0))
        if flags & _HIDDEN or not flags & _PRINT:
            yield "it has an annotation that is hidden or not printed"
        elif kind != "/Link" and "/N" not in entry.get("/AP", {}):
            yield "it has an annotation that viewers draw by themselves"


def colours_are_known(entry: Any) -> Iterator[str]:
    """6.2.4.3: device colours are those of the output intent, which is RGB."""
    if any(_names(value, "/DeviceCMYK") for _, value in entry.items()):
        yield "its inks (CMYK) have no colour profile"


def pictures_are_plain(entry: Any) -> Iterator[str]:
    """6.2.8 and 6.2.9: pictures have no second version, and are not smoothed by the viewer."""
    if entry.get("/Subtype") == "/PS" or "/PS" in entry or "/Ref" in entry:
        yield "it holds PostScript or pages of another file"
    if entry.get("/Subtype") == "/Image":
        if "/Alternates" in entry or "/OPI" in entry:
            yield "a picture in it has a second version"
        if entry.get("/Interpolate", False) is True:
            yield "a picture in it asks to be smoothed"


def states_are_plain(entry: Any) -> Iterator[str]:
    """6.2.5: no transfer curves, and no blending but that of ISO 32000-1."""
    if "/TR" in entry or entry.get("/TR2", "/Default") != "/Default":
        yield "a drawing in it has a transfer curve"
    blend = entry.get("/BM")
    if blend is not None and not any(one in _BLENDS for one in _listed(blend)):
        yield "a drawing in it blends in an unknown way"


RULES: tuple[Rule, ...] = (
    filters_are_allowed,
    actions_are_allowed,
    notes_are_plain,
    colours_are_known,
    pictures_are_plain,
    states_are_plain,
)


def _listed(value: Any) -> list[Any]:
    """Return one value, or those of an array, as a list; none where it is missing."""
    from pikepdf import Array

    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def _names(value: Any, name: str) -> bool:
    """Tell whether a value is `name`, or an array written in place that names it."""
    return any(one == name for one in _listed(value))

"""What pdfium does not tell of a PDF page, read from its dictionaries with pikepdf."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pikepdf

BROKEN = (
    *(pikepdf.PdfError, pikepdf.PasswordError, pikepdf.DeletedObjectError, RuntimeError),
    LookupError,
    *(AttributeError, TypeError, ValueError, OverflowError),
)  # what pikepdf raises where an entry is missing or of a wrong type, or a key does not fit
OWN_LAYER = "digitize marks"  # what viewers call the layer that our PDFs have, to switch it off
_VEILS = ("/SMask", "/Mask", "/OC")  # entries that change what is seen of a picture


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page's dictionaries say.

    inches_per_point: 1/72 times the page's UserUnit. plain_sizes: (width, height) in pixels of
    pictures that are seen just as they are stored; a size that a masked one shares is left out.
    """

    inches_per_point: float = 1 / 72
    plain_sizes: frozenset[tuple[int, int]] = frozenset()


Facts: TypeAlias = "pikepdf.Pdf | None"


@contextmanager
def open_facts(path: Path, password: str | None) -> Iterator[Facts]:
    """Open a PDF's dictionaries; None where qpdf cannot, and pages are then drawn."""
    with path.open("rb") as file:  # pikepdf takes no file names that are not UTF-8
        try:
            pdf = pikepdf.open(file, password=password or "")
        except BROKEN:
            yield None
            return
        with pdf:
            yield pdf


def count_pages(facts: Facts) -> tuple[int, int] | None:
    """Return how many pages qpdf finds, and how many objects there are; None where unknown."""
    if facts is None:
        return None
    try:
        return len(facts.pages), len(facts.objects)
    except BROKEN:
        return None


def is_own_result(facts: Facts) -> bool:
    """Tell whether digitize itself made the PDF, or a page of it: it has the layer of marks.

    A program that puts pages together may drop the list of layers, and qpdf does; the pages that
    draw on a layer still name it.
    """
    if facts is None:
        return False
    try:
        return _lists_own_layer(facts) or any(_names_own_layer(page.obj) for page in facts.pages)
    except BROKEN:
        return False


def _lists_own_layer(facts: pikepdf.Pdf) -> bool:
    try:
        layers = facts.Root.get("/OCProperties", pikepdf.Dictionary()).get("/OCGs", pikepdf.Array())
        return any(map(_is_own_layer, layers.as_list()))
    except BROKEN:
        return False


def _names_own_layer(page: pikepdf.Object) -> bool:
    try:
        resources = page.get("/Resources", pikepdf.Dictionary())
        named = resources.get("/Properties", pikepdf.Dictionary())
        return any(_is_own_layer(layer) for _, layer in named.items())
    except BROKEN:
        return False


def _is_own_layer(layer: pikepdf.Object) -> bool:
    return str(layer.get("/Name", "")) == OWN_LAYER


def page_facts(facts: Facts, number: int) -> PageFacts:
    """Return what is known of page `number`, counted from 1; of a damaged one, nothing."""
    if facts is None:
        return PageFacts()
    try:
        page = facts.pages[number - 1].obj
        unit = float(page.get("/UserUnit", 1) or 1)
        return PageFacts((unit if unit > 0 else 1.0) / 72, _plain_sizes(page))
    except BROKEN:
        return PageFacts()


def _plain_sizes(page: pikepdf.Object) -> frozenset[tuple[int, int]]:
    pictures = page.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
    plain: set[tuple[int, int]] = set()
    veiled: set[tuple[int, int]] = set()
    for _, picture in pictures.items():
        if picture.get("/Subtype") != "/Image":
            continue
        size = (int(picture.Width), int(picture.Height))
        (veiled if _is_veiled(picture) else plain).add(size)
    return frozenset(plain - veiled)


def _is_veiled(picture: pikepdf.Object) -> bool:
    """Tell whether a picture is a stencil, or has a mask or a layer that changes what shows."""
    if any(entry in picture for entry in _VEILS) or int(picture.get("/SMaskInData") or 0):
        return True
    return bool(picture.get("/ImageMask", False))

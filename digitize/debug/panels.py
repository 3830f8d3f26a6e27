"""What a page looks like after each stage, drawn in colours that all eyes can tell apart.

The colours are those of M. Okabe and K. Ito 2008, "Color Universal Design".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import TypeAlias, cast

import cv2
import numpy as np

from digitize.geometry import window
from digitize.recognise import Recognised
from digitize.records import Box, FlatPage, Glyph, Layers, Number, Page, Pixels, Status

Stages: TypeAlias = Mapping[str, object]
Colour: TypeAlias = tuple[int, int, int]
Panel: TypeAlias = Callable[[Page, Stages], Pixels]

GREEN, VERMILLION, BLUE, ORANGE, SKY, PINK, GREY = (
    (0, 158, 115), (213, 94, 0), (0, 114, 178), (230, 159, 0), (86, 180, 233), (204, 121, 167),
    (205, 205, 205),
)  # fmt: skip
PIECES = (BLUE, ORANGE, GREEN, PINK)  # by turns, so that neighbours differ
LINE = 1 / 900  # of the longer side: how thick boxes are drawn
LETTERS = 0.5  # of a digit's height: how high what was read is written


def page_panel(page: Page, _stages: Stages) -> Pixels:
    """Draw the page as it was loaded."""
    return page.pixels


def ink_panel(_page: Page, stages: Stages) -> Pixels:
    """Draw the ink of the flat page."""
    flat = cast(FlatPage, stages["clean"])
    return np.asarray(cv2.cvtColor(255 - flat.ink, cv2.COLOR_GRAY2RGB), dtype=np.uint8)


def layer_panel(_page: Page, stages: Stages) -> Pixels:
    """Draw the layers: digits green, other writing vermillion, rules blue; cells filled."""
    layers = cast(Layers, stages["separate"])
    picture = _paper(layers)
    for cell in chain(layers.cells, *(comb.boxes for comb in layers.combs)):
        _box(picture, cell, SKY, cv2.FILLED)
    for ink, colour in (
        (layers.rules, BLUE), (layers.writing, VERMILLION), (layers.digits, GREEN),
    ):  # fmt: skip
        picture[ink > 0] = colour
    return picture


def glyph_panel(_page: Page, stages: Stages) -> Pixels:
    """Draw the glyphs that were read, boxed in green, and those refused, in vermillion."""
    layers, found = cast(Layers, stages["separate"]), cast(Recognised, stages["recognise"])
    picture = _faint(layers)
    for box, colour in (
        *((glyph.box, GREEN) for glyph in found.glyphs),
        *((box, VERMILLION) for box in found.refused),
    ):
        _box(picture, box, colour)
    return picture


def piece_panel(_page: Page, stages: Stages) -> Pixels:
    """Draw what may be several digits, in the pieces between its seams."""
    layers, found = cast(Layers, stages["separate"]), cast(Recognised, stages["recognise"])
    picture = _faint(layers)
    for lattice in found.lattices:
        pieces = [
            (first, glyph)
            for glyph, (first, last) in zip(lattice.candidates, lattice.spans, strict=True)
            if last == first + 1
        ]
        for first, glyph in pieces:
            _ink(picture, glyph, PIECES[first % len(PIECES)])
    return picture


def digit_panel(_page: Page, stages: Stages) -> Pixels:
    """Write every digit above its glyph, with its confidence in hundredths."""
    layers, found = cast(Layers, stages["separate"]), cast(Recognised, stages["recognise"])
    picture = _faint(layers)
    for glyph, reading in zip(found.glyphs, found.readings, strict=True):
        colour = GREEN if reading.confidence >= 0.95 else VERMILLION
        _box(picture, glyph.box, colour)
        _say(picture, f"{reading.digit} {reading.confidence:.2f}", glyph.box, colour, 0.6)
    return picture


def number_panel(_page: Page, stages: Stages) -> Pixels:
    """Write every number above its digits: blue where accepted, vermillion where for review."""
    layers, numbers = cast(Layers, stages["separate"]), cast(Sequence[Number], stages["numbers"])
    picture = _faint(layers)
    for number in numbers:
        colour = BLUE if number.status is Status.OK else VERMILLION
        _box(picture, number.box, colour)
        _say(picture, number.text, number.box, colour)
    return picture


PANELS: tuple[tuple[str, Panel], ...] = (
    ("page", page_panel), ("ink", ink_panel), ("layers", layer_panel), ("glyphs", glyph_panel),
    ("pieces", piece_panel), ("digits", digit_panel), ("numbers", number_panel),
)  # fmt: skip
"""From left to right, in the order of the pipeline."""


def _paper(layers: Layers) -> Pixels:
    return np.full((*layers.digits.shape, 3), 255, dtype=np.uint8)


def _faint(layers: Layers) -> Pixels:
    picture = _paper(layers)
    picture[layers.digits > 0] = GREY
    return picture


def _ink(picture: Pixels, glyph: Glyph, colour: Colour) -> None:
    picture[window(glyph.box)][glyph.ink > 0] = colour


def _box(picture: Pixels, box: Box, colour: Colour, thickness: int | None = None) -> None:
    thick = thickness or max(1, round(max(picture.shape) * LINE))
    corner, opposite = (round(box.x), round(box.y)), (round(box.right), round(box.bottom))
    cv2.rectangle(picture, corner, opposite, colour, thick)


def _say(picture: Pixels, text: str, box: Box, colour: Colour, size: float = 1.0) -> None:
    scale = max(0.3, LETTERS * size * box.height / 22)  # OpenCV's letters are 22 pixels high
    place = (round(box.x), max(12, round(box.y - 3)))
    cv2.putText(picture, text, place, cv2.FONT_HERSHEY_SIMPLEX, scale, colour, 1, cv2.LINE_AA)

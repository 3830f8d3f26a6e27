"""A cell with one glyph in it: the ink of the glyph, without the cell's frame and points beside."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels

BAND = 0.08  # of the picture's side, along its edge: where a frame that was cut along stands
IN_BAND = 0.9  # of a frame's ink: the rest is its corners and their dirt
SPAN = 0.6  # of the picture's side that a frame runs along: digits end before
LEAST = 0.15  # of the picture's side: what is smaller is a speck, and no glyph
POINT = 0.4  # of the glyph's height: the largest piece beside it that is a point or dirt


@dataclass(frozen=True, slots=True)
class Piece:
    """One connected component: its label, its box in pixels and how many pixels it has."""

    label: int
    left: int
    top: int
    width: int
    height: int
    area: int

    @property
    def right(self) -> int:
        """The first column after it."""
        return self.left + self.width


def one_glyph(ink: Pixels) -> Pixels:
    """Return `ink`, (height, width) uint8, 0 paper to 255, without what surrounds its glyph.

    The glyph is the largest piece that is no frame along the picture's edge; small pieces wholly to
    its left or right are points and dirt. What lies above or below it belongs to it: the bar of a
    5 is often apart. Ink that is nothing but a frame and specks stays.
    """
    _, found, stats, _ = cv2.connectedComponentsWithStats((ink > 0).astype(np.uint8))
    labels = np.asarray(found, dtype=np.int32)
    pieces = [Piece(label, *map(int, row)) for label, row in enumerate(stats) if label]
    inner = [piece for piece in pieces if not _is_frame(piece, labels)]
    if not inner:
        return ink
    glyph = max(inner, key=lambda piece: piece.area)
    if max(glyph.width, glyph.height) < LEAST * max(ink.shape):
        return ink
    kept = [piece.label for piece in inner if not _is_point_beside(piece, glyph)]
    return np.where(np.isin(labels, kept), ink, 0).astype(np.uint8)


def _is_frame(piece: Piece, labels: NDArray[np.int32]) -> bool:
    """Tell whether a piece runs along an edge of the picture, or along several."""
    height, width = labels.shape
    if piece.width < SPAN * width and piece.height < SPAN * height:
        return False
    rows, columns = max(1, round(BAND * height)), max(1, round(BAND * width))
    inside = labels[rows : height - rows, columns : width - columns] == piece.label
    return int(inside.sum()) <= (1 - IN_BAND) * piece.area


def _is_point_beside(piece: Piece, glyph: Piece) -> bool:
    beside = piece.left >= glyph.right or piece.right <= glyph.left
    return beside and max(piece.width, piece.height) <= POINT * glyph.height

"""What a glyph may be parted into: pieces between seams, and every run of them that may be a digit.

Over-segmentation into a lattice, whose best path the decoder finds (LeCun et al. 1998, section VII,
doi:10.1109/5.726791).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from digitize.records import Box, Glyph, Pixels
from digitize.segment.seams import Places, find_seams

SEVERAL = ((0.35, 0.9), (0.95, 0.99), (1.3, 1.1))
"""From a width over its height on, a glyph read less surely than this may be several digits."""
PIECES_A_DIGIT = 3  # at most: seams lie inside digits too, and the path skips them
USUAL_WIDTH = 0.6  # digit heights of one digit among touching ones
LONGEST_RUN = 6  # pieces that make one digit, at most
WIDEST = 1.25  # digit heights: a run of pieces wider than this is no digit
WIDEST_WHOLE = 1.8  # digit heights: ink that is wider is more than one digit, if it can be parted
LEAST_INK = 0.03  # of a digit height's square: a piece with less is a crumb
NOWHERE = -(2**31)  # the side of a piece without ink, further in than any other's
LEAST_SIDE = 0.45  # digit heights, of the longer side: a smaller run of pieces is no digit


@dataclass(frozen=True, slots=True)
class Lattice:
    """The runs of pieces that a glyph can be parted into; a path goes from 0 to `pieces`.

    candidates: each run as a glyph, marked as cut unless it is all of it. spans: the first piece
    of each, and the first piece after it.
    """

    candidates: tuple[Glyph, ...]
    spans: tuple[tuple[int, int], ...]
    pieces: int


def may_be_several(glyph: Glyph, sureness: float) -> bool:
    """Tell whether a glyph may be digits that touch: the wider it is, the surer it must be read.

    sureness: the probability that it is the one digit it is read as, 0 where it is read as none.
    """
    aspect = glyph.box.width / glyph.box.height
    return any(aspect >= wide and sureness < sure for wide, sure in SEVERAL)


def part(glyph: Glyph, height: float) -> Lattice:
    """Return what a glyph may be parted into; height: of the page's digits, in pixels."""
    own = min(max(height, 0.75 * glyph.box.height), glyph.box.height)
    digits = max(2, round(glyph.box.width / (USUAL_WIDTH * own)))
    seams = find_seams(glyph.ink, own, PIECES_A_DIGIT * digits - 1)
    count = len(seams.columns) + 1
    found = list(_runs(glyph, seams.piece_of(glyph.ink.shape[1]), count, own))
    spans = [span for _, span in found]
    may_be_one = glyph.box.width <= WIDEST_WHOLE * own or not _has_path(spans, count)
    if may_be_one and (0, count) not in spans:
        found.append((glyph, (0, count)))
    found = [(glyph if span == (0, count) else run, span) for run, span in found]
    return Lattice(tuple(run for run, _ in found), tuple(span for _, span in found), count)


def _has_path(spans: Sequence[tuple[int, int]], count: int) -> bool:
    """Tell whether runs of pieces lead from the first piece to the last."""
    reached = {0}
    for first, last in sorted(spans):
        if first in reached:
            reached.add(last)
    return count in reached


def _runs(
    glyph: Glyph, piece_of: Places, count: int, height: float
) -> Iterator[tuple[Glyph, tuple[int, int]]]:
    """Yield the ink of each run of pieces that has a digit's size, and its span."""
    insides = (_where(piece_of, piece, piece + 1) for piece in range(count))
    pieces = np.array([_extent(glyph.ink & inside) for inside in insides])
    for first in range(count):
        run = pieces[first : first + LONGEST_RUN]
        extents = np.maximum.accumulate(run[:, :4]) * [-1, -1, 1, 1]
        sizes = np.cumsum(run[:, 4])
        for last, (extent, size) in enumerate(zip(extents.tolist(), sizes, strict=True), first + 1):
            left, top, right, bottom = extent
            if size < LEAST_INK * height * height or right - left > WIDEST * height:
                continue
            if max(right - left, bottom - top) < LEAST_SIDE * height:
                continue
            own = _where(piece_of[top:bottom, left:right], first, last)
            box = Box(glyph.box.x + left, glyph.box.y + top, right - left, bottom - top)
            yield Glyph(glyph.ink[top:bottom, left:right] & own, box, cut=True), (first, last)


def _where(piece_of: Places, first: int, last: int) -> Pixels:
    """Return where pieces are, the last exclusive: shaped as `piece_of`, uint8, 255 or 0."""
    return np.asarray(cv2.inRange(piece_of, first, last - 1), dtype=np.uint8)


def _extent(ink: Pixels) -> tuple[int, int, int, int, int]:
    """Return where ink ends and how many pixels it is: -left, -top, right, bottom, size.

    Of two ends on one side, the larger is further out.
    """
    x, y, width, height = cv2.boundingRect(ink)
    size = cv2.countNonZero(ink)
    return (-x, -y, x + width, y + height, size) if size else (NOWHERE,) * 4 + (0,)

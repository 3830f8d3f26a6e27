"""What a glyph may be parted into: pieces between seams, and every run of them that may be a digit.

Over-segmentation into a lattice, whose best path the decoder finds (LeCun et al. 1998, section VII,
doi:10.1109/5.726791).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from digitize.records import Box, Glyph
from digitize.segment.seams import find_seams

SEVERAL = 0.95  # a glyph's width over its height from which it may well be several digits
NARROWEST = 0.35  # width over height below which a doubtful glyph is still no two digits
PIECES_A_DIGIT = 3  # at most: seams lie inside digits too, and the path skips them
USUAL_WIDTH = 0.6  # digit heights of one digit among touching ones
LONGEST_RUN = 6  # pieces that make one digit, at most
WIDEST = 1.35  # digit heights: a run of pieces wider than this is no digit
WIDEST_WHOLE = 1.8  # digit heights: ink that is wider is more than one digit, if it can be parted
LEAST_INK = 0.03  # of a digit height's square: a piece with less is a crumb
LEAST_SIDE = 0.3  # digit heights, of the longer side: a smaller run of pieces is no digit


@dataclass(frozen=True, slots=True)
class Lattice:
    """The runs of pieces that a glyph can be parted into; a path goes from 0 to `pieces`.

    candidates: each run as a glyph, marked as cut unless it is all of it. spans: the first piece
    of each, and the first piece after it.
    """

    candidates: tuple[Glyph, ...]
    spans: tuple[tuple[int, int], ...]
    pieces: int


def may_be_several(glyph: Glyph, doubted: bool) -> bool:
    """Tell whether a glyph may be digits that touch: by its width, or less width and doubt."""
    aspect = glyph.box.width / glyph.box.height
    return aspect >= SEVERAL or (doubted and aspect >= NARROWEST)


def part(glyph: Glyph, height: float) -> Lattice:
    """Return what a glyph may be parted into; height: of the page's digits, in pixels."""
    own = min(max(height, 0.75 * glyph.box.height), glyph.box.height)
    digits = max(2, round(glyph.box.width / (USUAL_WIDTH * own)))
    seams = find_seams(glyph.ink, own, PIECES_A_DIGIT * digits - 1)
    piece_of = seams.piece_of(glyph.ink.shape[1])
    count = len(seams.columns) + 1
    found = [
        (run, (first, last))
        for first in range(count)
        for last in range(first + 1, min(count, first + LONGEST_RUN) + 1)
        if (run := _run(glyph, (piece_of >= first) & (piece_of < last), own)) is not None
    ]
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


def _run(glyph: Glyph, inside: np.ndarray, height: float) -> Glyph | None:
    """Return the ink of a run of pieces, None where it has not a digit's size."""
    ink = np.where(inside, glyph.ink, 0).astype(np.uint8)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not len(rows) or np.count_nonzero(ink) < LEAST_INK * height * height:
        return None
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    if right - left > WIDEST * height or max(right - left, bottom - top) < LEAST_SIDE * height:
        return None
    box = Box(glyph.box.x + left, glyph.box.y + top, right - left, bottom - top)
    return Glyph(ink[top:bottom, left:right], box, cut=True)

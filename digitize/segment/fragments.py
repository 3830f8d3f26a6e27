"""Broken-off strokes, joined to the digits they came from."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels
from digitize.segment.components import Component, merge
from digitize.segment.options import SegmentOptions

TALLEST_JOINED = 1.4  # digit heights: what two strokes of one digit span at most
STACKED_SHARE = 0.3  # of the narrower ink's width: so much overlap puts one stroke over another
ROOF_SHARE = 0.3  # of the digit's height: a stroke with its middle above this is a roof
BESIDE_GAP = 0.08  # digit heights: a break in a stroke is no wider, the space between digits is
HANGING = 0.12  # digit heights below the foot of a digit beside it: a comma, no stroke of its
COMMA = 0.5, 0.6  # digit heights, across and down: a comma is no larger
COMMA_RISE = 0.3  # digit heights above the foot of a whole digit: a comma begins no higher
WHOLE = 0.95  # digit heights: nothing below the foot of so high a digit is a part of it
LOW, OVERHANG = 0.15, 0.2
"""Digit heights, above a digit's foot and beyond its right side: what begins lower and reaches
further is a comma with what is left of the rule that it hung over."""
POINT = 0.4, 0.45  # digit heights, across and down: so small beside a foot is a point or comma
POINT_ASPECT = 1.6  # of its width over its height: what is flatter is a piece of the foot
POINT_RISE = 0.38  # digit heights above the digit's foot: a point does not reach higher
THICK = 3  # pixels: a fragment without a column so high has no thicker part
THIN_END = 0.25  # of a fragment's height: thinner ends are left of the rule that it lies on
DASH_LENGTH, DASH_ASPECT = 0.25, 1.8  # digit heights; over its thickness: a dash is so long
DASH_MIDDLE = (0.3, 0.75)  # of the digit's height below its top: so high a minus stands before it
DASH_OVERLAP = 0.3  # of a dash's length may lie under the digit behind it


def join_fragments(
    components: Sequence[Component], height: float, options: SegmentOptions
) -> list[Component]:
    """Return the components with each broken-off stroke joined to the digit it came from.

    A fragment is joined to the nearest ink, if the two make one digit's size: so the loose roof of
    a 5 or the bar of a 7 comes home, and a dash between two digits or before one stays away. Lowest
    first.
    """
    whole = dict(enumerate(components))
    boxes = np.array([_edges(c, height) for c in components], dtype=np.float64).reshape(-1, 4)
    least = options.fragment * height
    queue = [(c.box.height, index) for index, c in whole.items() if c.box.height < least]
    heapify(queue)
    while queue:
        tall, index = heappop(queue)
        if index not in whole or tall != whole[index].box.height:
            continue  # joined to another, or grown, since it was queued
        home = find_home(index, boxes, height, options)
        if home is None:
            continue
        whole[home] = merge(whole.pop(index), whole[home])
        boxes[home], boxes[index] = _edges(whole[home], height), np.nan
        if whole[home].box.height < least:
            heappush(queue, (whole[home].box.height, home))
    return list(whole.values())


def _edges(component: Component, height: float) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom; of a point on a rule without what is left of the rule."""
    box = component.box
    start, end = _thick_columns(component.mask)
    if not _is_point(end - start, box.height, height):
        start, end = 0, component.mask.shape[1]
    return box.x + start, box.y, box.x + end, box.bottom


def _thick_columns(mask: Pixels) -> tuple[int, int]:
    """Return the first column that is no thin end, and the one after the last; all if none."""
    inked = np.count_nonzero(mask, axis=0)
    thick = inked > max(1, THIN_END * mask.shape[0])
    if inked.max() < THICK:  # a stroke so thin has no thick part
        return 0, mask.shape[1]
    return int(thick.argmax()), mask.shape[1] - int(thick[::-1].argmax())


def find_home(
    index: int, boxes: NDArray[np.float64], height: float, options: SegmentOptions
) -> int | None:
    """Return which of the (count, 4) boxes the fragment at `index` belongs to, or None.

    Boxes are left, top, right, bottom in pixels; a row of NaN is no box.
    """
    left, top, right, bottom = boxes.T
    x, y, end, foot = boxes[index]
    across = np.maximum(left, x) - np.minimum(right, end)  # the gap; negative is the overlap
    down = np.maximum(top, y) - np.minimum(bottom, foot)
    width = np.maximum(right, end) - np.minimum(left, x)
    tall = np.maximum(bottom, foot) - np.minimum(top, y)
    near = np.maximum(across, down) <= options.join_gap * height
    one_digit = (tall <= TALLEST_JOINED * height) & (width <= options.widest * height)
    below = (y >= bottom) & (bottom - top >= WHOLE * height)
    roof = (y + foot) / 2 < top + ROOF_SHARE * (bottom - top)
    hangs = foot > bottom + HANGING * height
    point = _is_point(end - x, foot - y, height) & (y > bottom - POINT_RISE * height)
    aside = point & (-across < (end - x) / 2)
    overhangs = (y > bottom - LOW * height) & (end - right > OVERHANG * height)
    stacked = -across > STACKED_SHARE * np.minimum(end - x, right - left)
    comma = _is_comma(end - x, foot - y, height) & (bottom - top >= WHOLE * height)
    comma &= hangs & (y > bottom - COMMA_RISE * height)
    stacked &= ~(below | aside | overhangs | comma)
    middle = ((y + foot) / 2 - top) / (bottom - top)
    minus = _is_dash(end - x, foot - y, height) & (end - left <= DASH_OVERLAP * (end - x))
    minus &= (middle >= DASH_MIDDLE[0]) & (middle <= DASH_MIDDLE[1])
    beside = (across <= BESIDE_GAP * height) & (down < 0) & ~hangs & ~point & ~minus
    fit = near & one_digit & (stacked | (roof & ~minus) | beside)
    fit[index] = False
    if not fit.any():
        return None
    distance = np.hypot(np.maximum(across, 0), np.maximum(down, 0))
    return int(np.argmin(np.where(fit, distance, np.inf)))


def _is_point(width: float, tall: float, height: float) -> bool:
    """Tell whether a fragment has the size and the shape of a point or a short comma."""
    across, down = POINT
    small = width <= across * height and tall <= down * height
    return small and width <= POINT_ASPECT * tall


def _is_comma(width: float, tall: float, height: float) -> bool:
    """Tell whether a fragment has the size and the shape of a comma."""
    across, down = COMMA
    return width <= across * height and width <= tall <= down * height


def _is_dash(width: float, tall: float, height: float) -> bool:
    """Tell whether a fragment has the size and the shape of a dash."""
    return width >= max(DASH_LENGTH * height, DASH_ASPECT * tall)

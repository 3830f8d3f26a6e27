"""Digit ink to glyph candidates: contours, broken strokes joined, touching digits cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.geometry import union
from digitize.records import Box, Glyph, Layers, Pixels

LOOP_SHARE = 0.5  # of the ink's width: a 0's loop is wider, that of a digit among two is not
LOOP_HEIGHT_SHARE = 0.4  # of the ink's height: a 0's loop is higher, a flourish's is not
TALLEST_JOINED = 1.4  # digit heights: what two strokes of one digit span at most
STACKED_SHARE = 0.3  # of the narrower ink's width: so much overlap puts one stroke over another
ROOF_SHARE = 0.3  # of the digit's height: a stroke with its middle above this is a roof
BESIDE_GAP = 0.08  # digit heights: a break in a stroke is no wider, the space between digits is
LOWEST_CUT = 0.5  # digit heights: lower ink is a dash or an underline, not touching digits
OFF_PITCH_COST = 0.3  # of the ink's height per squared pitch: what straying from even costs
FARTHEST_CUT = 0.45  # pitches from the even place: further, the next cut is nearer


@dataclass(frozen=True, slots=True)
class SegmentOptions:
    """What counts as one digit; lengths in digit heights.

    speck: smaller ink, in both directions, is no part of a digit. mark: ink smaller than this in
    any direction is dirt, no point or dash. least_height, most_height: a digit's own.
    fragment: lower ink may be a broken-off stroke of its neighbour, if within join_gap of it.
    widest: wider ink, measured by its own height too, holds more than one digit; but widest_loop
    is the limit for a single loop, a wide 0.
    usual_width: of one digit among touching ones.
    """

    speck: float = 0.22
    mark: float = 0.08
    least_height: float = 0.45
    most_height: float = 2.0
    fragment: float = 0.65
    join_gap: float = 0.16
    widest: float = 1.3
    widest_loop: float = 1.8
    usual_width: float = 0.75


@dataclass(frozen=True, slots=True)
class Component:
    """Connected ink: its box and a mask of the same size, uint8, 255 ink."""

    box: Box
    mask: Pixels


def segment(layers: Layers, options: SegmentOptions = SegmentOptions()) -> list[Glyph]:
    """Return the glyph candidates in the layer of digits."""
    height = layers.digit_height
    components = find_components(layers.digits)
    sizeable = drop_specks(components, height, options)
    joined = join_fragments(sizeable, height, options)
    glyphs = []
    for component in joined:
        pieces = cut(component, height, options)
        plausible = [piece for piece in pieces if is_plausible(piece.box, height, options)]
        glyphs += [Glyph(piece.mask, piece.box, cut=len(pieces) > 1) for piece in plausible]
    return glyphs


def find_marks(
    layers: Layers, glyphs: Sequence[Glyph], options: SegmentOptions = SegmentOptions()
) -> list[Box]:
    """Return the ink that is no glyph and yet no speck: points, commas, dashes, stray strokes."""
    height = layers.digit_height
    least = options.mark * height
    used = np.zeros_like(layers.digits)
    for glyph in glyphs:
        x, y = round(glyph.box.x), round(glyph.box.y)
        used[y : y + round(glyph.box.height), x : x + round(glyph.box.width)] = 255
    rest = np.asarray(cv2.subtract(layers.digits, used), dtype=np.uint8)
    boxes = [Box(*cv2.boundingRect(contour)) for contour in find_contours(rest)]
    most = options.most_height * height
    return [
        box
        for box in boxes
        if least <= min(box.width, box.height) and most >= max(box.width, box.height)
    ]


def find_components(ink: Pixels) -> list[Component]:
    """Return the ink inside each outer contour, inner loops included."""
    return [_fill(ink, contour) for contour in find_contours(ink)]


def find_contours(ink: Pixels) -> list[NDArray[np.int32]]:
    """Return the outer contour of each component, (count, 1, 2) int32."""
    contours, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    return [np.asarray(contour, dtype=np.int32) for contour in contours]


def _fill(ink: Pixels, contour: NDArray[np.int32]) -> Component:
    x, y, width, height = cv2.boundingRect(contour)
    mask = np.zeros((height, width), dtype=np.uint8)
    cv2.drawContours(mask, [contour], -1, 255, cv2.FILLED, offset=(-x, -y))
    return Component(Box(x, y, width, height), mask & ink[y : y + height, x : x + width])


def drop_specks(
    components: Sequence[Component], height: float, options: SegmentOptions
) -> list[Component]:
    """Return the components that are not small in both directions."""
    least = options.speck * height
    return [c for c in components if max(c.box.width, c.box.height) >= least]


def join_fragments(
    components: Sequence[Component], height: float, options: SegmentOptions
) -> list[Component]:
    """Return the components with each broken-off stroke joined to the digit it came from.

    A fragment is joined to the nearest ink, if the two make one digit's size: so the loose roof of
    a 5 or the bar of a 7 comes home, and a dash between two digits stays away. Lowest first.
    """
    whole = dict(enumerate(components))
    boxes = np.array([_edges(c.box) for c in components], dtype=np.float64).reshape(-1, 4)
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
        boxes[home], boxes[index] = _edges(whole[home].box), np.nan
        if whole[home].box.height < least:
            heappush(queue, (whole[home].box.height, home))
    return list(whole.values())


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.right, box.bottom


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
    stacked = -across > STACKED_SHARE * np.minimum(end - x, right - left)
    roof = (y + foot) / 2 < top + ROOF_SHARE * (bottom - top)
    beside = (across <= BESIDE_GAP * height) & (down < 0)
    fit = near & one_digit & (stacked | roof | beside)
    fit[index] = False
    if not fit.any():
        return None
    distance = np.hypot(np.maximum(across, 0), np.maximum(down, 0))
    return int(np.argmin(np.where(fit, distance, np.inf)))


def merge(a: Component, b: Component) -> Component:
    """Return two components as one."""
    box = union([a.box, b.box])
    mask = np.zeros((round(box.height), round(box.width)), dtype=np.uint8)
    for part in (a, b):
        x, y = round(part.box.x - box.x), round(part.box.y - box.y)
        height, width = part.mask.shape
        mask[y : y + height, x : x + width] |= part.mask
    return Component(box, mask)


def cut(component: Component, height: float, options: SegmentOptions) -> list[Component]:
    """Return a component too wide for one digit in pieces, cut where least ink is crossed."""
    box = component.box
    own_height = max(height, box.height)
    slim = box.width <= options.widest * own_height  # most ink is: its loops need no look
    if slim or box.width <= widest_digit(component, options) * own_height:
        return [component]
    if not LOWEST_CUT * height <= box.height <= options.most_height * height:
        return [component]
    count = max(2, round(box.width / (options.usual_width * own_height)))
    columns = find_cuts(component.mask, count)
    edges = [0, *columns, component.mask.shape[1]]
    pieces = [_slice(component, left, right) for left, right in pairwise(edges)]
    return [piece for piece in pieces if piece is not None]


def widest_digit(component: Component, options: SegmentOptions) -> float:
    """Return how wide this ink may be and still be one digit, in digit heights.

    A loop over most of the width is a 0, however wide; two touching digits have two, or none so
    large.
    """
    contours, _ = cv2.findContours(255 - component.mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    width, height = round(component.box.width), round(component.box.height)
    for contour in contours:
        x, y, loop_width, loop_height = cv2.boundingRect(contour)
        enclosed = x > 0 and y > 0 and x + loop_width < width and y + loop_height < height
        wide, high = loop_width >= LOOP_SHARE * width, loop_height >= LOOP_HEIGHT_SHARE * height
        if enclosed and wide and high:
            return options.widest_loop
    return options.widest


def find_cuts(mask: Pixels, count: int) -> list[int]:
    """Return `count` - 1 columns, near even spacing, at which the least ink is crossed."""
    width = mask.shape[1]
    profile = (mask > 0).sum(axis=0).astype(np.float64)
    profile = np.convolve(profile, np.ones(3) / 3, mode="same")
    pitch = width / count
    columns = []
    for number in range(1, count):
        reach = np.arange(width)
        distance = np.abs(reach - number * pitch) / pitch
        cost = profile + OFF_PITCH_COST * mask.shape[0] * np.square(distance)
        cost[distance > FARTHEST_CUT] = np.inf
        columns.append(int(np.argmin(cost)))
    return columns


def _slice(component: Component, left: int, right: int) -> Component | None:
    mask = component.mask[:, left:right]
    rows = np.flatnonzero(mask.any(axis=1))
    columns = np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return None
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    first, last = int(columns[0]), int(columns[-1]) + 1
    box = Box(component.box.x + left + first, component.box.y + top, last - first, bottom - top)
    return Component(box, mask[top:bottom, first:last])


def is_plausible(box: Box, height: float, options: SegmentOptions) -> bool:
    """Tell whether a box has the size of a digit on this page."""
    tall = options.least_height * height <= box.height <= options.most_height * height
    return tall and box.width <= options.widest_loop * max(height, box.height)

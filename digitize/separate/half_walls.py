"""Combs with low walls: boxes that short strokes part in equals, standing on one foot.

Forms are often printed so, with a frame around them or open above. Each stroke looks like a 1; that
they stand at one pitch from end to end, and on the foot, no handwriting does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.geometry import intersection_over_union, window
from digitize.records import Box, Pixels
from digitize.separate.rules import Rule

FRAME = (1.0, 4.0)  # digit heights: a frame's own
OPEN = 1.6  # digit heights: so high is the room taken above a foot without a frame
LEAST_ASPECT = 2.0  # of a frame's width over its height
BOX_ASPECT = (0.4, 1.6)  # of a box's width over the frame's height
OFF = 0.1  # of the pitch: so far a stroke may stand from its place, either way
THIN = 0.2  # digit heights: no stroke of a frame is wider
FOOT = 0.3  # of the frame's height from its foot up: there the strokes are
INKED = 0.7  # of those rows: ink may break
STANDS = 0.06  # of the frame's height: so near the foot a stroke begins
FEWEST, SHARE = 2, 0.75  # strokes, and of all places where one belongs: some are lost under digits


def part_at_half_walls(
    cells: Sequence[Box], rows: Sequence[Rule], ink: Pixels, height: float
) -> tuple[tuple[Box, ...], Pixels]:
    """Return the cells, those with low walls as their boxes, and the ink of these walls.

    rows: the horizontal rules, above which such boxes may stand open. ink: the page's, of the same
    (height, width) as what is returned. height: of its digits, in pixels.
    """
    walls = np.zeros_like(ink)
    parted: list[Box] = []
    counts = [count_boxes(cell, ink, height) for cell in cells]
    has_low_walls = max(counts, default=1) > 1
    for cell, found in zip(cells, counts, strict=True):
        count = 2 if found == 1 and has_low_walls and has_two(cell, ink, height) else found
        parted += in_equals(cell, count)
        if count > 1:
            walls[window(cell)] |= strokes_at(cell, range(1, count), count, ink, height)
    for frame in open_frames(cells, rows, ink, height):
        count = count_boxes(frame, ink, height, is_open=True)
        if count > 1:
            parted += in_equals(frame, count)
            walls[window(frame)] |= strokes_at(frame, range(count + 1), count, ink, height)
    return tuple(parted), walls


def in_equals(frame: Box, count: int) -> list[Box]:
    """Return the boxes of a frame, from left to right."""
    pitch = frame.width / count
    return [replace(frame, x=frame.x + at * pitch, width=pitch) for at in range(count)]


def open_frames(
    cells: Sequence[Box], rows: Sequence[Rule], ink: Pixels, height: float
) -> list[Box]:
    """Return the room above each rule that is no cell's foot, as high as frames usually are."""
    frames = []
    for rule in rows:
        tall, foot = OPEN * height, float(np.min(rule.middles)) - rule.thickness / 2
        frame = Box(rule.start, foot - tall, rule.end - rule.start, tall)
        inside = foot >= tall and rule.end <= ink.shape[1]
        if inside and not any(intersection_over_union(frame, cell) > 0 for cell in cells):
            frames.append(frame)
    return frames


def count_boxes(frame: Box, ink: Pixels, height: float, *, is_open: bool = False) -> int:
    """Return how many boxes low walls make of a frame: the most that they bear out, 1 of none.

    Of an open one, walls stand at both ends too.
    """
    is_frame = FRAME[0] * height <= frame.height <= FRAME[1] * height
    if not is_frame or frame.width < LEAST_ASPECT * frame.height:
        return 1
    stands = find_standing(ink[window(frame)] > 0, height)
    most, least = (frame.width / (aspect * frame.height) for aspect in BOX_ASPECT)
    best, found = 1, FEWEST - 1
    for count in range(max(FEWEST + 1, int(np.ceil(least))), int(most) + 1):
        first, *inner, last = (
            bool(stands[left:right].any())
            for left, right in places(range(count + 1), frame.width / count)
        )
        hits = sum(inner)
        if hits > found and hits >= SHARE * len(inner) and (not is_open or (first and last)):
            best, found = count, hits
    return best


def has_two(frame: Box, ink: Pixels, height: float) -> bool:
    """Tell whether one low wall parts a frame in two: trusted where other frames have some."""
    is_frame = FRAME[0] * height <= frame.height <= FRAME[1] * height
    aspect = frame.width / 2 / frame.height
    if not is_frame or not BOX_ASPECT[0] <= aspect <= BOX_ASPECT[1]:
        return False
    stands = find_standing(ink[window(frame)] > 0, height)
    ((left, right),) = places(range(1, 2), frame.width / 2)
    return bool(stands[left:right].any())


def find_standing(ink: NDArray[np.bool_], height: float) -> NDArray[np.bool_]:
    """Tell which columns of a frame have a thin stroke that stands on its foot, (width,)."""
    tall = len(ink)
    low = ink[round((1 - FOOT) * tall) :]
    on_foot = ink[-max(1, round(STANDS * tall)) :].any(axis=0)
    stands = (low.mean(axis=0) >= INKED) & on_foot
    edges = np.flatnonzero(np.diff(np.concatenate([[0], stands.astype(np.int8), [0]])))
    for start, end in edges.reshape(-1, 2):
        if end - start > THIN * height:
            stands[start:end] = False
    return np.asarray(stands, dtype=np.bool_)


def places(walls: range, pitch: float) -> list[tuple[int, int]]:
    """Return the columns of a frame, from and to, where each of its walls belongs."""
    off = max(1.0, OFF * pitch)
    return [(max(0, round(at * pitch - off)), round(at * pitch + off) + 1) for at in walls]


def strokes_at(frame: Box, walls: range, count: int, ink: Pixels, height: float) -> Pixels:
    """Return the ink of a frame that lies where these of its low walls do, and nowhere else."""
    here = ink[window(frame)]
    is_place = np.zeros(here.shape[1], dtype=np.bool_)
    for left, right in places(walls, frame.width / count):
        is_place[left:right] = True
    amount, labels, statistics, _ = cv2.connectedComponentsWithStats(here, connectivity=8)
    is_wall = np.zeros(amount, dtype=np.bool_)
    for label in range(1, amount):
        left, width = statistics[label, cv2.CC_STAT_LEFT], statistics[label, cv2.CC_STAT_WIDTH]
        is_wall[label] = width <= THIN * height and is_place[left : left + width].all()
    return np.where(is_wall[labels], here, np.uint8(0)).astype(np.uint8)

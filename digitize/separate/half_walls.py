"""Combs with low walls: boxes that short strokes part in equals, standing on one foot.

Forms are often printed so, with a frame around them or open above. Each stroke looks like a 1; that
they are alike, and stand at one pitch from end to end, and on the foot, no handwriting does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.geometry import corners, window
from digitize.records import Box, Pixels
from digitize.separate.rules import Rule

FRAME = (1.0, 4.0)  # digit heights: a frame's own
OPEN = 1.6  # digit heights: so high is the room taken above a foot without a frame
BOX_ASPECT = (0.4, 1.6)  # of a box's width over the frame's height
OFF = 0.1  # of the pitch: so far a stroke may stand from its place, either way
THIN = 0.2  # digit heights: no stroke of a frame is wider
TALL = (0.2, 0.75)  # of the frame's height: white is left above its strokes
ALIKE = 0.12  # of the frame's height: so far is a stroke from the usual one at most
STANDS = 0.06  # of the frame's height: so near the foot a stroke begins
FEWEST_WITHIN, WRITTEN = 3, 0.5  # strokes in a part of a frame, and of the boxes they make: filled
RAGGED = 2  # pixels: printed strokes differ by so much, and stand so far from their places
EVEN = 0.04  # of the pitch: or so far
LEAST_END = 0.9  # of the pitch: room for a box before the first wall and behind the last
FEWEST, SHARE = 2, 0.75  # strokes, and of all places where one belongs: some are lost under digits
FOOT, INKED = 0.2, 0.7  # of the frame's height up from its foot, and of these rows: ink may break
CLEAR = 0.34  # of all places: so many strokes touch no digit
FEW = 3  # places: of so few, each has its stroke


@dataclass(frozen=True, slots=True)
class Stroke:
    """Thin ink that stands on the foot of a frame.

    left, right: columns of the frame's window. tall: of the frame's height. ink: (height, width)
    uint8, of these columns of that window.
    """

    left: int
    right: int
    tall: float
    ink: Pixels


@dataclass(frozen=True, slots=True)
class WalledComb:
    """A frame with the low walls that part it into so many boxes."""

    frame: Box
    count: int
    walls: tuple[Stroke, ...]
    whole: bool = True

    def boxes(self) -> tuple[Box, ...]:
        """Return the boxes, from left to right."""
        pitch = self.frame.width / self.count
        return tuple(
            replace(self.frame, x=self.frame.x + at * pitch, width=pitch)
            for at in range(self.count)
        )


def find_combs(
    cells: Sequence[Box], rows: Sequence[Rule], ink: Pixels, height: float
) -> tuple[list[Box], list[WalledComb]]:
    """Return the cells but those that are combs, and these; one may be a part of a cell.

    rows: the horizontal rules, above which such boxes may stand open. ink: the page's, (height,
    width) uint8. height: of its digits, in pixels.
    """
    combs = {at: comb for at, cell in enumerate(cells) if (comb := find_comb(cell, ink, height))}
    low = [wall.tall for comb in combs.values() if comb.whole for wall in comb.walls]
    if low:
        usual = median(low)
        pairs = {
            at: pair
            for at, cell in enumerate(cells)
            if at not in combs and (pair := find_pair(cell, ink, height, usual))
        }
        combs |= pairs
    opened = [
        comb
        for frame in open_frames(cells, rows, ink, height)
        if (comb := find_comb(frame, ink, height, is_open=True))
    ]
    left = [cell for at, cell in enumerate(cells) if at not in combs or not combs[at].whole]
    return left, [*combs.values(), *opened]


def draw_walls(combs: Sequence[WalledComb], shape: tuple[int, ...]) -> Pixels:
    """Return the ink of the combs' low walls, (height, width) uint8, 255 ink."""
    walls = np.zeros(shape, dtype=np.uint8)
    for comb in combs:
        for wall in comb.walls:
            walls[window(comb.frame)][:, wall.left : wall.right] |= wall.ink
    return walls


def open_frames(
    cells: Sequence[Box], rows: Sequence[Rule], ink: Pixels, height: float
) -> list[Box]:
    """Return the room above each rule that is no cell's foot, as high as frames usually are."""
    left, top, right, bottom = corners(cells).T
    frames = []
    for rule in rows:
        tall, foot = OPEN * height, float(np.min(rule.middles)) - rule.thickness / 2
        frame = Box(rule.start, foot - tall, rule.end - rule.start, tall)
        inside = tall <= foot <= ink.shape[0] and rule.start >= 0 and rule.end <= ink.shape[1]
        taken = (left < frame.right) & (right > frame.x) & (top < frame.bottom) & (bottom > frame.y)
        if inside and not taken.any():
            frames.append(frame)
    return frames


def find_comb(
    frame: Box, ink: Pixels, height: float, *, is_open: bool = False
) -> WalledComb | None:
    """Return the comb of the most boxes that low walls bear out in a frame; None where they do not.

    Of an open one, walls stand at both ends too.
    """
    least, most = counts_of(frame, height)
    if most <= FEWEST:
        return None
    here = ink[window(frame)]
    strokes = find_standing(here, height)
    low, on_foot = low_walls(strokes), inked_at_foot(here)
    best, found = None, FEWEST - 1
    for count in range(max(FEWEST + 1, least), most + 1):
        first, *inner, last = spans(count, frame.width)
        ends = at_places(strokes, (first, last)) if is_open else []
        walls = at_places(low, inner)
        hits = sum(bool(on_foot[left:right].any()) for left, right in inner)
        enough = len(inner) if len(inner) <= FEW else SHARE * len(inner)
        is_comb = hits >= enough and len(walls) >= max(FEWEST, CLEAR * len(inner))
        if is_comb and hits > found and len(ends) == 2 * is_open:
            best, found = WalledComb(frame, count, (*walls, *ends)), hits
    return best or find_comb_within(frame, low, here)


def find_comb_within(frame: Box, walls: Sequence[Stroke], ink: Pixels) -> WalledComb | None:
    """Return the comb that low walls make of a part of a frame, where they stand at one pitch.

    walls: all alike. ink: of the frame, (height, width) uint8. No end of the frame bears them out,
    so they must be as like as print is, with something written between them: 1s may stand on a foot
    too.
    """
    if len(walls) < FEWEST_WITHIN or not are_printed(walls):
        return None
    middles = np.sort([(wall.left + wall.right) / 2 for wall in walls])
    pitch = pitch_of(middles)
    if pitch is None or not BOX_ASPECT[0] <= pitch / frame.height <= BOX_ASPECT[1]:
        return None
    left = max(0, round(middles[0] - pitch))
    right = min(round(frame.width), round(middles[-1] + pitch))
    if middles[0] - left < LEAST_END * pitch or right - middles[-1] < LEAST_END * pitch:
        return None
    count = round((middles[-1] - middles[0]) / pitch) + 2
    part = ink[:, left:right]
    _, *inner, _ = places = spans(count, right - left)
    on_foot = inked_at_foot(part)
    hits = np.count_nonzero([on_foot[start:end].any() for start, end in inner])
    written = np.count_nonzero(
        [part[:, end:start].any() for (_, end), (start, _) in pairwise(places)]
    )
    if hits < SHARE * len(inner) or written < WRITTEN * count:
        return None
    within = replace(frame, x=frame.x + left, width=right - left)
    moved = (replace(wall, left=wall.left - left, right=wall.right - left) for wall in walls)
    return WalledComb(within, count, tuple(moved), whole=False)


def are_printed(walls: Sequence[Stroke]) -> bool:
    """Tell whether strokes are as wide and high as one another, but for a pixel or two."""
    wide = [wall.right - wall.left for wall in walls]
    tall = [wall.tall * len(wall.ink) for wall in walls]
    return max(wide) - min(wide) <= RAGGED and max(tall) - min(tall) <= RAGGED


def pitch_of(middles: NDArray[np.float64]) -> float | None:
    """Return the distance of which all between these places, from left to right, are multiples.

    None where there is none: walls that are lost under digits leave a multiple.
    """
    spaces = np.diff(middles)
    pitch = float(spaces.min())
    if pitch <= 0:
        return None
    steps = np.rint(spaces / pitch)
    pitch = float((middles[-1] - middles[0]) / steps.sum())
    is_even = (np.abs(spaces - steps * pitch) <= max(RAGGED, EVEN * pitch)).all()
    return pitch if is_even else None


def find_pair(frame: Box, ink: Pixels, height: float, usual: float) -> WalledComb | None:
    """Return the two boxes that one low wall makes of a frame, as high as others of the page are.

    usual: the height of a wall, of its frame's.
    """
    least, most = counts_of(frame, height)
    if not least <= 2 <= most:
        return None
    strokes = find_standing(ink[window(frame)], height)
    alike = [stroke for stroke in strokes if abs(stroke.tall - usual) <= ALIKE]
    _, middle, _ = spans(2, frame.width)
    walls = at_places(alike, [middle])
    return WalledComb(frame, 2, tuple(walls)) if walls else None


def counts_of(frame: Box, height: float) -> tuple[int, int]:
    """Return of how many boxes a frame of its size may be, at least and at most; 0 if of none."""
    if not FRAME[0] * height <= frame.height <= FRAME[1] * height:
        return 0, 0
    most, least = (frame.width / (aspect * frame.height) for aspect in BOX_ASPECT)
    return int(np.ceil(least)), int(most)


def find_standing(ink: Pixels, height: float) -> list[Stroke]:
    """Return the thin strokes that stand on the foot of a frame."""
    tall = len(ink)
    amount, labels, statistics, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    strokes = []
    for label in range(1, amount):
        left, top, width, own, _ = (int(value) for value in statistics[label])
        on_foot = top + own >= (1 - STANDS) * tall
        if on_foot and width <= THIN * height and own >= TALL[0] * tall:
            columns = np.s_[:, left : left + width]
            here = np.where(labels[columns] == label, ink[columns], np.uint8(0)).astype(np.uint8)
            strokes.append(Stroke(left, left + width, own / tall, here))
    return strokes


def low_walls(strokes: Sequence[Stroke]) -> list[Stroke]:
    """Return the strokes that have white above them and are much alike."""
    low = [stroke for stroke in strokes if stroke.tall <= TALL[1]]
    usual = median(stroke.tall for stroke in low) if low else 0.0
    return [stroke for stroke in low if abs(stroke.tall - usual) <= ALIKE]


def inked_at_foot(ink: Pixels) -> NDArray[np.bool_]:
    """Tell which columns of a frame have ink up from its foot: walls, with digits over them too."""
    tall = len(ink)
    low = ink[round((1 - FOOT) * tall) :] > 0
    standing = ink[-max(1, round(STANDS * tall)) :].any(axis=0)
    return np.asarray((low.mean(axis=0) >= INKED) & standing, dtype=np.bool_)


def spans(count: int, width: float) -> list[tuple[int, int]]:
    """Return the columns, from and to, at which the walls of so many boxes are, both ends too."""
    pitch = width / count
    off = max(2.0, OFF * pitch)
    return [
        (max(0, round(at * pitch - off)), round(at * pitch + off) + 1) for at in range(count + 1)
    ]


def at_places(strokes: Sequence[Stroke], places: Sequence[tuple[int, int]]) -> list[Stroke]:
    """Return the first stroke within each place that has one: columns, from and to."""
    found = (
        next((s for s in strokes if left <= s.left and s.right <= right), None)
        for left, right in places
    )
    return [stroke for stroke in found if stroke]

"""Lines, boxes, crosses, blobs and texture: what forms, pens and scanners leave among digits.

Every shape is drawn on a square of ink, 0 paper to 255, several times larger than the field, and
brought to MNIST's form as a glyph would be. A single upright or slanting line is not among them:
it is a 1.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.random import Generator

from digitize.normalise import normalise_ink
from digitize.records import Floats, Pixels

SIDE = 96  # pixels of the drawing
INK = 255
Point = tuple[float, float]


def draw_shapes(count: int, rng: Generator) -> Floats:
    """Return (count, 28, 28) shapes of all kinds in equal shares, 0 paper to 1 ink."""
    images = np.zeros((count, 28, 28), dtype=np.float32)
    for image in images:
        kind = SHAPES[int(rng.integers(len(SHAPES)))]
        image[:] = normalise_ink(kind(rng))
    return images


def draw_flat_line(rng: Generator) -> Pixels:
    """Return a line that lies: a dash, a rule, a bar; at times two of them."""
    width = _pen(rng)
    ink = _blank()
    for _ in range(1 + int(rng.random() < 0.25)):
        y, tilt = rng.uniform(0.3, 0.7), rng.uniform(-0.12, 0.12)
        reach = rng.uniform(0.2, 0.48)
        _stroke(ink, [(0.5 - reach, y - tilt), (0.5 + reach, y + tilt)], width)
    return ink


def draw_junction(rng: Generator) -> Pixels:
    """Return where rules meet: a corner, a T or a cross, seldom quite upright."""
    width, ink = _pen(rng), _blank()
    x, y = rng.uniform(0.15, 0.85, 2)
    arms = rng.permutation(4)[: int(rng.integers(2, 5))]
    if set(arms) == {0, 1}:
        arms = np.array([0, 1, 2])  # both upright arms alone would be a line
    turn = np.deg2rad(rng.uniform(-8, 8))
    for arm in arms:
        angle = turn + (np.pi / 2, -np.pi / 2, 0.0, np.pi)[int(arm)]
        reach = rng.uniform(0.3, 0.8)
        _stroke(ink, [(x, y), (x + reach * np.cos(angle), y + reach * np.sin(angle))], width)
    return ink


def draw_cross(rng: Generator) -> Pixels:
    """Return a cross or a star, as boxes are ticked and entries struck out."""
    width, ink = _pen(rng), _blank()
    start = rng.uniform(0, np.pi)
    for arm in range(int(rng.integers(2, 5))):
        angle = start + arm * np.pi / 2 + rng.uniform(-0.4, 0.4)
        x, y = 0.45 * np.cos(angle), 0.45 * np.sin(angle)
        _stroke(ink, [(0.5 - x, 0.5 - y), (0.5 + x, 0.5 + y)], width)
    return ink


def draw_tick(rng: Generator) -> Pixels:
    """Return a tick: a short stroke down and a long one up."""
    ink, low = _blank(), rng.uniform(0.3, 0.5)
    points = [(rng.uniform(0.05, 0.25), rng.uniform(0.5, 0.75)), (low, 0.92),
              (rng.uniform(0.75, 0.98), rng.uniform(0.05, 0.35))]  # fmt: skip
    _stroke(ink, points, _pen(rng))
    return ink


def draw_box(rng: Generator) -> Pixels:
    """Return a box or most of one, sharp-cornered, at times parted, at times with ink inside."""
    width, ink = _pen(rng), _blank()
    aspect = rng.uniform(0.6, 2.0)
    half_width, half_height = 0.45 * min(1, aspect), 0.45 * min(1, 1 / aspect)
    left, right, top, bottom = (
        0.5 - half_width,
        0.5 + half_width,
        0.5 - half_height,
        0.5 + half_height,
    )
    corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
    sides = 4 if rng.random() < 0.6 else 3
    start = int(rng.integers(4))
    for side in range(start, start + sides):
        _stroke(ink, [corners[side % 4], corners[side % 4 + 1]], width)
    if rng.random() < 0.3:
        across = rng.uniform(left, right)
        _stroke(ink, [(across, top), (across, bottom)], width)
    if rng.random() < 0.3:
        _stroke(ink, _wander(rng, 4), width)
    return ink


def draw_blob(rng: Generator) -> Pixels:
    """Return a blot: a closed, full, uneven outline; at times one with a small hole."""
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    reach = np.full(24, rng.uniform(0.2, 0.35))
    for wave in range(1, 5):
        reach += rng.normal(0, 0.05) * np.cos(wave * angles + rng.uniform(0, 2 * np.pi))
    squeeze = rng.uniform(0.35, 1.0)
    points = np.stack([0.5 + reach * np.cos(angles), 0.5 + squeeze * reach * np.sin(angles)], 1)
    ink = _blank()
    cv2.fillPoly(ink, [(points * SIDE).astype(np.int32)], INK, cv2.LINE_AA)
    if rng.random() < 0.2:
        place = tuple(int(v) for v in rng.uniform(0.4, 0.6, 2) * SIDE)
        cv2.circle(ink, place, int(rng.integers(3, 8)), 0, -1, cv2.LINE_AA)
    return ink


def draw_texture(rng: Generator) -> Pixels:
    """Return grain, stripes or hatching over a patch of any outline."""
    kind = int(rng.integers(3))
    if kind == 0:
        noise = rng.random((SIDE, SIDE)).astype(np.float32)
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), rng.uniform(1, 5)))
        ink = np.where(noise > np.quantile(noise, rng.uniform(0.4, 0.8)), INK, 0).astype(np.uint8)
    else:
        ink, step = _blank(), rng.uniform(0.12, 0.3)
        angle = rng.uniform(0, np.pi)
        for turn in [0.0] if kind == 1 else [0.0, np.pi / 2]:
            _stripes(ink, angle + turn, step, max(1, _pen(rng) // 2))
    outline = draw_blob(rng) if rng.random() < 0.5 else np.full_like(ink, INK)
    patch = np.minimum(ink, outline)
    return patch if patch.any() else outline


def draw_scribble(rng: Generator) -> Pixels:
    """Return a stroke that turns many times, as something is crossed out or signed."""
    ink = _blank()
    _stroke(ink, _wander(rng, int(rng.integers(6, 14))), _pen(rng))
    return ink


def draw_arrow(rng: Generator) -> Pixels:
    """Return an arrow to the side, or a bracket of two bends."""
    width, ink = _pen(rng), _blank()
    y, head = 0.5 + rng.uniform(-0.05, 0.05), rng.uniform(0.15, 0.3)
    tip = 0.92 if rng.random() < 0.5 else 0.08
    back = tip - np.sign(tip - 0.5) * head
    _stroke(ink, [(1 - tip, 0.5), (tip, y)], width)
    _stroke(ink, [(back, y - head * 0.8), (tip, y), (back, y + head * 0.8)], width)
    return ink


def draw_dots(rng: Generator) -> Pixels:
    """Return two to five dots: a colon, an ellipsis, specks."""
    ink = _blank()
    for _ in range(int(rng.integers(2, 6))):
        place = tuple(int(v) for v in rng.uniform(0.1, 0.9, 2) * SIDE)
        cv2.circle(ink, place, int(rng.integers(4, 12)), INK, -1, cv2.LINE_AA)
    return ink


SHAPES: tuple[Callable[[Generator], Pixels], ...] = (
    draw_flat_line, draw_junction, draw_cross, draw_tick, draw_box, draw_blob, draw_texture,
    draw_scribble, draw_arrow, draw_dots,
)  # fmt: skip


def _blank() -> Pixels:
    return np.zeros((SIDE, SIDE), dtype=np.uint8)


def _pen(rng: Generator) -> int:
    return int(rng.integers(2, 13))  # pixels of 96: half to three times a digit's usual stroke


def _stroke(ink: Pixels, points: list[Point], width: int) -> None:
    corners = (np.array(points) * SIDE).astype(np.int32)
    cv2.polylines(ink, [corners], False, INK, width, cv2.LINE_AA)


def _stripes(ink: Pixels, angle: float, step: float, width: int) -> None:
    along, across = (
        np.array([np.cos(angle), np.sin(angle)]),
        np.array([-np.sin(angle), np.cos(angle)]),
    )
    for offset in np.arange(-0.7, 0.7, step):
        middle = 0.5 + offset * across
        start, end = middle - 0.8 * along, middle + 0.8 * along
        _stroke(ink, [(start[0], start[1]), (end[0], end[1])], width)


def _wander(rng: Generator, turns: int) -> list[Point]:
    """Return a smooth path through so many random places."""
    knots = rng.uniform(0.08, 0.92, (turns, 2))
    at = np.linspace(0, turns - 1, 12 * turns)
    low = np.minimum(at.astype(int), turns - 2)
    share = at - low
    ease = (share * share * (3 - 2 * share))[:, None]
    path = knots[low] * (1 - ease) + knots[low + 1] * ease
    return [(float(x), float(y)) for x, y in path]

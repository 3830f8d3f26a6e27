"""Paper and what lies on it or under it: texture, security print, stains, holes, folds, a desk.

All of it is PAPER. Light is 1 where nothing changes and 0 where it is black, (side, side) float32.
"""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
from numpy.random import Generator

from digitize.records import Floats, Pixels
from digitize.train.inkpages.canvas import Canvas

PALEST_PATTERN, DARKEST_PATTERN = 0.03, 0.3  # of the paper's light that security print takes
WAVE = (5.0, 16.0)  # pixels from line to line of a guilloche


@cache
def plane(side: int) -> tuple[Floats, Floats]:
    """Return the x and y of every pixel, (side, side) float32."""
    y, x = np.mgrid[:side, :side].astype(np.float32)
    return x, y


def tint(canvas: Canvas, rng: Generator) -> None:
    """Give the sheet a colour that cleaning left: mostly hardly any, at times a strong one."""
    strength = 0.25 if rng.random() < 0.2 else 0.03
    level = 1 - strength * rng.uniform(0, 1, 3)
    canvas.tone(level.astype(np.float32) * np.float32(rng.uniform(0.95, 1.0)))


def clouds(canvas: Canvas, rng: Generator) -> None:
    """Let the light be a little uneven, as cleaning leaves it, and the paper grained."""
    side = canvas.side
    coarse = rng.normal(0, rng.uniform(0, 0.03), (4, 4)).astype(np.float32)
    light = np.asarray(1 + cv2.resize(coarse, (side, side), interpolation=cv2.INTER_CUBIC))
    if rng.random() < 0.4:
        size = int(side / rng.uniform(1.5, 5))
        grain = rng.standard_normal((size, size), dtype=np.float32)
        light = light + np.float32(rng.uniform(0.005, 0.03)) * cv2.resize(grain, (side, side))
    canvas.shade(light.astype(np.float32))


def security_print(canvas: Canvas, rng: Generator) -> None:
    """Cover the sheet, or a part of it, with waves, hatching or rosettes, pale and fine."""
    x, y = plane(canvas.side)
    cover = np.zeros_like(x)
    for _ in range(int(rng.integers(1, 4))):
        angle, step = rng.uniform(0, np.pi), rng.uniform(*WAVE)
        along = np.cos(angle) * x + np.sin(angle) * y
        across = np.cos(angle) * y - np.sin(angle) * x
        if rng.random() < 0.3:
            a, b = rng.uniform(-0.3, 1.3, 2) * canvas.side
            across = np.hypot(x - np.float32(a), y - np.float32(b))
        sway = rng.uniform(0, 1.5) * step * np.sin(along * rng.uniform(0.02, 0.25))
        wave = np.sin((across + sway) * np.float32(2 * np.pi / step))
        cover = np.maximum(cover, np.clip((wave - rng.uniform(0, 0.8)) * 2.5, 0, 1))
    if rng.random() < 0.25:
        edge = int(rng.uniform(0.2, 0.8) * canvas.side)
        cover[:, edge:] = 0
    strength = rng.uniform(PALEST_PATTERN, DARKEST_PATTERN) * rng.uniform(0.4, 1.0, 3)
    canvas.tone(1 - cover[:, :, None] * strength.astype(np.float32))


def shadow(canvas: Canvas, rng: Generator) -> None:
    """Lay a fold or the edge of a shadow across: darker on one side, fading on the other."""
    x, y = plane(canvas.side)
    angle = rng.uniform(0, 2 * np.pi)
    middle = canvas.side * rng.uniform(0.2, 0.8)
    away = (np.cos(angle) * (x - middle) + np.sin(angle) * (y - middle)).astype(np.float32)
    reach = np.float32(rng.uniform(2, 60))
    depth = np.float32(rng.uniform(0.05, 0.45))
    fading = np.exp(-np.abs(away) / np.where(away > 0, reach, np.float32(2)))
    canvas.shade(1 - depth * fading)


def stain(canvas: Canvas, rng: Generator) -> None:
    """Leave a stain, pale within and darker at its rim."""
    x, y = plane(canvas.side)
    a, b = rng.uniform(0, canvas.side, 2)
    reach = rng.uniform(8, 70)
    away = np.hypot(x - a, (y - b) * rng.uniform(0.6, 1.6)) / reach
    cover = np.where(away < 1, 0.4 + 0.6 * away**6, 0).astype(np.float32)
    strength = rng.uniform(0.03, 0.35) * rng.uniform(0.5, 1, 3)
    canvas.tone(1 - cover[:, :, None] * strength.astype(np.float32))


def hole(canvas: Canvas, rng: Generator) -> None:
    """Punch a hole: dark or pale, with a shadow at its rim."""
    centre = tuple(int(v) for v in rng.uniform(0, canvas.side, 2))
    radius = int(rng.integers(9, 26))
    mask = np.zeros(canvas.rank.shape, dtype=np.uint8)
    cv2.circle(mask, centre, radius, 255, -1, cv2.LINE_AA)
    _cover(canvas, mask, np.full_like(canvas.paint, rng.uniform(0, 235)))
    rim = np.zeros_like(mask)
    start = int(rng.integers(360))
    cv2.ellipse(rim, centre, (radius, radius), 0, start, start + 200, 255, 1, cv2.LINE_AA)
    canvas.shade(1 - rim * np.float32(0.5 / 255))


def desk(canvas: Canvas, rng: Generator) -> None:
    """Cover one side of the crop by what the sheet lies on: wood, cloth, or plain dark."""
    x, y = plane(canvas.side)
    angle, middle = rng.uniform(0, 2 * np.pi), canvas.side / 2
    if rng.random() < 0.7:
        angle = np.round(angle / (np.pi / 2)) * np.pi / 2 + rng.normal(0, 0.1)
    away = np.cos(angle) * (x - middle) + np.sin(angle) * (y - middle)
    away = away - rng.uniform(-0.45, 0.45) * canvas.side + rng.uniform(0, 3) * np.sin(y / 25)
    mask = (np.clip(away + 0.5, 0, 1) * 255).astype(np.uint8)
    _cover(canvas, mask, _ground(canvas.side, rng))
    edge = np.exp(-np.abs(away) / rng.uniform(0.7, 5)).astype(np.float32)
    canvas.shade(1 - np.float32(rng.uniform(0, 0.8)) * edge)


def margin(canvas: Canvas, rng: Generator) -> None:
    """Blacken an edge, as scanners leave beside a sheet that was too small."""
    wide = int(rng.integers(3, canvas.side // 3))
    mask = np.zeros(canvas.rank.shape, dtype=np.uint8)
    mask[:, :wide] = 255
    mask = np.rot90(mask, int(rng.integers(4)))
    _cover(canvas, mask, np.full_like(canvas.paint, rng.uniform(0, 110)))


def specks(canvas: Canvas, rng: Generator) -> None:
    """Strew dust: dots a pixel or a few across."""
    cover = np.zeros(canvas.rank.shape, dtype=np.uint8)
    for _ in range(int(rng.integers(3, 60))):
        centre = tuple(int(v) for v in rng.integers(0, canvas.side, 2))
        radius = 0 if rng.random() < 0.7 else int(rng.integers(1, 3))
        cv2.circle(cover, centre, radius, int(rng.integers(60, 255)), -1, cv2.LINE_AA)
    canvas.shade(1 - cover * np.float32(rng.uniform(0.2, 0.9) / 255))


def _ground(side: int, rng: Generator) -> Floats:
    """Return a desk as cleaning leaves it, (side, side, 3): grain at full contrast."""
    kind = rng.random()
    if kind < 0.2:
        level = np.full((side, side), rng.uniform(0, 255), dtype=np.float32)
    elif kind < 0.3:
        noise = rng.standard_normal((side, side), dtype=np.float32)
        level = np.float32(rng.uniform(90, 255)) + np.float32(rng.uniform(5, 60)) * noise
    else:
        level = _wood(side, rng)
    colour = 1 - rng.uniform(0, 0.3, 3) if rng.random() < 0.5 else np.ones(3)
    return np.clip(level[:, :, None] * colour, 0, 255).astype(np.float32)


def _wood(side: int, rng: Generator) -> Floats:
    """Return streaks along the grain, (side, side), coarse and fine, that bend a little."""
    x, y = plane(side)
    angle, bend = rng.uniform(0, np.pi), rng.uniform(0, 12)
    along = np.cos(angle) * x + np.sin(angle) * y
    across = np.cos(angle) * y - np.sin(angle) * x
    across = across + bend * np.sin(along * rng.uniform(0.005, 0.03) + rng.uniform(0, 6))
    level = np.full((side, side), rng.uniform(150, 250), dtype=np.float32)
    strength = rng.uniform(15, 70)
    for wide, long in ((rng.uniform(2, 6), rng.uniform(30, 120)), (1.0, rng.uniform(5, 30))):
        noise = rng.standard_normal((256, 256), dtype=np.float32)
        u, v = (along / long % 250).astype(np.float32), (across / wide % 250).astype(np.float32)
        level += np.float32(strength) * cv2.remap(noise, u, v, cv2.INTER_LINEAR)
    return level


def _cover(canvas: Canvas, mask: Pixels, ground: Floats) -> None:
    """Put `ground` over the sheet where mask is 255; it is PAPER there, whatever was drawn."""
    share = mask[:, :, None] * np.float32(1 / 255)
    canvas.paint[:] = canvas.paint * (1 - share) + ground * share
    canvas.rank[mask > 127] = 0

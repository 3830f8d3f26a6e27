"""How a sheet becomes a picture: scanned, photographed, turned; and its truth."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.random import Generator

from digitize.records import Floats
from digitize.train.compose.stationery import WHITE
from digitize.train.compose.wear import WEARS, Homography, WornPage, add_noise, as_jpeg
from digitize.train.inkpages import paper
from drawn_sheets.sheet import Sheet, TrueDigit, TrueNumber

PAPERS = (*WHITE, *WHITE, (250, 243, 205))
SHARES = {"scan": 0.47, "photo": 0.25, "low-resolution": 0.08, "table": 0.2}
PHOTOS = {"photo": 0.5, "table": 0.5}
WITHIN = {"photo": (-0.03, 0.0), "table": (0.02, 0.08)}
"""How sheets are taken, and how far their corners lie within a photograph, in its sides."""
SEEN_THROUGH, THROUGH = 0.2, (0.03, 0.1)  # of sheets: their back is seen; of its contrast
TURN = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])  # to the left


def capture(sheet: Sheet, rng: Generator, *, photo: bool, turns: int) -> tuple[WornPage, str]:
    """Return the sheet as it was sent, turned to the left so often, and how it was taken."""
    shares = PHOTOS if photo else SHARES
    wear = str(rng.choice(list(shares), p=list(shares.values())))
    lay_paper(sheet, rng)
    dpi = 25.4 * sheet.scale
    if wear in WITHIN:
        worn = photograph(sheet.picture(), dpi, rng, WITHIN[wear])
    else:
        worn = WEARS[wear](sheet.picture(), dpi, rng)
    for _ in range(turns):
        shift = np.array([[1, 0, 0], [0, 1, worn.pixels.shape[1] - 1], [0, 0, 1]], dtype=np.float64)
        worn = WornPage(np.rot90(worn.pixels).copy(), shift @ TURN @ worn.moved)
    return worn, wear


def lay_paper(sheet: Sheet, rng: Generator) -> None:
    """Put what was drawn on paper: tinted, grained, at times stained or seen from behind."""
    canvas, back = sheet.canvas, sheet.picture()[:, ::-1].mean(axis=2) / 255
    if rng.random() < SEEN_THROUGH:
        seen = 1 - rng.uniform(*THROUGH) * (1 - cv2.GaussianBlur(back, (0, 0), 0.25 * sheet.scale))
        sheet.picture()[:] *= seen[:, :, None].astype(np.float32)
    canvas.tone(
        np.array(PAPERS[int(rng.integers(len(PAPERS)))], dtype=np.float32) / np.float32(255)
    )
    paper.clouds(canvas, rng)
    for spoil, share in ((paper.stain, 0.05), (paper.specks, 0.2), (paper.shadow, 0.15)):
        if rng.random() < share:
            spoil(canvas, rng)


def photograph(page: Floats, dpi: float, rng: Generator, within: tuple[float, float]) -> WornPage:
    """Return the page as a telephone takes it from above, its corners so far within the picture.

    page: (height, width, 3) float32, 0 to 255; the picture keeps its size. within: shares of its
    sides; where they are below 0, the corners lie outside.
    """
    height, width = page.shape[:2]
    frame = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    inward = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]]) * rng.uniform(*within, (4, 2))
    corners = (frame + inward * (width, height)).astype(np.float32)
    moved: Homography = np.asarray(cv2.getPerspectiveTransform(frame, corners), dtype=np.float64)
    sheet, cover = (
        cv2.warpPerspective(layer, moved, (width, height), flags=cv2.INTER_LINEAR)
        for layer in (page, np.ones((height, width), dtype=np.float32))
    )
    dark = np.roll(cv2.GaussianBlur(cover, (0, 0), 0.006 * width), round(0.004 * width), (0, 1))
    ground = table_top(height, width, rng) * (1 - 0.5 * dark[:, :, None])
    seen = sheet + ground * (1 - cover[:, :, None])
    soft = cv2.GaussianBlur(seen, (0, 0), rng.uniform(0.4, 0.8) * dpi / 150)
    lit = soft * (lamp(height, width, rng) * hand_shadow(height, width, rng))[:, :, None]
    warm = np.array([1.0, rng.uniform(0.95, 1), rng.uniform(0.86, 1)], dtype=np.float32)
    noisy = add_noise(np.asarray(lit * warm, dtype=np.float32), rng.uniform(1.5, 5), rng)
    return WornPage(as_jpeg(noisy, int(rng.integers(65, 92))), moved)


def table_top(height: int, width: int, rng: Generator) -> Floats:
    """Return wood, (height, width, 3) float32, 0 to 255: streaks along the picture or across."""
    upright = rng.random() < 0.5
    level = np.full((height, width), rng.uniform(30, 190), dtype=np.float32)
    for long, wide in ((400, 24), (200, 7), (90, 3)):
        across, down = (wide, long) if upright else (long, wide)
        noise = rng.standard_normal((height // down + 2, width // across + 2), dtype=np.float32)
        noise *= np.float32(rng.uniform(2, 9))
        level += cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    colour = np.array([1.0, rng.uniform(0.7, 1), rng.uniform(0.45, 1)], dtype=np.float32)
    return np.asarray(np.clip(level, 5, 255)[:, :, None] * colour, dtype=np.float32)


def lamp(height: int, width: int, rng: Generator) -> Floats:
    """Return the light on a table, (height, width) float32, 1 or less: it falls off to a side."""
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    away = np.float32(np.cos(angle)) * x + np.float32(np.sin(angle)) * y
    fallen = rng.uniform(0, 0.22) * (1 + away) / 2 + rng.uniform(0, 0.12) * (x * x + y * y)
    return np.asarray(rng.uniform(0.8, 1.05) * (1 - fallen), dtype=np.float32)


def hand_shadow(height: int, width: int, rng: Generator) -> Floats:
    """Return the shadow of who holds the telephone, (height, width), 1 where none falls."""
    mask = np.zeros((height // 8, width // 8), dtype=np.float32)
    centre = (int(rng.uniform(0, width) / 8), int(rng.choice([0, height]) / 8))
    across, down = (int(reach * height / 8) for reach in rng.uniform(0.2, 0.5, 2))
    depth = float(rng.choice([0.0, rng.uniform(0.05, 0.3)]))
    cv2.ellipse(mask, centre, (across, down), 0, 0, 360, depth, -1)
    soft = cv2.GaussianBlur(mask, (0, 0), rng.uniform(4, 20))
    return np.asarray(1 - cv2.resize(soft, (width, height)), dtype=np.float32)


def moved_to(numbers: list[TrueNumber], moved: Homography) -> list[TrueNumber]:
    """Return the numbers where a (3, 3) map of the plane takes them."""
    return [
        replace(number, digits=tuple(map_digit(digit, moved) for digit in number.digits))
        for number in numbers
    ]


def map_digit(digit: TrueDigit, moved: Homography) -> TrueDigit:
    """Return a digit where a map takes it."""
    return replace(digit, outline=cv2.perspectiveTransform(digit.outline[None], moved)[0])

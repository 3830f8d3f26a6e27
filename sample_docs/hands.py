"""Hands: writers who each shape digits in their own way, and never twice the same.

Two kinds: StrokeHand moves a pen along perturbed strokes, FontHand bends the digits of a
handwriting font. Both draw at four times the size and reduce, so that edges are as soft as a
scanner's.
"""

from __future__ import annotations

import statistics
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Protocol

import cv2
import numpy as np
from allographs import ALLOGRAPHS, Point, parsed_strokes
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

FONTS = Path(__file__).parent / "fonts"
OVERSAMPLING = 4
TURN_DEGREES = 4.0
SCALE_SPREAD = 0.08
HABIT = 0.85  # how often a writer keeps to the usual way of shaping a digit
SAMPLES_PER_RUN = 48
FAINTEST_INK = 40  # of 255; a fainter rim is no part of a digit's box


class Hand(Protocol):
    """Someone who can write a digit."""

    name: str
    climb: float

    def draw(self, digit: int, height: float, rng: Random) -> NDArray[np.uint8]:
        """Ink of one digit, (height, width) uint8, 0 paper to 255 ink, cropped to its ink."""
        ...


@dataclass(frozen=True)
class StrokeHand:
    """A writer with a pen; lengths are in digit heights.

    habits: the usual way of each digit, else the first. slant: rightward lean of the top.
    aspect: width against the grid's. pen: its width. pressure: how much the width swells and thins.
    wobble: how far points stray. climb: how far each digit strays from the baseline.
    """

    name: str
    habits: dict[int, str] = field(default_factory=dict)
    slant: float = 0.1
    aspect: float = 1.0
    pen: float = 0.09
    pressure: float = 0.15
    wobble: float = 0.018
    climb: float = 0.04

    def draw(self, digit: int, height: float, rng: Random) -> NDArray[np.uint8]:
        """Ink of one digit, (height, width) uint8, 0 paper to 255 ink, cropped to its ink."""
        usual = self.habits.get(digit, next(iter(ALLOGRAPHS[digit])))
        way = usual if rng.random() < HABIT else rng.choice(sorted(ALLOGRAPHS[digit]))
        size = OVERSAMPLING * height * rng.uniform(1 - SCALE_SPREAD, 1 + SCALE_SPREAD)
        width = self.aspect * rng.uniform(1 - SCALE_SPREAD, 1 + SCALE_SPREAD)
        turn = np.radians(rng.uniform(-TURN_DEGREES, TURN_DEGREES))
        rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
        shape = rotation @ np.array([[width, -self.slant], [0.0, 1.0]])
        canvas = np.zeros((int(2 * size), int(2 * size)), np.uint8)
        strayed: dict[Point, NDArray[np.float64]] = {}
        for stroke in parsed_strokes(digit, way):
            runs = []
            for run in stroke:
                for x, y in run:
                    if (x, y) not in strayed:
                        stray = np.array([rng.gauss(0, self.wobble), rng.gauss(0, self.wobble)])
                        strayed[x, y] = np.array([x / 100 - 0.3, y / 100 - 0.5]) + stray
                runs.append(smooth_curve([shape @ strayed[point] for point in run]))
            path = np.concatenate(runs) * size + size
            _ink_path(canvas, path, self._pen_radii(len(path), size, rng))
        return _reduced(canvas)

    def _pen_radii(self, count: int, size: float, rng: Random) -> NDArray[np.float64]:
        """Vary the pen's radius along a stroke: swelling once or twice, lifting at the end."""
        along = np.linspace(0, 1, count)
        swell = np.sin(2 * np.pi * (rng.uniform(0.5, 1.3) * along + rng.random()))
        lift = np.clip((1 - along) / 0.15, 0, 1) * 0.25 + 0.75
        return size * self.pen / 2 * (1 + self.pressure * swell) * lift


@dataclass(frozen=True)
class FontHand:
    """A writer whose digits are those of a handwriting font, bent a little each time.

    font: its file in fonts/. size: against the height asked for. shear: extra rightward lean.
    bend: how far parts of a digit stray, climb: how far each digit strays from the baseline, both
    in digit heights.
    """

    name: str
    font: str
    size: float = 1.0
    shear: float = 0.0
    bend: float = 0.02
    climb: float = 0.04

    def draw(self, digit: int, height: float, rng: Random) -> NDArray[np.uint8]:
        """Ink of one digit, (height, width) uint8, 0 paper to 255 ink, cropped to its ink."""
        size = OVERSAMPLING * height * self.size
        font = _sized_font(self.font, int(size))
        left, top, right, bottom = font.getbbox(str(digit))
        side = int(2.5 * size)
        image = Image.new("L", (side, side), 0)
        at = ((side - left - right) / 2, (side - top - bottom) / 2)
        ImageDraw.Draw(image).text(at, str(digit), font=font, fill=255)
        return _reduced(self._bent(np.asarray(image), size, rng))

    def _bent(self, ink: NDArray[np.uint8], size: float, rng: Random) -> NDArray[np.uint8]:
        side = ink.shape[0]
        turn = cv2.getRotationMatrix2D(
            (side / 2, side / 2),
            rng.uniform(-TURN_DEGREES, TURN_DEGREES),
            rng.uniform(1 - SCALE_SPREAD, 1 + SCALE_SPREAD),
        )
        lean = np.array([[1, -self.shear - rng.gauss(0, 0.03), 0], [0, 1, 0], [0, 0, 1]])
        lean[0, 2] = -lean[0, 1] * side / 2
        matrix = (turn @ lean).astype(np.float32)
        rows, columns = np.mgrid[0:side, 0:side].astype(np.float32)
        ink = cv2.warpAffine(ink, matrix, (side, side))
        return cv2.remap(
            ink,
            columns + self._strays(side, size, rng),
            rows + self._strays(side, size, rng),
            cv2.INTER_LINEAR,
        )

    def _strays(self, side: int, size: float, rng: Random) -> NDArray[np.float32]:
        """Draw a smooth field of displacements, (side, side) float32 pixels."""
        coarse = [[rng.gauss(0, self.bend * size) for _ in range(8)] for _ in range(8)]
        return cv2.resize(np.array(coarse, np.float32), (side, side), interpolation=cv2.INTER_CUBIC)


@lru_cache(maxsize=256)
def _sized_font(name: str, height: int) -> ImageFont.FreeTypeFont:
    """Open the font at the size where its middling digit is `height` pixels high."""
    trial = ImageFont.truetype(FONTS / name, 200)
    boxes = [trial.getbbox(str(digit)) for digit in range(10)]
    middling = statistics.median(bottom - top for _, top, _, bottom in boxes)
    return ImageFont.truetype(FONTS / name, 200 * height / middling)


def smooth_curve(points: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Draw a Catmull-Rom curve through the points, (samples, 2) float64."""
    if len(points) == 2:
        return np.linspace(points[0], points[1], SAMPLES_PER_RUN)
    ends = [2 * points[0] - points[1], *points, 2 * points[-1] - points[-2]]
    t = np.linspace(0, 1, SAMPLES_PER_RUN // 2, endpoint=False)[:, None]
    pieces = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        pieces.append(
            b + t * (c - a) / 2 + t**2 * (2 * a - 5 * b + 4 * c - d) / 2
            + t**3 * (3 * b - a - 3 * c + d) / 2
        )  # fmt: skip
    return np.concatenate([*pieces, points[-1][None]])


def _ink_path(
    canvas: NDArray[np.uint8], path: NDArray[np.float64], radii: NDArray[np.float64]
) -> None:
    shift = 4  # OpenCV draws to 1/16 pixel
    for (x, y), radius in zip(path * 2**shift, radii * 2**shift, strict=True):
        cv2.circle(canvas, (round(x), round(y)), round(radius), 255, -1, cv2.LINE_AA, shift)


def _reduced(canvas: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = (side // OVERSAMPLING for side in canvas.shape)
    canvas = canvas[: height * OVERSAMPLING, : width * OVERSAMPLING]
    small = cv2.resize(canvas, (width, height), interpolation=cv2.INTER_AREA)
    x, y, width, height = cv2.boundingRect((small >= FAINTEST_INK).astype(np.uint8))
    return small[y : y + height, x : x + width]


HANDS: dict[str, Hand] = {
    hand.name: hand
    for hand in (
        StrokeHand("clerk", {1: "flag", 7: "barred", 4: "closed"}, slant=0.22, aspect=0.92),
        StrokeHand(
            "teacher",
            {0: "round", 1: "bar", 2: "looped", 4: "open", 9: "curved", 8: "crossed"},
            slant=0.05, aspect=1.08, pen=0.075, wobble=0.022,
        ),
        StrokeHand(
            "pupil",
            {1: "based", 3: "smooth", 4: "cupped", 5: "loose", 6: "straight", 8: "stacked"},
            slant=-0.06, aspect=1.12, pen=0.105, wobble=0.028, climb=0.06,
        ),
        StrokeHand(
            "engineer",
            {0: "egg", 3: "flat", 5: "single", 7: "hooked", 9: "slanted", 6: "hooked"},
            slant=0.14, aspect=0.8, pen=0.07, pressure=0.05, wobble=0.012, climb=0.025,
        ),
        StrokeHand(
            "hasty",
            {1: "bar", 2: "waved", 4: "open", 5: "single", 7: "barred", 9: "slanted"},
            slant=0.32, aspect=1.0, pen=0.085, pressure=0.3, wobble=0.03, climb=0.07,
        ),
        StrokeHand(
            "marker",
            {0: "round", 1: "flag", 2: "plain", 4: "closed", 6: "straight", 9: "stem"},
            slant=0.0, aspect=1.05, pen=0.135, pressure=0.1, wobble=0.018,
        ),
        FontHand("caveat", "scribe-1.ttf"),
        FontHand("kalam", "scribe-2.ttf", shear=-0.05),
        FontHand("nanum", "scribe-3.ttf", size=1.25, shear=0.05, bend=0.025),
        FontHand("patrick", "scribe-4.ttf", shear=0.08),
        FontHand("shadows", "scribe-5.ttf", bend=0.025),
    )
}  # fmt: skip

"""Digits written with a round pen, which people and all models take for handwritten ones."""

from __future__ import annotations

import cv2
import numpy as np

from digitize.records import Box, Pixels

BLACK = (25, 25, 25)

# Points (x, y) of each pen stroke, in hundredths of the digit's height, origin top-left.
STROKES: dict[str, list[list[tuple[int, int]]]] = {
    "0": [[(30, 0), (8, 20), (0, 50), (8, 80), (30, 100), (52, 80), (60, 50), (52, 20), (30, 0)]],
    "1": [[(5, 0), (5, 100)]],
    "2": [[(2, 20), (15, 3), (40, 0), (56, 15), (54, 38), (0, 100), (60, 100)]],
    "3": [[(2, 8), (30, 0), (52, 15), (50, 35), (25, 48), (55, 62), (58, 82), (32, 100), (0, 92)]],
    "4": [[(20, 0), (0, 55), (60, 55)], [(44, 25), (44, 100)]],
    "5": [[(58, 0), (8, 0), (4, 45), (35, 40), (58, 58), (56, 82), (32, 100), (0, 94)]],
    "6": [[(50, 0), (20, 22), (2, 60), (10, 90), (32, 100), (56, 88), (56, 65), (32, 54), (4, 66)]],
    "7": [[(0, 0), (58, 0), (24, 100)]],
    "8": [
        [(30, 0), (8, 14), (12, 38), (30, 47), (48, 38), (52, 14), (30, 0)],
        [(30, 47), (4, 62), (4, 88), (30, 100), (56, 88), (56, 62), (30, 47)],
    ],
    "9": [[(56, 28), (40, 4), (14, 4), (0, 24), (10, 46), (36, 48), (56, 28), (48, 100)]],
}


def write_digits(
    pixels: Pixels,
    text: str,
    x: float,
    y: float,
    height: int = 40,
    pen: int = 4,
    space: float = 0.25,
    colour: tuple[int, int, int] = BLACK,
) -> list[Box]:
    """Write digits `space` digit heights apart from (x, y) on, and return where each lies."""
    left, drawn = float(x), []
    for character in text:
        points = [np.array(stroke) * height / 100 + (left, y) for stroke in STROKES[character]]
        for stroke in points:
            cv2.polylines(pixels, [np.rint(stroke).astype(np.int32)], False, colour, pen)
        every = np.vstack(points)
        (first, top), (last, bottom) = every.min(axis=0).tolist(), every.max(axis=0).tolist()
        half = pen / 2
        drawn.append(Box(first - half, top - half, last - first + pen, bottom - top + pen))
        left += max(last - first, 0.1 * height) + space * height
    return drawn

"""The closed cells between rules."""

from __future__ import annotations

import cv2
import numpy as np

from digitize.records import Box, Pixels
from digitize.separate.rules import Rule, transposed

CORNER = 0.25  # digit heights by which rules are lengthened, for corners to close
LEAST_CELL, TALLEST_CELL = 0.6, 20.0  # digit heights: a box for a small digit, a column
CELL_FILL = 0.8  # of its bounding box that a cell fills; other gaps between rules fill less


def find_cells(
    rows: list[Rule], columns: list[Rule], shape: tuple[int, ...], height: float
) -> tuple[Box, ...]:
    """Return the closed, nearly rectangular cells between rules, larger than a small digit."""
    walls = np.zeros(shape[:2], dtype=np.uint8)
    reach = round(CORNER * height)
    for rule in rows:
        _draw(walls, rule, reach)
    upright = np.zeros(shape[1::-1], dtype=np.uint8)
    for rule in columns:
        _draw(upright, rule, reach)
    walls |= transposed(upright)
    count, _, statistics, _ = cv2.connectedComponentsWithStats(255 - walls, connectivity=4)
    cells = []
    for label in range(1, count):
        x, y, width, tall, area = (int(value) for value in statistics[label])
        inside = x > 0 and y > 0 and x + width < shape[1] and y + tall < shape[0]
        large = min(width, tall) >= LEAST_CELL * height and tall <= TALLEST_CELL * height
        if inside and large and area >= CELL_FILL * width * tall:
            cells.append(Box(x, y, width, tall))
    return tuple(cells)


def _draw(walls: Pixels, rule: Rule, reach: int) -> None:
    points = np.stack([np.arange(rule.start, rule.end), rule.middles], axis=1)
    ends = points[[0, -1]] + [[-reach, 0], [reach, 0]]
    line = np.vstack([ends[:1], points, ends[1:]]).round().astype(np.int32)
    cv2.polylines(walls, [line.reshape(-1, 1, 2)], False, 255, max(1, round(rule.thickness)))

"""The closed cells between rules."""

from __future__ import annotations

import cv2
import numpy as np

from digitize.records import Box, Pixels
from digitize.separate.parts import holes_of
from digitize.separate.rules import Rule, transposed

CORNER = 0.25  # digit heights by which rules are lengthened, for corners to close
LEAST_CELL, TALLEST_CELL = 0.6, 20.0  # digit heights: a box for a small digit, a column
WALL = 0.12  # digit heights: so far beside a cell's white its walls' ink may begin
LEAST_WALL = 0.25  # of a side's length: less ink, and the rules beside it were only thought longer
CELL_FILL = 0.8  # of its bounding box that a cell fills; other gaps between rules fill less


def find_cells(
    rows: list[Rule], columns: list[Rule], ink: Pixels, height: float
) -> tuple[Box, ...]:
    """Return the closed, nearly rectangular cells between rules, larger than a small digit.

    ink: the page's, by which each side of a cell is seen to be there: a rule is thought to go on
    across gaps, and what lies between two boxes on one line is no cell.
    """
    shape = ink.shape
    walls = np.zeros(shape[:2], dtype=np.uint8)
    reach = round(CORNER * height)
    for rule in rows:
        _draw(walls, rule, reach)
    upright = np.zeros(shape[1::-1], dtype=np.uint8)
    for rule in columns:
        _draw(upright, rule, reach)
    walls |= transposed(upright)
    cells = [
        Box(x, y, width, tall)
        for x, y, width, tall in holes_of(walls)
        if min(width, tall) >= LEAST_CELL * height
        and tall <= TALLEST_CELL * height
        and fills_its_box(walls[y : y + tall, x : x + width])
    ]
    return tuple(cell for cell in cells if has_walls(cell, ink, height))


def fills_its_box(walls: Pixels) -> bool:
    """Tell whether the white between the walls in a hole's bounding box is one and fills it."""
    _, _, statistics, _ = cv2.connectedComponentsWithStats(255 - walls, connectivity=4)
    return bool(statistics[1:, cv2.CC_STAT_AREA].max(initial=0) >= CELL_FILL * walls.size)


def has_walls(cell: Box, ink: Pixels, height: float) -> bool:
    """Tell whether there is ink along all four sides of a cell."""
    reach = max(3, round(WALL * height))
    x, y, right, bottom = (round(side) for side in (cell.x, cell.y, cell.right, cell.bottom))
    outer, above = max(0, x - reach), max(0, y - reach)
    sides = (
        ink[above:y, x:right].any(axis=0), ink[bottom : bottom + reach, x:right].any(axis=0),
        ink[y:bottom, outer:x].any(axis=1), ink[y:bottom, right : right + reach].any(axis=1),
    )  # fmt: skip
    return all(float(side.mean()) >= LEAST_WALL for side in sides)


def _draw(walls: Pixels, rule: Rule, reach: int) -> None:
    points = np.stack([np.arange(rule.start, rule.end), rule.middles], axis=1)
    ends = points[[0, -1]] + [[-reach, 0], [reach, 0]]
    line = np.vstack([ends[:1], points, ends[1:]]).round().astype(np.int32)
    cv2.polylines(walls, [line.reshape(-1, 1, 2)], False, 255, max(1, round(rule.thickness)))

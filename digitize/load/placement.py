"""Where a picture lies on a displayed PDF page: arithmetic only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Rect: TypeAlias = tuple[float, float, float, float]
Window: TypeAlias = tuple[int, int, int, int]

EDGE_POINTS = 1.0  # a scan may miss the page's edge by this many points,
EDGE_SHARE = 0.01  # or by this share of the page's side
_STRAIGHT = 5e-4  # largest slant of an upright picture: under 2 pixels over A4 at 300 dpi


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as displayed: its crop box (left, bottom, right, top) in points, turned clockwise.

    rotation: 0, 90, 180 or 270 degrees.
    """

    crop: Rect
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        """The displayed (width, height) in points."""
        left, bottom, right, top = self.crop
        upright = (right - left, top - bottom)
        return upright if self.rotation % 180 == 0 else upright[::-1]

    def displayed(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point of the page is seen: points from the displayed top-left corner."""
        left, bottom, right, top = self.crop
        return {
            0: (x - left, top - y),
            90: (y - bottom, x - left),
            180: (right - x, y - bottom),
            270: (top - y, right - x),
        }[self.rotation]


@dataclass(frozen=True, slots=True)
class Placement:
    """How a picture's pixels come to lie on the displayed page.

    First transposed (rows become columns), then mirrored (left to right), then flipped (top to
    bottom). box: (left, top, right, bottom), points from the displayed top-left corner.
    """

    transposed: bool
    mirrored: bool
    flipped: bool
    box: Rect

    def covers(self, width: float, height: float) -> bool:
        """Tell whether the picture fills a page of `width` x `height` points, all but a hair."""
        left, top, right, bottom = self.box
        across = max(EDGE_POINTS, EDGE_SHARE * width)
        down = max(EDGE_POINTS, EDGE_SHARE * height)
        return (
            left <= across and right >= width - across and top <= down and bottom >= height - down
        )

    def pixels_per_point(self, columns: int, rows: int) -> tuple[float, float]:
        """Return the scale (across, down) for a picture of this displayed size in pixels."""
        left, top, right, bottom = self.box
        return columns / (right - left), rows / (bottom - top)

    def window(self, columns: int, rows: int, size: tuple[float, float]) -> Window:
        """Return the page of `size` points as (left, top, right, bottom) in displayed pixels.

        Negative, or more than the picture has, where the picture misses the page's edge.
        """
        across, down = self.pixels_per_point(columns, rows)
        left, top = -self.box[0] * across, -self.box[1] * down
        right, bottom = left + size[0] * across, top + size[1] * down
        return round(left), round(top), round(right), round(bottom)


def place(matrix: Matrix, sheet: Sheet) -> Placement | None:
    """Return how a picture drawn with `matrix` (PDF's a b c d e f) is seen; None if not upright."""
    a, b, c, d, e, f = matrix
    corner = sheet.displayed(c + e, d + f)  # the picture's first pixel is at (0, 1) of its square
    row_end = sheet.displayed(a + c + e, b + d + f)
    column_end = sheet.displayed(e, f)
    along_row = (row_end[0] - corner[0], row_end[1] - corner[1])
    along_column = (column_end[0] - corner[0], column_end[1] - corner[1])
    transposed = abs(along_row[0]) < abs(along_row[1])
    across, down = (along_column, along_row) if transposed else (along_row, along_column)
    slant = max(abs(across[1]), abs(down[0]))
    if slant > _STRAIGHT * min(abs(across[0]), abs(down[1])) or not (across[0] and down[1]):
        return None
    x, y = corner[0] + across[0], corner[1] + down[1]
    box = (min(x, corner[0]), min(y, corner[1]), max(x, corner[0]), max(y, corner[1]))
    return Placement(transposed, mirrored=across[0] < 0, flipped=down[1] < 0, box=box)

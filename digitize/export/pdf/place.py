"""Where a pixel of a page lies in its PDF: matrices, no PDF library.

A matrix (a, b, c, d, e, f) maps (x, y) to (a x + c y + e, b x + d y + f), as in ISO 32000-1, 8.3.3.
The *view* of a page is what a reader sees of it: its crop box after /Rotate, origin bottom-left,
y upwards, in user space units (1/72 inch, times /UserUnit).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, log
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.records import Box

Matrix: TypeAlias = tuple[float, float, float, float, float, float]

UNKNOWN_DPI = 200.0
"""Taken for pictures that do not say: an A4 page of 1654 x 2339 pixels, the usual office scan."""

SHORTEST_SIDE, LONGEST_SIDE = 3.0, 14400.0
"""Limits on a page's sides, in units of 1/72 inch (ISO 32000-1, annex C.2)."""

STEPS = 6000
"""Of a page's longer side, 0.05 mm on A4: what is laid over a page is written in whole steps, for
what is finer takes space for nothing. They are never finer than this."""

COARSEST = 1500
"""Steps of a page's longer side where its numbers are large, 0.2 mm on A4."""

STEPS_RATIO = 1.1
"""Of a step to the next longer one: pages whose steps are equally long share what says so."""

STEPS_TO_A_NUMBER = 40
"""To the height of the smallest number on the page: a "1" is still some seven of them wide."""


class Area(NamedTuple):
    """A rectangle of a view, y upwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From bottom to top."""
        return self.top - self.bottom

    def grown(self, margin: float) -> Area:
        """Return the area with `margin` more on each side."""
        return Area(
            self.left - margin, self.bottom - margin, self.right + margin, self.top + margin
        )


@dataclass(frozen=True, slots=True)
class View:
    """How a page shows a grid of pixels; width and height in user space units as displayed.

    scale_x, scale_y: units per pixel. to_user: from the view to the page's user space. step: the
    length in which what is laid over the page is written, in user space units.
    """

    width: float
    height: float
    scale_x: float
    scale_y: float
    to_user: Matrix
    step: float

    def place(self, box: Box) -> Area:
        """Return where a box of pixels lies in the view."""
        return Area(
            left=box.x * self.scale_x,
            bottom=self.height - box.bottom * self.scale_y,
            right=box.right * self.scale_x,
            top=self.height - box.y * self.scale_y,
        )

    def in_user_space(self, area: Area) -> list[int]:
        """Return the (left, bottom, right, top) in user space of an area, in whole units."""
        x, y = transformed(self.to_user, area.left, area.bottom)
        other_x, other_y = transformed(self.to_user, area.right, area.top)
        edges = (min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y))
        return [round(edge) for edge in edges]


def view_of(crop: tuple[float, float, float, float], rotate: int, pixels: tuple[int, int]) -> View:
    """Return the view of a page: `crop` is its (left, bottom, right, top) in user space.

    rotate: degrees clockwise, a multiple of 90. pixels: (width, height) as displayed.
    """
    left, bottom, right, top = crop
    wide, high = right - left, top - bottom
    matrices: dict[int, Matrix] = {
        0: (1, 0, 0, 1, left, bottom),
        90: (0, 1, -1, 0, right, bottom),
        180: (-1, 0, 0, -1, right, top),
        270: (0, -1, 1, 0, left, top),
    }
    turned = rotate % 360
    if turned in (90, 270):
        wide, high = high, wide
    to_user = matrices.get(turned, matrices[0])
    step = _three_digits(max(wide, high) / STEPS)
    return View(wide, high, wide / pixels[0], high / pixels[1], to_user, step)


def stepped_for(view: View, boxes: Iterable[Box]) -> View:
    """Return the view with steps as long as the smallest of `boxes` allows; as it is for none."""
    longer = max(view.width, view.height)
    lowest = min((box.height * view.scale_y for box in boxes), default=0.0)
    step = min(max(lowest / STEPS_TO_A_NUMBER, longer / STEPS), longer / COARSEST)
    return replace(view, step=_three_digits(STEPS_RATIO ** ceil(log(step, STEPS_RATIO))))


def _three_digits(length: float) -> float:
    """Return a length with three significant digits, so that every page can write it."""
    return float(f"{length:.3g}")


def page_size(width: int, height: int, dpi: float) -> tuple[float, float]:
    """Return the (width, height) in points of a page of pixels, at true size where dpi is known."""
    scale = 72.0 / (dpi if dpi > 0 else UNKNOWN_DPI)
    scale = min(max(scale, SHORTEST_SIDE / min(width, height)), LONGEST_SIDE / max(width, height))
    return width * scale, height * scale


def transformed(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where `matrix` takes the point (x, y)."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def upright(orientation: int, width: float, height: float) -> Matrix:
    """Return what draws a picture of EXIF `orientation` (1 to 8) upright on a page of that size.

    The picture is the unit square, its first row on top, as PDF has it (ISO 32000-1, 8.9.5.1).
    """
    matrices: dict[int, Matrix] = {
        2: (-width, 0, 0, height, width, 0),
        3: (-width, 0, 0, -height, width, height),
        4: (width, 0, 0, -height, 0, height),
        5: (0, -height, -width, 0, width, height),
        6: (0, -height, width, 0, 0, height),
        7: (0, height, width, 0, 0, 0),
        8: (0, height, -width, 0, width, 0),
    }
    return matrices.get(orientation, (width, 0, 0, height, 0, 0))


def around(areas: Sequence[Area]) -> Area:
    """Return the smallest area that holds all of `areas`."""
    left, bottom, right, top = zip(*areas, strict=True)
    return Area(min(left), min(bottom), max(right), max(top))


def touches(spot: Area, others: NDArray[np.float64]) -> bool:
    """Tell whether `spot` shares area with any of the (count, 4) `others`."""
    left, bottom, right, top = others.T
    apart = (
        (left >= spot.right) | (right <= spot.left) | (bottom >= spot.top) | (top <= spot.bottom)
    )
    return not bool(apart.all())


def steps(length: float, step: float) -> int:
    """Return a length in whole steps."""
    return round(length / step)


def pdf_number(value: float, decimals: int = 3) -> str:
    """Return `value` as PDF writes it: no exponent, no idle zeros."""
    return f"{round(value, decimals) + 0.0:.{decimals}f}".rstrip("0").rstrip(".")


def pdf_matrix(matrix: Matrix) -> str:
    """Return `matrix` as the operands of `cm`."""
    return " ".join(pdf_number(value, 5) for value in matrix)

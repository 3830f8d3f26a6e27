"""Numbers on a line, and the points, commas and dashes about them."""

from __future__ import annotations

from digitize.geometry import union
from digitize.records import Box, Digit, Number, Status

HEIGHT, WIDTH, PITCH = 40.0, 24.0, 32.0
TOP = 100.0
BASE = TOP + HEIGHT


def number(text: str, x: float = 100, line: int = 1) -> Number:
    digits = tuple(
        Digit(int(each), 0.99, Status.OK, Box(x + PITCH * at, TOP, WIDTH, HEIGHT))
        for at, each in enumerate(text)
    )
    return Number(text, 0.98, Status.OK, line, union(digit.box for digit in digits), digits)


def gap(after: int, x: float = 100) -> float:
    """The middle of the space behind so many digits."""
    return x + PITCH * after - (PITCH - WIDTH) / 2


def point(x: float) -> Box:
    return Box(x - 3, BASE - 6, 6, 6)


def comma(x: float) -> Box:
    return Box(x - 3, BASE - 5, 6, 14)


def dash(x: float, y: float = TOP + 20) -> Box:
    return Box(x - 9, y - 2, 18, 4)

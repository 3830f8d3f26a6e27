"""Signs among digits: operators, points, ticks, arrows, rings, brackets, signatures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from digitize.train.inkpages.hand import Hand
from digitize.train.inkpages.strokes import Path, ring, smooth, wander

# Strokes of signs: points (x, y) in shares of a digit's height from its baseline, y upward.
SIGNS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "+": (((0, 0.45), (0.6, 0.45)), ((0.3, 0.15), (0.3, 0.75))),
    "-": (((0, 0.45), (0.55, 0.45)),),
    "x": (((0, 0.15), (0.5, 0.65)), ((0, 0.65), (0.5, 0.15))),
    "=": (((0, 0.3), (0.6, 0.3)), ((0, 0.58), (0.6, 0.58))),
    "/": (((0, -0.1), (0.45, 1.05)),),
    "<": (((0.5, 0.75), (0, 0.45), (0.5, 0.15)),),
    ">": (((0, 0.75), (0.5, 0.45), (0, 0.15)),),
    ":": (((0, 0.15), (0.02, 0.2)), ((0, 0.6), (0.02, 0.65))),
    "÷": (((0, 0.45), (0.6, 0.45)), ((0.3, 0.7), (0.32, 0.75)), ((0.3, 0.15), (0.32, 0.2))),
    ".": (((0, 0.0), (0.03, 0.04)),),
    ",": (((0.05, 0.06), (0, -0.15)),),
    "(": (((0.25, 1.1), (0, 0.5), (0.25, -0.1)),),
    ")": (((0, 1.1), (0.25, 0.5), (0, -0.1)),),
    "%": (((0, 0), (0.5, 1)), ((0.0, 0.8), (0.12, 0.9), (0, 0.75)), ((0.5, 0.2), (0.6, 0.1))),
    "?": (((0, 0.8), (0.25, 1), (0.5, 0.75), (0.25, 0.4)), ((0.25, 0.0), (0.27, 0.05))),
    "tick": (((0, 0.4), (0.25, 0), (0.9, 1.1)),),
    "cross": (((0, 0), (0.8, 0.9)), ((0, 0.9), (0.8, 0))),
    "->": (((0, 0.4), (1.2, 0.45)), ((0.9, 0.7), (1.2, 0.45), (0.9, 0.15))),
    "brace": (((0.3, 1.4), (0.1, 1.0), (0, 0.5), (0.1, 0.0), (0.3, -0.4)),),
    "~": (((0, 0.4), (0.2, 0.55), (0.4, 0.35), (0.6, 0.5)),),
    "V": (((0, 1), (0.3, 0), (0.6, 1)),),
    "root": (((0, 0.4), (0.15, 0), (0.35, 1.1), (1.5, 1.15)),),
}
OPERATORS, POINTS = "+-x=/<>:÷", ".,"
SHAKE = 0.04  # digit heights: how far a hand misses a point


def write_sign(hand: Hand, sign: str, x: float, baseline: float) -> float:
    """Write a sign from `x` on, as high as the hand's digits; return the x at which it ends."""
    rng, height = hand.rng, hand.height
    paths: list[Path] = []
    for stroke in SIGNS[sign]:
        points = np.array(stroke) * rng.uniform(0.8, 1.2)
        points = points + rng.normal(0, SHAKE, points.shape)
        path = np.array([x, baseline]) + points * height * np.array([1, -1])
        paths.append(smooth(path) if len(path) > 2 else path)
    return hand.stroke_paths(paths)


def write_any_sign(hand: Hand, x: float, baseline: float) -> float:
    """Write one of all signs."""
    names = list(SIGNS)
    return write_sign(hand, names[int(hand.rng.integers(len(names)))], x, baseline)


def circle(hand: Hand, x: float, y: float) -> None:
    """Draw a ring about a number's middle."""
    across, down = (
        hand.rng.uniform(0.7, 1.8) * hand.height,
        hand.rng.uniform(0.7, 1.2) * hand.height,
    )
    hand.stroke_paths([ring(x, y, across, down, hand.rng)])


def sign_name(hand: Hand, x: float, y: float) -> None:
    """Write a signature: a wandering stroke, drawn out sideways, perhaps underlined."""
    rng, reach = hand.rng, hand.height * hand.rng.uniform(0.8, 2.5)
    path = wander(0, 0, reach, int(rng.integers(5, 16)), rng)
    path = path * np.array([rng.uniform(1, 2), rng.uniform(0.4, 1)])
    path[:, 0] += np.linspace(-1, 1, len(path)) * reach * rng.uniform(0, 2)
    paths = [path + np.array([x, y])]
    if rng.random() < 0.4:
        paths.append(smooth(np.array([[x - 2 * reach, y + reach / 2], [x, y + reach * 0.7],
                                      [x + 2 * reach, y + reach * 0.4]])))  # fmt: skip
    hand.stroke_paths(paths)


def scribble(hand: Hand, x: float, y: float) -> None:
    """Draw a stroke that turns many times on one place."""
    reach = hand.height * hand.rng.uniform(0.4, 1.2)
    hand.stroke_paths([wander(x, y, reach, int(hand.rng.integers(5, 20)), hand.rng)])


def strike_across(hand: Hand, x: float, y: float) -> None:
    """Draw a long line over whatever stands there: an entry struck out, a margin."""
    length, angle = hand.height * hand.rng.uniform(2, 8), hand.rng.normal(0, 0.5)
    end = np.array([x + length * np.cos(angle), y + length * np.sin(angle)])
    middle = (np.array([x, y]) + end) / 2 + hand.rng.normal(0, 0.1 * hand.height, 2)
    hand.stroke_paths([smooth(np.stack([[x, y], middle, end]))])


MARKS: tuple[Callable[[Hand, float, float], object], ...] = (
    write_any_sign, write_any_sign, circle, sign_name, scribble, strike_across,
)  # fmt: skip

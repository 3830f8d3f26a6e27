"""How people shape the ten digits: each way of writing one is a few pen strokes.

A stroke is a string of `x,y` points on a grid whose digits stand 100 high, y down; the pen passes
through them in a smooth curve. A `;` between points makes the one before it a sharp corner.
"""

from __future__ import annotations

from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Stroke: TypeAlias = list[list[Point]]

ALLOGRAPHS: dict[int, dict[str, tuple[str, ...]]] = {
    0: {
        "oval": ("36,2 12,20 3,54 18,94 44,96 62,62 57,22 36,1 26,5",),
        "round": ("40,3 14,12 2,50 20,94 48,93 66,52 54,10 28,3",),
        "egg": ("28,3 8,30 4,68 24,98 50,84 56,44 44,10 24,5",),
    },
    1: {
        "bar": ("30,1 29,50 27,100",),
        "flag": ("13,22 32,1; 31,50 29,100",),
        "based": ("13,22 32,1; 31,50 30,98", "8,98 54,97"),
    },
    2: {
        "plain": ("5,22 22,2 48,7 54,30 34,64 3,97; 30,96 62,95",),
        "looped": ("6,24 20,3 48,6 54,30 32,68 14,94 4,90 12,76 34,86 64,96",),
        "waved": ("7,20 26,2 52,13 47,46 5,96; 26,88 44,95 64,92",),
    },
    3: {
        "round": ("5,14 28,1 53,15 46,38 22,47; 50,54 58,78 36,99 3,88",),
        "flat": ("6,4 54,3; 24,41; 52,54 56,82 30,100 3,89",),
        "smooth": ("8,12 30,0 52,18 42,41 24,47 46,54 58,76 36,99 3,88",),
    },
    4: {
        "open": ("16,3 4,58; 34,57 62,54", "44,26 41,100"),
        "closed": ("46,1 22,36 2,68; 36,67 68,65", "46,0 45,50 43,100"),
        "cupped": ("9,5 6,44 16,54 50,50", "52,4 50,50 47,100"),
    },
    5: {
        "capped": ("17,5 11,44; 38,38 60,64 40,97 3,92", "17,4 38,4 60,1"),
        "single": ("57,3 36,5 16,5; 11,46; 38,38 58,66 36,99 3,90",),
        "loose": ("18,14 12,47; 42,41 58,68 36,98 3,92", "19,5 40,4 64,0"),
    },
    6: {
        "curled": ("48,2 16,36 3,72 24,99 54,82 44,55 18,57 6,74",),
        "straight": ("40,0 14,42 4,76 26,100 56,80 42,57 10,71",),
        "hooked": ("54,10 36,2 10,38 4,74 26,99 56,80 44,54 20,55 6,72",),
    },
    7: {
        "plain": ("3,7 30,5 60,4; 40,46 24,100",),
        "barred": ("3,7 30,5 60,3; 40,46 26,100", "16,53 56,48"),
        "hooked": ("4,20 7,4; 34,6 62,4; 38,50 28,100",),
    },
    8: {
        "looped": ("50,14 28,1 8,20 28,46 56,74 32,99 4,78 28,48 52,22 47,8",),
        "stacked": (
            "30,1 10,22 30,46 52,22 30,1 22,4",
            "29,46 4,73 30,99 58,74 33,46 24,48",
        ),
        "crossed": ("54,8 30,1 8,18 26,44 54,72 34,99 6,82 20,56 40,36 55,7",),
    },
    9: {
        "stem": ("54,14 28,2 5,27 26,49 53,20; 53,58 51,100",),
        "curved": ("54,16 30,1 5,26 26,50 54,20; 57,58 42,96 12,94",),
        "slanted": ("54,12 30,1 6,26 26,49 54,18; 44,62 32,100",),
    },
}


def parsed_strokes(digit: int, way: str) -> list[Stroke]:
    """Parse one way of writing a digit; each stroke is smooth runs that share their end points."""
    return [_parsed_stroke(text) for text in ALLOGRAPHS[digit][way]]


def _parsed_stroke(text: str) -> Stroke:
    runs: Stroke = []
    for part in text.split(";"):
        points = [(float(x), float(y)) for x, y in (pair.split(",") for pair in part.split())]
        runs.append(runs[-1][-1:] + points if runs else points)
    return runs

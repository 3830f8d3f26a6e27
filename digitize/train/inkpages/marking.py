"""What a teacher adds to a page: ticks and crosses beside the answers or over them, and rings."""

from __future__ import annotations

from dataclasses import replace

from digitize.train.inkpages.bench import Bench
from digitize.train.inkpages.canvas import Ink
from digitize.train.inkpages.signs import circle, write_sign

REDS = (Ink((205, 35, 40), 0.9), Ink((225, 80, 85), 0.8), Ink((150, 25, 60), 0.85))
IN_RED = 0.8  # of those who mark
SIGNS = ("tick", "tick", "tick", "cross", "root", "~")
APART = (1.3, 4.0)  # digit heights between marks, each way


def correct(bench: Bench) -> None:
    """Mark what is written all over a crop, by one pen: mostly ticks, at times a ring."""
    hand = bench.hand(bench.between(0.6, 1.5))
    if bench.often(IN_RED):
        hand = replace(hand, ink=REDS[bench.count(0, len(REDS) - 1)])
    across, down = (bench.between(*APART) * bench.height for _ in range(2))
    favourite = SIGNS[bench.count(0, len(SIGNS) - 1)]
    y = bench.between(0, 1) * down
    while y < bench.side:
        x = bench.between(0, 1) * across
        while x < bench.side:
            shift = bench.rng.normal(0, 0.3 * bench.height, 2)
            if bench.often(0.1):
                circle(hand, x + shift[0], y + shift[1])
            elif bench.often(0.6):
                sign = favourite if bench.often(0.8) else SIGNS[bench.count(0, len(SIGNS) - 1)]
                write_sign(hand, sign, x + shift[0], y + shift[1])
            x += across * bench.between(0.7, 1.8)
        y += down

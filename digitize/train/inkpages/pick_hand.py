"""A hand picked at random: its pen, its slant, its spacing, and how even it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.random import Generator

from digitize.train.clutter import FontFace
from digitize.train.inkpages.canvas import Canvas, Ink
from digitize.train.inkpages.digit_pool import DigitPool, Habits
from digitize.train.inkpages.hand import STROKE_WIDTHS, Hand

INKS = (
    Ink((28, 28, 32), 0.93), Ink((28, 28, 32), 0.93), Ink((30, 45, 140), 0.9),
    Ink((40, 60, 190), 0.85), Ink((165, 25, 35), 0.9), Ink((215, 60, 60), 0.75),
    Ink((235, 120, 125), 0.7), Ink((15, 95, 55), 0.88), Ink((85, 30, 120), 0.88),
)  # fmt: skip
PENCIL = 0.25  # of hands
PENCIL_DARKNESS = (0.22, 0.75)  # of full black: the palest is a fifth of the paper's contrast
GAPS = ((-0.12, 0.03), (0.03, 0.16), (0.1, 0.3), (0.3, 1.2))  # digit heights between digits
GAP_SHARES = (0.25, 0.35, 0.25, 0.15)
NEATNESS = (0.0, 0.5)  # mean and deviation of the logarithm by which a hand's jitter differs
REPEATING = 0.4  # of hands: each digit has one to three shapes, as of one person
JOINING = (0.08, 0.6)  # of hands: joins neighbours by a stroke; of their pairs
TAILED, TAILS = 0.15, (1.3, 2.6)  # of hands: 4, 7 and 9 reach down so many times as far
SMALL_ZEROS, ZEROS = 0.15, (0.45, 0.8)  # of hands: height of their zeros over that of the others
SPREADS = ((0.06, 0.65), (0.2, 0.15), (0.4, 0.2))  # of a digit's stroke about the pen's, and shares
TRACED = 0.5  # of hands that write in a font: by the pen that draws the digits
LOOSE = 0.3  # of hands that write in a font: set its letters apart, unevenly


def pick_hand(
    canvas: Canvas, pool: DigitPool, height: float, face: FontFace | None, rng: Generator
) -> Hand:
    """Return a hand with a pen, a slant and a spacing of its own."""
    ink = INKS[int(rng.integers(len(INKS)))]
    if rng.random() < PENCIL:
        ink = Ink((60, 60, 66), float(rng.uniform(*PENCIL_DARKNESS)))
    pool = replace(pool, habits=_pick_habits(rng))
    spreads, shares = zip(*SPREADS, strict=True)
    return Hand(
        canvas=canvas,
        pool=pool.of_one_person(rng) if rng.random() < REPEATING else pool,
        rng=rng,
        height=height,
        ink=Ink(ink.colour, ink.darkness * float(rng.uniform(0.85, 1.0))),
        stroke=float(np.exp(rng.uniform(*np.log(STROKE_WIDTHS)))),
        spread=float(rng.choice(spreads, p=shares)),
        slant=float(rng.normal(0.06, 0.16)),
        gaps=GAPS[int(rng.choice(len(GAPS), p=GAP_SHARES))],
        jitter=float(np.clip(np.exp(rng.normal(*NEATNESS)), 0.2, 1.6)),
        joins=JOINING[1] if rng.random() < JOINING[0] else 0.0,
        face=face,
        loose=bool(rng.random() < LOOSE),
        traced=bool(rng.random() < TRACED),
    )


def _pick_habits(rng: Generator) -> Habits:
    tailed, small = rng.random(2) < (TAILED, SMALL_ZEROS)
    return Habits(
        tail=float(rng.uniform(*TAILS)) if tailed else 1.0,
        zero=float(rng.uniform(*ZEROS)) if small else 1.0,
    )

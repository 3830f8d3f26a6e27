"""Dots and dashes of a dotted rule, told from the points of the numbers that stand on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from digitize.group.mark_kinds import Placed

FEWEST = 3  # pieces on one level: fewer may be a point and dirt
LEVEL, ALIKE = 0.06, 0.05  # of the number's height: pieces lie as level, and are as high as another
HIGHEST = 0.2  # of the number's height: no piece of a dotted rule is higher
PITCH = 0.8  # of the number's height from one piece to the next, at most
FOOT = 0.8  # of the number's height below its top: a rule to write on lies no higher


def without_dots(placed: Sequence[Placed], top: float, height: float) -> list[Placed]:
    """Return the marks of a number less those that are pieces of one dotted rule under it.

    top, height: of the number's box, in pixels.
    """
    if len(placed) < FEWEST:
        return list(placed)
    feet = np.array([each.box.bottom for each in placed])
    tall = np.array([each.box.height for each in placed])
    middles = np.array([each.box.centre[0] for each in placed])
    level = np.abs(feet[:, None] - feet) <= LEVEL * height
    alike = np.abs(tall[:, None] - tall) <= ALIKE * height
    low = (tall <= HIGHEST * height) & (feet - tall / 2 >= top + FOOT * height)
    near = np.abs(middles[:, None] - middles) <= PITCH * height
    like = level & alike & low
    pieces = low & (like.sum(axis=1) >= FEWEST) & ((like & near).sum(axis=1) > 1)  # itself too
    return [each for each, is_piece in zip(placed, pieces, strict=True) if not is_piece]

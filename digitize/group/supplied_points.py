"""Lost points put back, for review, where a number's column says where they stood.

Of a column of prices, 12.50, 3.95 and 4.20, a 1175 that is a hundred times too large was 11.75:
its comma ran into a digit. A person is to look at it anyway, and has only to agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from digitize.geometry import BLOCK, are_above_or_below
from digitize.group.doubt import doubted
from digitize.records import Number

FEWEST = 4  # numbers with points in a column: fewer do not say how many decimals all have
ALIKE = 0.8  # of those with points: so many have as many decimals as one another
TOO_LARGE = 5.0  # times the usual number of those: a lost point makes ten times of it


def supply_points(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers, with a point and for review those that must have lost theirs.

    Those are far too large for a column whose other numbers have points, and fit it with one there.
    numbers: with what their marks say, in one upright frame.
    """
    pointed = [number for number in numbers if "." in number.text]
    whole = [number for number in numbers if "." not in number.text]
    if len(pointed) < FEWEST or not whole:
        return list(numbers)
    with_points = [number.box for number in pointed]
    supplied: dict[int, Number] = {}
    for start in range(0, len(whole), BLOCK):
        some = whole[start : start + BLOCK]
        near = are_above_or_below([number.box for number in some], with_points, np.inf)
        for at in np.flatnonzero(near.sum(axis=1) >= FEWEST).tolist():
            others = [pointed[to] for to in np.flatnonzero(near[at])]
            supplied[id(some[at])] = with_point(some[at], others)
    return [supplied.get(id(number), number) for number in numbers]


def with_point(number: Number, others: Sequence[Number]) -> Number:
    """Return a number with as many decimals as the others of its column have, if it is to have any.

    others: those with points.
    """
    decimals = [len(other.text.partition(".")[2]) for other in others]
    (usual, count), *_ = Counter(decimals).most_common(1)
    middle = median(abs(float(other.text)) for other in others)
    if count < ALIKE * len(others) or len(number.digits) <= usual:
        return number
    text = f"{number.text[:-usual]}.{number.text[-usual:]}"
    whole, parted = abs(float(number.text)), abs(float(text))
    nearer = (
        whole * parted > middle * middle
    )  # fewer times too small with it than too large without
    is_lost = parted <= TOO_LARGE * middle < whole and nearer
    return doubted(replace(number, text=text)) if is_lost else number

"""Numbers that may have lost their point: of a column or a row whose numbers have one.

A point too pale to be seen, or run into the foot of a digit, leaves no trace in the number itself:
38.2 becomes 382. What is written above, below and beside it may tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress

import numpy as np

from digitize.geometry import are_above_or_below, are_beside
from digitize.group.doubt import doubted
from digitize.records import Number

FEWEST = 2  # numbers with points in a column or beside one another: one may be so by chance
SHARE = 0.15  # of a column and a row together: many may have lost theirs
ROW_REACH = 7.0  # of a number's height, either side: as far as a row is seen


def doubt_pointless(numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers, doubted those without a point where others about them have one.

    Those with fewer digits than any of these are believed: 12 among 10.5, 12.5 and 14.5.
    """
    boxes = [number.box for number in numbers]
    if not any("." in number.text for number in numbers):
        return list(numbers)
    reach = ROW_REACH * np.array([box.height for box in boxes])
    about = are_above_or_below(boxes) | are_beside(boxes, boxes, reach)
    return [
        doubted(number)
        if "." not in number.text and _lacks_point(number, list(compress(numbers, near)))
        else number
        for number, near in zip(numbers, about, strict=True)
    ]


def _lacks_point(number: Number, others: Sequence[Number]) -> bool:
    """Tell whether so many others have a point that a number of as many digits should have one."""
    pointed = [len(other.digits) for other in others if "." in other.text]
    many = len(pointed) >= max(FEWEST, SHARE * len(others))
    return many and len(number.digits) >= min(pointed)

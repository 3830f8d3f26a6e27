"""What truly stands on a picture, as the JSON beside it says it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from drawn_sheets.sheet import TrueNumber


def truth_of(name: str, kind: str, wear: str, numbers: Sequence[TrueNumber]) -> str:
    """Return the truth of the picture `name` in the format that bench/score.py reads."""
    told = [
        {
            "text": number.text,
            "box": box_around(np.concatenate([digit.outline for digit in number.digits])),
            "digits": [
                {"digit": digit.digit, "box": box_around(digit.outline)} for digit in number.digits
            ],
        }
        for number in numbers
    ]
    truth = {"image": name, "page": 1, "kind": kind, "degrade": wear, "complete": True}
    return json.dumps({**truth, "numbers": told}, indent=1) + "\n"


def box_around(points: NDArray[np.float64]) -> list[float]:
    """Return x, y, width and height of the pixels that (n, 2) points are the middles of."""
    low, high = points.min(axis=0), points.max(axis=0)
    return [round(float(value), 1) for value in (*low, *(high - low + 1))]

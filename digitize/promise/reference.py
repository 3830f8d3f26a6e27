"""The numbers a model was calibrated on, stored with it: how sure, whether right, how they look."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from digitize.records import Digit

KEY = "digitize_numbers"  # of the ONNX file's metadata
DECIMALS = 7  # of a stored confidence: a millionth short of certain is still told apart
QUANTILES = 201  # of each look that are stored: every half per cent
Values: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reference:
    """The calibration set of a model.

    made_from: in words. confidence: (count,) of the numbers read, 0 to 1; right: (count,) bool.
    Numbers that were for review whatever their confidence are left out of both, and counted in
    `set_aside`. looks: by name, the quantiles, evenly spaced, of the digits read.
    """

    made_from: str
    confidence: Values
    right: NDArray[np.bool_]
    set_aside: int
    looks: dict[str, Values]

    def to_json(self) -> str:
        """Return the set as text."""
        order = np.argsort(self.confidence, kind="stable")
        return json.dumps(
            {
                "made_from": self.made_from,
                "confidence": [round(float(c), DECIMALS) for c in self.confidence[order]],
                "wrong": np.flatnonzero(~self.right[order]).tolist(),
                "set_aside": self.set_aside,
                "looks": {
                    name: [round(float(value), 5) for value in values]
                    for name, values in self.looks.items()
                },
            }
        )

    @staticmethod
    def from_json(text: str) -> Reference:
        """Return the set written as `text`; KeyError, TypeError or ValueError if it is none."""
        stored = json.loads(text)
        confidence = np.array(stored["confidence"], dtype=np.float64)
        right = np.ones(len(confidence), dtype=bool)
        right[np.array(stored["wrong"], dtype=np.int64)] = False
        looks = {
            name: np.array(values, dtype=np.float64) for name, values in stored["looks"].items()
        }
        return Reference(stored["made_from"], confidence, right, int(stored["set_aside"]), looks)


def looks_of(digits: Iterable[Digit]) -> dict[str, Values]:
    """Return how digits look, by name, one value a digit: the measures that are watched for drift.

    size: height in pixels. stroke: width of the stroke in digit heights. contrast: of the ink
    against the paper, 0 to 1.
    """
    rows = [(digit.box.height, digit.stroke, digit.contrast) for digit in digits]
    columns = np.array(rows, dtype=np.float64).reshape(-1, 3).T
    return dict(zip(("size", "stroke", "contrast"), columns, strict=True))


def quantiles(values: Values) -> Values:
    """Return (201,) evenly spaced quantiles of at least one value."""
    return np.quantile(values, np.linspace(0, 1, QUANTILES))

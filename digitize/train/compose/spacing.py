"""How near one digit stands to the last: by their strokes, not by their boxes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from digitize.records import Box, Pixels

DEEPEST_TUCK = 0.2  # of the narrower digit's width: how far a digit may reach over another
NOWHERE = -1e6  # a column far off any page: on this row there is no ink


@dataclass(frozen=True, slots=True)
class Placed:
    """Cropped ink and where its top left corner stands on the sheet, in pixels."""

    ink: Pixels
    left: int
    top: int

    @property
    def right(self) -> int:
        """The column past its last one."""
        return self.left + int(self.ink.shape[1])

    @property
    def box(self) -> Box:
        """Its place on the sheet."""
        return Box(self.left, self.top, self.ink.shape[1], len(self.ink))


def place_beside(last: Placed, digit: Placed, gap: float) -> Placed:
    """Return `digit` moved sideways so that its strokes keep `gap` pixels from the last one's.

    Measured along rows and rows up to `gap` away, so that a slanting digit may reach over another
    as in writing; but not far.
    """
    reach = max(1, round(gap))
    top = min(last.top, digit.top)
    rows = max(last.top + len(last.ink), digit.top + len(digit.ink)) - top
    ends = np.full(rows, NOWHERE)
    ends[last.top - top :][: len(last.ink)] = last.left + last_columns(last.ink) + 1
    starts = np.full(rows, -NOWHERE)
    starts[digit.top - top :][: len(digit.ink)] = -last_columns(digit.ink[:, ::-1])
    starts += digit.ink.shape[1] - 1
    clear = max(float((spread(ends, reach) - starts).max()), NOWHERE) + gap
    tuck = DEEPEST_TUCK * min(last.ink.shape[1], digit.ink.shape[1])
    return replace(digit, left=int(np.ceil(max(clear, last.right + gap - tuck))))


def last_columns(ink: Pixels) -> NDArray[np.float64]:
    """Return the last inked column of each row, far left of any page where there is none."""
    inked = ink > 0
    columns = ink.shape[1] - 1 - inked[:, ::-1].argmax(axis=1)
    return np.where(inked.any(axis=1), columns, NOWHERE)


def spread(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Return the largest value within `reach` places of each."""
    padded = np.pad(values, reach, constant_values=NOWHERE)
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)
    return np.asarray(windows.max(axis=1), dtype=np.float64)

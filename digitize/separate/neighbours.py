"""A component that could be a digit or not is what most of those around it are.

The share of digits is estimated anew around each place of a page, see `digitize.prior`: a page of
nothing but digits loses none, a page of cursive has none, and on a form the column that is filled
in is judged apart from its printed labels.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.prior import TURNS, likely, logit, mean_with_few, share_on_page

OWN_WEIGHT, CONSTANT = 1.1, -0.85
"""Of the logarithm of odds that a component is a digit, by its own pixels: those of a logistic
regression on composed crops, of digits and fonts that the network never saw, the constant lowered
from -0.6 on drawn pages of many kinds: with it fewer wrong numbers are said, and few more lost."""
USUAL_SHARE = 0.58  # of those crops' components: digits
FEW = 8.0  # components that every page is thought to have besides, for a few tell little
HOPED_SHARE = 0.9  # of these: digits, for pages are read for the numbers on them
OF_BOTH = (0.12, 0.85)  # a page's share of digits: beyond, it is all of one kind, and so are parts
REACH = 2.5  # digit heights, deviation: how far around a component its neighbours count
FEW_AROUND = 15.0  # components in whose number the page's share counts besides the neighbours'


def among_neighbours(
    votes: NDArray[np.floating],
    middles: NDArray[np.float64],
    is_voter: NDArray[np.bool_],
    height: float,
) -> NDArray[np.float64]:
    """Return (count,) the logarithm of the odds that each component is a digit, above 0 if it is.

    votes: (count,) logarithms of odds. middles: (count, 2), x and y in pixels. is_voter: (count,),
    those large enough to say something of others. height: of the page's digits, in pixels.
    """
    odds = OWN_WEIGHT * votes + CONSTANT - logit(USUAL_SHARE)
    share = np.full(len(votes), share_on_page(odds[is_voter], USUAL_SHARE, FEW, HOPED_SHARE))
    if OF_BOTH[0] < share[0] < OF_BOTH[1]:
        places = np.floor(np.nan_to_num(middles) / height).astype(int)
        here = _gathered(is_voter.astype(np.float32), places)
        for _ in range(TURNS):
            digits = np.where(is_voter, likely(odds, share), 0).astype(np.float32)
            on_page = mean_with_few(digits, int(is_voter.sum()), FEW, HOPED_SHARE)
            share = (_gathered(digits, places) + FEW_AROUND * on_page) / (here + FEW_AROUND)
    return np.asarray(odds + logit(share), dtype=np.float64)


def _gathered(values: NDArray[np.float32], places: NDArray[np.int_]) -> NDArray[np.float32]:
    """Return for each component the sum of all components' values, the nearer the more.

    places: (count, 2), column and row on a grid of digit heights.
    """
    columns, rows = places.T
    grid = np.zeros((int(rows.max()) + 1, int(columns.max()) + 1), dtype=np.float32)
    np.add.at(grid, (rows, columns), values)
    blurred = cv2.GaussianBlur(grid, (0, 0), REACH, borderType=cv2.BORDER_CONSTANT)
    return np.asarray(2 * np.pi * REACH**2 * blurred[rows, columns], dtype=np.float32)

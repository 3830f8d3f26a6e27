"""How many of the things on a page are of the kind looked for, found out from all of them.

What each of them looks like was learnt where that kind had its usual share. On a page the share is
estimated anew, and what each looks like is adjusted to it, in turns (M. Saerens et al. 2002,
"Adjusting the outputs of a classifier to new a priori probabilities",
doi:10.1162/089976602753284446).
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

TURNS = 30  # of an estimate: mostly steady by then, near even odds still on its way

Values: TypeAlias = NDArray[np.floating]


def logit(share: Values | float) -> NDArray[np.float64]:
    """Return the logarithm of the odds of shares above 0 and below 1."""
    share = np.asarray(share, dtype=np.float64)
    return np.asarray(np.log(share / (1 - share)), dtype=np.float64)


def likely(odds: Values, share: Values | float) -> NDArray[np.float64]:
    """Return the probability of each thing where the kind has this share.

    odds: (count,) logarithms of odds as they were where half of all things were of the kind.
    """
    return np.asarray(1 / (1 + np.exp(-(odds + logit(share)))), dtype=np.float64)


def share_on_page(odds: Values, usual: float, few: float, hoped: float) -> float:
    """Return the share, 0 to 1, of the things on a page that are of the kind.

    odds: (count,) as for `likely`. usual: the share to begin with. few: things that every page is
    thought to have besides, for a few tell little, `hoped` of them of the kind.
    """
    share = usual
    for _ in range(TURNS):
        share = mean_with_few(likely(odds, share), len(odds), few, hoped)
    return share


def shares_among(
    odds: Values, are_alike: NDArray[np.bool_], usual: float, few: float, hoped: float
) -> NDArray[np.float64]:
    """Return for each thing the share of the kind among those that are likely what it is, (count,).

    odds, usual, few, hoped: as for `share_on_page`. are_alike: (count, count), each with itself.
    """
    shares = np.full(len(odds), usual)
    counts = are_alike.sum(axis=1)
    for _ in range(TURNS):
        shares = (are_alike @ likely(odds, shares) + few * hoped) / (counts + few)
    return shares


def mean_with_few(values: Values, count: int, few: float, hoped: float) -> float:
    """Return the mean of `count` values, any not given being 0, and `few` besides of `hoped`."""
    return (float(values.sum()) + few * hoped) / (count + few)

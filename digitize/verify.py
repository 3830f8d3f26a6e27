"""Numbers that are none: cursive, print and dirt that passed for digits, told by all that is known.

Each number is judged by its ink, its size, what is written beside it and how surely it was read;
and all of a page together, since a page of prose has no numbers, however much a word looks like
one. The weights are those of a logistic regression on drawn sheets; `benchmarks/verification.py`
fits them and says how well they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from digitize.geometry import are_in_column, window
from digitize.prior import likely, logit, share_on_page, shares_among
from digitize.records import Box, FlatPage, Layers, Number, Status
from digitize.twins import twin_shares

USUAL_SHARE = 0.68  # of the numbers said on the sheets that the weights are of: they are there
CONSTANT = -3.23
WEIGHTS = np.array([0.7, 2.018, -0.911, -0.752, 0.533, 0.68, -3.086])
"""Of what `evidence` tells, in its order: with the constant, the logarithm of the odds of being a
number. The last, of twins, is of a regression on all seven; the others and the constant are of one
on these six, since the drawn sheets' hands repeat themselves, as real ones do not, and the fit on
all seven believed more of the print that has no twin."""
REFUSED = 0.1
"""Probability: what is less likely a number is not said. It counts where numbers are as usual, or
more so on the page: that a page has few doubts its numbers, and refuses none."""
HARDLY_ANY = 0.5  # numbers: a page of other writing where fewer are to be expected has none
MOSTLY = 2.0  # times the ink of digits: a page with so much other writing is one of that
NO_HOPE, HOPE = (2.0, 0.5), (8.0, 0.9)
"""Things thought on every page besides, and the share of numbers among them: to be sure of a number
little is assumed, and to lose none much, since pages are read for the numbers on them."""
COLUMN_HOPE = (6.0, 0.8)
"""Likewise of every column of single digits: answers are letters, or digits, time after time."""
MOST_OF_A_LIST = 0.5  # of its lines: of a printed list, fewer pass for handwriting
EVEN = 0.5  # probability: on a page of other writing, a number that is less likely one is not said
LIKELY = 0.8  # probability: a number that is less likely one is for review
BESIDE = 2.0  # digit heights to either side where other writing tells of words
TENTHS = 10  # of a square digit height, in which such ink is counted
LEAST_SURE = 1e-4  # a probability counts as no less, nor as any nearer to 1


def verify(
    numbers: Sequence[Number], lists: Sequence[Sequence[int]], layers: Layers, flat: FlatPage
) -> list[Number]:
    """Return the numbers but those that hardly are any, doubted those that rather are none.

    On a page of other writing where no number is to be expected, those that rather are none go too.
    Those that look like print, all their digits exactly like others of the page, are doubted. Boxes
    are in the layers' and the flat page's pixels. Without an ink network no number goes.

    lists: places of the numbers that count the lines of a list, by list: where most of them stay,
    all do.
    """
    twins = twin_shares(numbers, flat.grey, flat.colour)
    numbers = [
        replace(number, status=Status.REVIEW, doubted=True) if share == 1 else number
        for number, share in zip(numbers, twins.tolist(), strict=True)
    ]
    if layers.odds is None or not numbers:
        return numbers
    odds = evidence(numbers, layers, twins) @ WEIGHTS + CONSTANT - logit(USUAL_SHARE)
    hoped = share_on_page(odds, USUAL_SHARE, *HOPE)
    here = likely(odds, share_on_page(odds, USUAL_SHARE, *NO_HOPE))
    are_likely = _are_likely(numbers, odds)
    stays = likely(odds, max(hoped, USUAL_SHARE)) >= REFUSED
    stays &= _by_column(numbers, odds) >= REFUSED
    stays |= np.array([_is_won_back(number, layers) for number in numbers])
    for lines in map(list, lists):
        stays[lines] |= stays[lines].mean() > MOST_OF_A_LIST
    refused = list(compress(numbers, ~stays))
    if here.sum() < HARDLY_ANY and is_mostly_other(layers, refused):
        stays = likely(odds, hoped) >= EVEN
    judged = zip(numbers, are_likely.tolist(), here.tolist(), strict=True)
    return [
        number if is_likely else _less_sure(number, chance)
        for number, is_likely, chance in compress(judged, stays)
    ]


def _are_likely(numbers: Sequence[Number], odds: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell which numbers are likely ones, (count,), little being hoped of the page.

    What is doubted already is judged among all; the others among themselves, since of those far
    more are numbers, and marks and words beside them that nobody takes for sure tell nothing.
    """
    chances = likely(odds, share_on_page(odds, USUAL_SHARE, *NO_HOPE))
    others = np.array([not number.doubted for number in numbers])
    chances[others] = likely(odds[others], share_on_page(odds[others], USUAL_SHARE, *NO_HOPE))
    return np.asarray(chances >= LIKELY, dtype=np.bool_)


def _by_column(numbers: Sequence[Number], odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability of each single digit, among those of its column; 1 of all others."""
    chances = np.ones(len(numbers))
    single = np.array([len(number.digits) == 1 for number in numbers])
    boxes = [number.box for number in compress(numbers, single)]
    if boxes:
        in_column = are_in_column(boxes, boxes)
        shares = shares_among(odds[single], in_column, USUAL_SHARE, *COLUMN_HOPE)
        chances[single] = likely(odds[single], shares)
    return chances


def _less_sure(number: Number, chance: float) -> Number:
    """Return a number for review, what it and its digits may be times its chance of being one."""
    digits = tuple(
        replace(
            digit,
            confidence=digit.confidence * chance,
            status=Status.REVIEW,
            alternatives=tuple((other, share * chance) for other, share in digit.alternatives),
        )
        for digit in number.digits
    )
    confidence = number.confidence * chance
    return replace(number, confidence=confidence, status=Status.REVIEW, doubted=True, digits=digits)


def _is_won_back(number: Number, layers: Layers) -> bool:
    """Tell whether ink of a number was won back from other writing, which a person is to judge."""
    return layers.won_back is not None and bool(layers.won_back[window(number.box)].any())


def is_mostly_other(layers: Layers, refused: Sequence[Number]) -> bool:
    """Tell whether far more of the page's ink is other writing than digits; refused is other."""
    is_digit = layers.digits > 0
    ink = np.count_nonzero(is_digit) + np.count_nonzero(layers.writing)
    for number in refused:
        is_digit[window(number.box)] = False
    digits = np.count_nonzero(is_digit)
    return bool(ink - digits >= MOSTLY * digits)


def evidence(
    numbers: Sequence[Number], layers: Layers, twins: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return what tells numbers from other writing, (count, 7), a row each.

    The ink's mean logarithm of odds; the logarithm of the height in digit heights, and how far from
    0; the logarithm of how much other writing stands beside; the logarithm of the odds of the digit
    read least surely, and of the count of digits; the share of its digits that look exactly like
    others of the page (twins, (count,)).
    """
    rows = np.array([_row(number, layers) for number in numbers])
    return np.column_stack([rows, twins])


def _row(number: Number, layers: Layers) -> list[float]:
    size = float(np.log(number.box.height / layers.digit_height))
    least_sure = min(digit.confidence for digit in number.digits)
    sure = min(max(least_sure, LEAST_SURE), 1 - LEAST_SURE)
    return [
        _mean_odds(number.box, layers),
        size,
        abs(size),
        _writing_beside(number.box, layers),
        float(logit(sure)),
        float(np.log(len(number.digits))),
    ]


def _mean_odds(box: Box, layers: Layers) -> float:
    """Return the mean over the ink of digits in a box; 0, as likely as not, without such ink."""
    place = window(box)
    is_digit = layers.digits[place] > 0
    if layers.odds is None or not is_digit.any():
        return 0.0
    return float(layers.odds[place][is_digit].mean(dtype=np.float32))


def _writing_beside(box: Box, layers: Layers) -> float:
    """Return the logarithm of 1 and the tenths of a square digit height that are other ink."""
    reach, rows = BESIDE * layers.digit_height, window(box)[0]
    edges = (box.x - reach, box.x), (box.right, box.right + reach)
    inked = sum(
        np.count_nonzero(layers.writing[rows, max(0, round(left)) : max(0, round(right))])
        for left, right in edges
    )
    return float(np.log1p(TENTHS * inked / layers.digit_height**2))

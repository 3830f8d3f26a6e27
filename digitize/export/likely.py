"""What else a number may be: the likeliest other digits of each place, combined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from digitize.records import Digit, Number

MOST_OTHERS = 8
"""Readings kept beside the first: with three runners-up per digit, later ones are far-fetched."""

LEAST_LIKELY = 0.0001
"""Of a reading that is kept: what is less would be shown as 0.0000."""


@dataclass(frozen=True, slots=True)
class Likely:
    """A text that a number may have, and the probability of it, 0 to 1."""

    text: str
    confidence: float


def other_readings(number: Number) -> tuple[Likely, ...]:
    """Return what else a number may be, by falling confidence; never what it was read as.

    A reading is as likely as the product of its digits' probabilities, yet no likelier than what
    the number's own confidence leaves, for a second reader may have made it surer than its digits.
    Marks stay where they are.
    """
    digits = iter(number.digits)
    found = most_likely(
        _choices(next(digits)) if sign in "0123456789" else [Likely(sign, 1.0)]
        for sign in number.text
    )
    left = 1.0 - number.confidence
    others = [Likely(one.text, min(one.confidence, left)) for one in found]
    return tuple(
        one for one in others if one.text != number.text and one.confidence >= LEAST_LIKELY
    )[:MOST_OTHERS]


def most_likely(places: Iterable[Iterable[Likely]]) -> list[Likely]:
    """Return the likeliest texts with one sign of each place, one more than `MOST_OTHERS`.

    The best whole texts begin with the best beginnings, so that no more of these are ever kept.
    Equally likely texts stand in the order of their signs.
    """
    best = [(-1.0, "")]  # bare pairs in the order wanted: a fifth of the time that records take
    for choices in places:
        signs = [(one.confidence, one.text) for one in choices]
        longer = [(less * share, text + sign) for less, text in best for share, sign in signs]
        best = sorted(longer)[: MOST_OTHERS + 1]
    return [Likely(text, -less) for less, text in best]


def _choices(digit: Digit) -> list[Likely]:
    """Return what a digit may be, each value once, with the most that is said for it."""
    shares: dict[int, float] = {}
    for value, share in ((digit.digit, digit.confidence), *digit.alternatives):
        shares[value] = max(share, shares.get(value, 0.0))
    return [Likely(str(value), share) for value, share in shares.items()]

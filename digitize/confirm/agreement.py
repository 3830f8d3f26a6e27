"""Which of two readings of a number is believed, and how certain it is.

The weights are those of a logistic regression on numbers of composed pages, written with digits
that no model was trained on; `benchmarks/agreement.py` fits them and says how well they do.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from digitize.confirm.hypotheses import Hypothesis
from digitize.records import Digit

MOST_CERTAIN = 0.9999
AHEAD = 8.0  # how far one hypothesis can be before another, in logarithms: beyond, it is far


@dataclass(frozen=True, slots=True)
class Weights:
    """Of a logarithm of odds: a constant, and the weights of what the readers think."""

    constant: float
    by_digits: float
    by_strip: float
    ahead: float

    def confidence(self, hypothesis: Hypothesis, ahead: float) -> float:
        """Return the probability, 0 to 1, that a hypothesis so far ahead is right."""
        odds = (
            self.constant
            + self.by_digits * hypothesis.by_digits
            + self.by_strip * hypothesis.by_strip
            + self.ahead * min(ahead, AHEAD)
        )
        return min(MOST_CERTAIN, 1 / (1 + exp(-odds)))


AGREED = Weights(constant=6.0, by_digits=0.6, by_strip=0.6, ahead=0.0)
DIFFERENT = Weights(constant=-0.5, by_digits=0.2, by_strip=0.2, ahead=0.4)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a number says by both readers, and whether they agreed on it."""

    digits: tuple[Digit, ...]
    confidence: float
    agreed: bool

    def shares(self) -> list[float]:
        """Return each digit's confidence, so that all together are as certain as the number."""
        doubts = [-log(min(max(digit.confidence, 1e-6), MOST_CERTAIN)) for digit in self.digits]
        total = sum(doubts)
        return [self.confidence ** (doubt / total) for doubt in doubts]


def judge(own: Hypothesis, other: Hypothesis | None) -> Verdict:
    """Return the better of the digits' hypothesis and the second reader's, if that differs."""
    if other is None:
        return Verdict(own.digits, AGREED.confidence(own, 0.0), agreed=True)
    best, worse = (own, other) if own.total >= other.total else (other, own)
    return Verdict(best.digits, DIFFERENT.confidence(best, best.total - worse.total), agreed=False)


def alone(hypothesis: Hypothesis) -> Verdict:
    """Return the second reader's hypothesis where the first reader read nothing."""
    return Verdict(hypothesis.digits, DIFFERENT.confidence(hypothesis, 0.0), agreed=False)

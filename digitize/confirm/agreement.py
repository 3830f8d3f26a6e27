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
class Trust:
    """How two hypotheses are compared: the weights of both readers' say, and the first's lead."""

    by_digits: float
    by_strip: float
    lead: float

    def of(self, own: Hypothesis, other: Hypothesis) -> float:
        """Return how much rather the digits' hypothesis is believed; below 0, the other is."""
        return (
            self.lead
            + self.by_digits * (own.by_digits - other.by_digits)
            + self.by_strip * (own.by_strip - other.by_strip)
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """Of a logarithm of odds: a constant, and the weights of what is known of a hypothesis.

    ahead: for how much rather it is believed than the other. cut: added where ink was cut for it.
    doubted: added where the number is doubted, whatever it says.
    """

    constant: float
    by_digits: float
    by_strip: float
    ahead: float
    cut: float
    doubted: float

    def confidence(self, hypothesis: Hypothesis, ahead: float, is_doubted: bool) -> float:
        """Return the probability, 0 to 1, that a hypothesis so far ahead is right."""
        odds = (
            self.constant
            + self.by_digits * hypothesis.by_digits
            + self.by_strip * hypothesis.by_strip
            + self.ahead * min(ahead, AHEAD)
            + self.cut * hypothesis.has_cut
            + self.doubted * is_doubted
        )
        return min(MOST_CERTAIN, 1 / (1 + exp(-odds)))


TRUST = Trust(by_digits=0.17, by_strip=0.68, lead=1.78)
AGREED = Weights(constant=4.75, by_digits=0.65, by_strip=3.73, ahead=0.0, cut=-1.13, doubted=-3.6)
DIFFERENT = Weights(
    constant=1.11, by_digits=0.14, by_strip=0.47, ahead=0.35, cut=-1.12, doubted=-1.66
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a number says by both readers, how sure it is, and whether they agreed on it.

    reading: how sure its digits are, all together; confidence: the number, which may be less sure
    where it is doubted that these are all its digits.
    """

    digits: tuple[Digit, ...]
    reading: float
    confidence: float
    agreed: bool

    def shares(self) -> list[float]:
        """Return each digit's confidence, so that all together are as certain as the reading."""
        doubts = [-log(min(max(digit.confidence, 1e-6), MOST_CERTAIN)) for digit in self.digits]
        total = sum(doubts)
        return [self.reading ** (doubt / total) for doubt in doubts]


def judge(own: Hypothesis, other: Hypothesis | None, is_doubted: bool) -> Verdict:
    """Return the better of the digits' hypothesis and the second reader's, if that differs."""
    if other is None:
        return _verdict(AGREED, own, 0.0, is_doubted)
    ahead = TRUST.of(own, other)
    return _verdict(DIFFERENT, own if ahead >= 0 else other, abs(ahead), is_doubted)


def alone(hypothesis: Hypothesis) -> Verdict:
    """Return the second reader's hypothesis where the first reader read nothing."""
    return _verdict(DIFFERENT, hypothesis, 0.0, is_doubted=True)


def _verdict(weights: Weights, best: Hypothesis, ahead: float, is_doubted: bool) -> Verdict:
    reading = weights.confidence(best, ahead, is_doubted=False)
    confidence = weights.confidence(best, ahead, is_doubted)
    return Verdict(best.digits, reading, confidence, agreed=weights is AGREED)

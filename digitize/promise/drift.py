"""Whether a batch looks like the numbers a model was calibrated on; if not, no promise holds."""

from __future__ import annotations

import numpy as np

from digitize.promise.reference import Reference, Values, looks_of
from digitize.records import DocumentResult

ENOUGH = 30  # numbers: fewer say nothing of their kind
EDGE = 0.01  # share of the calibration digits beyond either end of what counts as seen
MOST_UNSEEN = 0.10  # share of a batch's digits beyond one end: ten times what is to be expected
MOST_LESS_SURE = 0.15  # distance of the confidences' distributions, in share of numbers
NOISE_RISK = 0.05  # chance that sampling alone adds more to that distance than is allowed for

WORDS = {
    "size": ("smaller", "larger", "pixels high", 1.0),
    "stroke": ("thinner", "thicker", "% of their height wide", 100.0),
    "contrast": ("paler", "darker", "% contrast", 100.0),
}
"""For each look: below and above what was seen, its unit, and what turns it into that unit."""


class DriftWatch:
    """Gathers how the numbers of a batch look, document by document, and compares at the end."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._confidence: list[float] = []
        self._numbers = 0
        self._looks: dict[str, list[Values]] = {name: [] for name in reference.looks}

    def add(self, document: DocumentResult) -> None:
        """Take note of all numbers of one document."""
        for page in document.pages:
            self._numbers += len(page.numbers)
            self._confidence += [n.confidence for n in page.numbers if not n.doubted]
            digits = (digit for number in page.numbers for digit in number.digits)
            for name, values in looks_of(digits).items():
                self._looks[name].append(values)

    def reasons(self) -> list[str]:
        """Return why the promise does not hold for this batch, a clause each; none if it does."""
        if self._numbers < ENOUGH:
            return [f"{self._numbers} numbers are too few to compare with the calibration set"]
        reasons = [self._unseen(name) for name in self._reference.looks]
        return [reason for reason in [*reasons, self._set_aside(), self._less_sure()] if reason]

    def _unseen(self, name: str) -> str:
        """Return a clause where too many digits lie beyond what was calibrated on."""
        values = np.concatenate(self._looks[name])
        below, above, unit, factor = WORDS[name]
        low, high = np.quantile(self._reference.looks[name], [EDGE, 1 - EDGE])
        for share, word, limit in (
            (float((values < low).mean()), below, low),
            (float((values > high).mean()), above, high),
        ):
            if share > MOST_UNSEEN:
                return (
                    f"{share:.0%} of the digits are {word} than those calibrated on "
                    f"({'under' if word == below else 'over'} {limit * factor:.0f} {unit})"
                )
        return ""

    def _set_aside(self) -> str:
        """Return a clause where far more numbers than usual hold cuts or stray marks."""
        reference = self._reference
        usual = reference.set_aside / max(1, reference.set_aside + len(reference.confidence))
        share = 1 - len(self._confidence) / self._numbers
        if share - usual <= MOST_LESS_SURE + noise(self._numbers):
            return ""
        return (
            f"{share:.0%} of the numbers touch or have marks beside them; of those calibrated on, "
            f"{usual:.0%}"
        )

    def _less_sure(self) -> str:
        """Return a clause where the numbers are less certain than those calibrated on.

        One-sided Kolmogorov-Smirnov distance, with what sampling may add by P. Massart 1990,
        doi:10.1214/aop/1176990746.
        """
        if not self._confidence:
            return ""
        theirs, ours = np.sort(self._reference.confidence), np.sort(self._confidence)
        excess = np.searchsorted(ours, ours, "right") / len(ours) - (
            np.searchsorted(theirs, ours, "right") / len(theirs)
        )
        worst = int(np.argmax(excess))
        if excess[worst] <= MOST_LESS_SURE + noise(len(ours)):
            return ""
        level = ours[worst]
        return (
            f"{(ours <= level).mean():.0%} of the numbers are less than {_percent(level)} certain; "
            f"of those calibrated on, {(theirs <= level).mean():.0%}"
        )


def noise(count: int) -> float:
    """Return how far `count` samples may stray from their distribution by chance, 0 to 1."""
    return float(np.sqrt(np.log(1 / NOISE_RISK) / (2 * count)))


def _percent(level: float) -> str:
    return f"{level * 100:.4g} %" if level < 1 else "wholly"

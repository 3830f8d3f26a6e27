"""Judged pages to figures: how much was found, how much of it is right, how sure it may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digitize.records import Status
from digitize.score.calibration import expected_calibration_error
from digitize.score.judged import JudgedPage


@dataclass(frozen=True, slots=True)
class Figures:
    """What the readings of some pages are worth; None where there is nothing to measure.

    Named and defined as in shared/bench/score.py as far as `ece`; shares and errors are 0 to 1,
    but `cer`, which insertions can bring above 1. What follows is about numbers that were read on
    pages whose truth is complete. number_ece: calibration error of their confidence. accepted:
    share of them with the status ok. accepted_error: share of these that are wrong.
    """

    pages: int
    numbers: int
    number_exact: float | None
    precision: float | None
    said_per_page: float | None
    cer: float | None
    digit_f1: float | None
    digit_accuracy_on_matched: float | None
    spurious_per_page: float | None
    ece: float | None
    number_ece: float | None
    accepted: float | None
    accepted_error: float | None


def figures_of(pages: Sequence[JudgedPage]) -> Figures:
    """Return the figures of some pages together."""
    said = [number for page in pages if page.truth.complete for number in page.numbers]
    accepted = [number for number in said if number.read.status is Status.OK]
    digits = [digit for page in pages for digit in page.digits]
    true_numbers = sum(len(page.truth.numbers) for page in pages)
    exact = sum(number.right for page in pages for number in page.numbers)
    right, digits_said = sum(digit.right for digit in digits), sum(page.said for page in pages)
    return Figures(
        pages=len(pages),
        numbers=true_numbers,
        number_exact=_share(exact, true_numbers),
        precision=_share(sum(number.right for number in said), len(said)),
        said_per_page=_share(len(said), len(pages)),
        cer=_share(sum(page.edits for page in pages), sum(page.written for page in pages)),
        digit_f1=f1(right, digits_said, sum(page.sought for page in pages)),
        digit_accuracy_on_matched=_share(right, len(digits)),
        spurious_per_page=_share(digits_said - len(digits), len(pages)),
        ece=expected_calibration_error((digit.confidence, digit.right) for digit in digits),
        number_ece=expected_calibration_error((one.read.confidence, one.right) for one in said),
        accepted=_share(len(accepted), len(said)),
        accepted_error=_share(sum(not number.right for number in accepted), len(accepted)),
    )


def f1(right: int, said: int, sought: int) -> float | None:
    """Return the harmonic mean of precision and recall, 0 to 1; None where nothing is sought."""
    precision, recall = _share(right, said) or 0.0, _share(right, sought) or 0.0
    if precision + recall:
        return 2 * precision * recall / (precision + recall)
    return 0.0 if sought else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None

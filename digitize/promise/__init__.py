"""A promise about error: at most so many accepted numbers are wrong, if the pages are as known."""

from __future__ import annotations

from dataclasses import dataclass, replace

from digitize.errors import ModelUnusable, UsageError
from digitize.promise.bound import CERTAINTY, find_threshold, largest_error
from digitize.promise.drift import DriftWatch
from digitize.promise.reference import KEY, Reference, Values, looks_of, quantiles

__all__ = [
    "KEY",
    "DriftWatch",
    "Promise",
    "Reference",
    "Values",
    "find_threshold",
    "largest_error",
    "looks_of",
    "make_promise",
    "quantiles",
    "read_reference",
]


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised of the accepted numbers, and why it may not hold; shares are 0 to 1.

    threshold: numbers at least this sure are accepted. error: the bound at it, at most
    `max_error`, with probability `certainty`. coverage: the share of the `calibration_numbers`
    that the threshold accepts. broken_by: why these pages are not like those; empty if they are.
    """

    max_error: float
    certainty: float
    threshold: float
    error: float
    coverage: float
    calibration_numbers: int
    calibrated_on: str
    broken_by: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.broken_by

    def after(self, watch: DriftWatch) -> Promise:
        """Return the promise as it stands for the batch that was watched."""
        return replace(self, broken_by=tuple(watch.reasons()))


def read_reference(metadata: dict[str, str], model: str) -> Reference:
    """Return the calibration set in a model's metadata; ModelUnusable where there is none."""
    try:
        return Reference.from_json(metadata[KEY])
    except (KeyError, TypeError, ValueError) as error:
        raise ModelUnusable(
            f"the model {model} has no calibration set, so no error can be promised",
            "Train it again with `digitize train`, or use --review-below instead of --max-error",
        ) from error


def make_promise(reference: Reference, max_error: float, model: str) -> Promise:
    """Return the promise of `max_error`, 0 to 1; UsageError where the calibration set is weak."""
    count = len(reference.confidence)
    found = find_threshold(reference.confidence, reference.right, max_error)
    if found is None:
        raise UsageError(
            f"{model} cannot promise an error of {max_error * 100:g}%: "
            f"its calibration set ({count:,} numbers) is too small or errs too often",
            f"Ask for --max-error {least_promise(reference):.1%} or more, or use --review-below",
        )
    return Promise(
        max_error=max_error,
        certainty=CERTAINTY,
        threshold=found.confidence,
        error=found.error,
        coverage=found.coverage,
        calibration_numbers=count,
        calibrated_on=reference.made_from,
    )


def least_promise(reference: Reference) -> float:
    """Return the smallest error in whole thousandths that can be promised; 1 where none can."""
    thousandths = range(1, 1001)
    return next(
        (
            share / 1000
            for share in thousandths
            if find_threshold(reference.confidence, reference.right, share / 1000)
        ),
        1.0,
    )

"""All models side by side: a row for each figure, a column for each model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from digitize.train.report.record import Comparison, ModelReport
from digitize.train.report.wording import UNKNOWN, area_text, duration, percent

Described: TypeAlias = tuple[str, str, Callable[[ModelReport], str]]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of all models. meaning: what it is, in a few words."""

    title: str
    meaning: str
    cells: tuple[str, ...]


def figure_rows(comparison: Comparison) -> tuple[Row, ...]:
    """Return what was measured; what passes as a digit only where the set has such images."""
    others = OTHERS if comparison.data.not_digits else ()
    return _rows(comparison, (*FIGURES, *others, *COSTS))


def origin_rows(comparison: Comparison) -> tuple[Row, ...]:
    """Return how the models were made."""
    return _rows(comparison, ORIGINS)


def _rows(comparison: Comparison, described: tuple[Described, ...]) -> tuple[Row, ...]:
    return tuple(
        Row(title, meaning, tuple(cell(model) for model in comparison.models))
        for title, meaning, cell in described
    )


def _passing_interval(model: ModelReport) -> str:
    others = model.evaluation.others
    if others is None:
        return UNKNOWN
    return f"{percent(others.low)} to {percent(others.high)}"


FIGURES: tuple[Described, ...] = (
    ("Error", "of the digits", lambda one: percent(one.evaluation.error_rate)),
    (
        "95 % interval",
        "Wilson’s",
        lambda one: f"{percent(one.evaluation.low)} to {percent(one.evaluation.high)}",
    ),
    ("Wrong", "digits", lambda one: f"{one.evaluation.errors:,}"),
    (
        "Refused",
        "digits answered with not a digit; they count as errors",
        lambda one: percent(one.refused_share),
    ),
    (
        "Accuracy among digits",
        "if the best of the ten digits is always taken",
        lambda one: percent(one.accuracy_among_digits),
    ),
    ("ECE", "mean gap of confidence and truth", lambda one: f"{one.evaluation.ece:.4f}"),
    (
        "Signed error",
        "of confidence; above 0 is too sure",
        lambda one: f"{one.evaluation.signed_error:+.4f}",
    ),
    (
        "Area under risk–coverage",
        "0 is best",
        lambda one: f"{one.risk_coverage.area:.6f}",
    ),
    (
        "Mean AUC",
        "of ten ROC curves, 1 is best",
        lambda one: area_text(one.macro_auc),
    ),
)
OTHERS: tuple[Described, ...] = (
    (
        "Pass as a digit",
        "of what is no digit, where 99 % of the digits pass",
        lambda one: percent(one.evaluation.others.pass_rate if one.evaluation.others else None),
    ),
    ("Passing, 95 % interval", "Wilson’s", _passing_interval),
)
COSTS: tuple[Described, ...] = (
    ("Training time", "from the card", lambda one: duration(one.training_seconds)),
    ("Test time", "here, one thread", lambda one: duration(one.evaluation.seconds)),
    (
        "Speed",
        "digits per second",
        lambda one: f"{one.evaluation.digits_per_second:,.0f}",
    ),
    ("File", "", lambda one: f"{one.size_bytes / 1e6:.2f} MB"),
)
ORIGINS: tuple[Described, ...] = (
    ("Calibration", "", lambda one: one.calibration),
    ("Training data", "", lambda one: one.training_data),
)

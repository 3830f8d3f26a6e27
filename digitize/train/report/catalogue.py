"""Every plot of the report, with its title and what to say to who cannot see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digitize.records import Floats
from digitize.train.report.plots.answers import plot_classes, plot_confusion
from digitize.train.report.plots.confidence import (
    plot_reliability,
    plot_risk_coverage,
    plot_roc,
)
from digitize.train.report.plots.gallery import plot_mistakes
from digitize.train.report.plots.side_by_side import plot_costs, plot_errors, plot_learning_curves
from digitize.train.report.plots.style import picture_bytes
from digitize.train.report.record import Comparison, ModelReport
from digitize.train.report.wording import area_text, duration, frequent_errors, percent

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plot as files. name: theirs, without an ending; alt: the plot in words."""

    name: str
    alt: str
    png: bytes
    svg: bytes


def comparison_drawings(comparison: Comparison) -> dict[str, Drawing]:
    """Return the plots of all models together: errors, costs, and learning curves if known."""
    errors = "; ".join(
        f"{one.name} {percent(one.evaluation.error_rate)}, "
        f"interval {percent(one.evaluation.low)} to {percent(one.evaluation.high)}"
        for one in comparison.models
    )
    costs = "; ".join(
        f"{one.name}: trained in {duration(one.training_seconds)}, tested in "
        f"{duration(one.evaluation.seconds)}, file of {one.size_bytes / 1e6:.2f} MB, "
        f"{one.evaluation.digits_per_second:,.0f} digits per second"
        for one in comparison.models
    )
    drawn = {
        "errors": _drawn("errors", f"Error of each model. {errors}.", plot_errors(comparison)),
        "costs": _drawn("costs", f"Costs of each model. {costs}.", plot_costs(comparison)),
    }
    if curves := [one for one in comparison.models if one.learning_curve]:
        told = "; ".join(
            f"{one.name}: "
            + ", ".join(f"{percent(error)} with {digits:,}" for digits, error in one.learning_curve)
            for one in curves
        )
        alt = f"Error on held-back digits by number of training digits. {told}."
        drawn["learning_curves"] = _drawn("learning-curves", alt, plot_learning_curves(comparison))
    return drawn


def model_drawings(model: ModelReport, file_name: str, images: Floats) -> dict[str, Drawing]:
    """Return one model's plots; their files' names begin with `file_name`.

    images: (count, 28, 28) of the set, 0 paper to 1 ink.
    """
    return {
        kind: _drawn(f"{file_name}-{kind.replace('_', '-')}", alt(model), plot(model))
        for kind, (alt, plot) in MODEL_PLOTS.items()
    } | {
        "mistakes": _drawn(
            f"{file_name}-mistakes",
            f"The {len(model.mistakes)} errors that {model.name} was surest of.",
            plot_mistakes(model.mistakes, images),
        )
    }


MODEL_PLOTS: dict[str, tuple[Callable[[ModelReport], str], Callable[[ModelReport], Figure]]] = {
    "confusion": (
        lambda model: (
            f"Confusion matrix of {model.name}. Commonest: {frequent_errors(model)}. "
            "The table below has all counts."
        ),
        plot_confusion,
    ),
    "classes": (
        lambda model: (
            f"Precision, recall and F1 of {model.name} by digit; on average "
            f"{percent(model.macro_precision)}, {percent(model.macro_recall)} and "
            f"{percent(model.macro_f1)}. The table below has all figures."
        ),
        plot_classes,
    ),
    "roc": (
        lambda model: (
            f"ROC curves of {model.name}, each digit against the others; mean area "
            f"{area_text(model.macro_auc)}."
            if model.macro_auc is not None
            else f"No ROC curve of {model.name}: only one digit occurs."
        ),
        plot_roc,
    ),
    "reliability": (
        lambda model: (
            f"Reliability diagram of {model.name}: expected calibration error "
            f"{model.evaluation.ece:.4f}, signed {model.evaluation.signed_error:+.4f}. "
            "The table below has all bins."
        ),
        plot_reliability,
    ),
    "risk_coverage": (
        lambda model: (
            f"Risk by coverage of {model.name}; area {model.risk_coverage.area:.6f}, "
            f"{percent(model.risk_coverage.risk[-1])} error with all digits accepted."
        ),
        plot_risk_coverage,
    ),
}


def file_names(names: Sequence[str]) -> list[str]:
    """Return a file name for each model's name: safe anywhere, and each of its own."""
    made: list[str] = []
    for place, name in enumerate(names, 1):
        safe = re.sub(r"[^\w.-]+", "-", name).strip(".-").lower() or "model"
        made.append(safe if safe not in made else f"{safe}-{place}")
    return made


def _drawn(name: str, alt: str, figure: Figure) -> Drawing:
    return Drawing(name, alt, picture_bytes(figure, "png"), picture_bytes(figure, "svg"))

"""All models in one figure: error, what they cost, and what more training digits would bring."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from digitize.train.libraries import load
from digitize.train.report.plots.style import LINES, MARKERS, blank_figure, dress, model_colour
from digitize.train.report.record import Comparison, ModelReport

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

ROW = 0.34  # inches of height for a model
ROOM_FOR_VALUES = 0.25  # of the longest bar, to the right of it
COSTS: tuple[tuple[str, Callable[[ModelReport], float], str], ...] = (
    ("Training time (minutes)", lambda model: model.training_seconds / 60, "{:,.1f}"),
    ("Test time (seconds)", lambda model: model.evaluation.seconds, "{:,.2f}"),
    ("File (MB)", lambda model: model.size_bytes / 1e6, "{:,.2f}"),
    ("Speed (digits per second)", lambda model: model.evaluation.digits_per_second, "{:,.0f}"),
)


def plot_errors(comparison: Comparison) -> Figure:
    """Return every model's error with its 95 % interval."""
    models = comparison.models
    figure = blank_figure(7.2, 1.2 + ROW * len(models))
    axes = figure.add_subplot()
    for place, model in enumerate(models):
        figures = model.evaluation
        reach = [[max(0.0, 100 * (figures.error_rate - figures.low))],
                 [max(0.0, 100 * (figures.high - figures.error_rate))]]  # fmt: skip
        axes.errorbar(100 * figures.error_rate, place, xerr=reach, color=model_colour(place),
                      fmt=MARKERS[place % len(MARKERS)], capsize=4, clip_on=False)  # fmt: skip
    dress(axes, "Error with 95 % interval (% of digits)", "")
    _name_rows(axes, models)
    axes.set_xlim(left=0)
    return figure


def plot_costs(comparison: Comparison) -> Figure:
    """Return training time, test time, file size and speed of every model."""
    models = comparison.models
    figure = blank_figure(9.6, 2 * (1.1 + ROW * len(models)))
    panels = figure.subplots(2, 2).flat
    for axes, (title, value, form) in zip(panels, COSTS, strict=True):
        values = [value(model) for model in models]
        bars = axes.barh(range(len(models)), values,
                         color=[model_colour(place) for place in range(len(models))])  # fmt: skip
        axes.bar_label(bars, [form.format(one) for one in values], padding=3, fontsize=9)
        dress(axes, title, "")
        axes.grid(visible=False, axis="y")
        axes.xaxis.set_major_formatter("{x:,g}")
        axes.set_xlim(0, (1 + ROOM_FOR_VALUES) * max(values) or 1)
        _name_rows(axes, models)
    return figure


def plot_learning_curves(comparison: Comparison) -> Figure:
    """Return held-back error by number of training digits, of the models whose cards tell it."""
    figure = blank_figure(7.2, 4.0)
    axes = figure.add_subplot()
    for place, model in enumerate(comparison.models):
        if model.learning_curve:
            axes.plot(
                [digits for digits, _ in model.learning_curve],
                [100 * error for _, error in model.learning_curve],
                color=model_colour(place),
                marker=MARKERS[place % len(MARKERS)],
                linestyle=LINES[place % len(LINES)],
                label=model.name,
            )
    dress(axes, "Training digits (log scale)", "Error on held-back digits (%, log scale)")
    axes.set_xscale("log")
    axes.set_yscale("log")
    (ticker,) = load("matplotlib.ticker")
    for axis, form in ((axes.xaxis, "{x:,.0f}"), (axes.yaxis, "{x:g}")):
        axis.set_major_locator(ticker.LogLocator(subs=(1, 2, 5)))
        axis.set_major_formatter(form)
        axis.set_minor_locator(ticker.NullLocator())
    axes.legend(frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
    return figure


def _name_rows(axes: Axes, models: tuple[ModelReport, ...]) -> None:
    axes.set_yticks(range(len(models)), [model.name for model in models])
    axes.set_ylim(len(models) - 0.5, -0.5)

"""One model's confidence: how well it ranks, whether it is true, what it is worth in practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digitize.train.report.metrics.roc import Roc
from digitize.train.report.plots.style import (
    DIGIT_COLOURS,
    INK,
    LINES,
    MODEL_COLOURS,
    blank_figure,
    dress,
)
from digitize.train.report.record import ModelReport
from digitize.train.report.wording import area_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEAST_SPAN = 0.01  # of hits: smaller differences are not enlarged
SOME_ROOM = 1.1  # times what the curves take
FINEST_ALARM = 1e-4  # of the other digits: below this the axis is linear down to 0


def plot_roc(model: ModelReport) -> Figure:
    """Return each digit against the others at every threshold, with the area under its curve."""
    figure = blank_figure(7.2, 4.6)
    axes = figure.add_subplot()
    for digit, curve in enumerate(model.roc):
        if curve.area is not None:
            axes.plot(
                curve.false_alarms,
                curve.hits,
                color=DIGIT_COLOURS[digit],
                linestyle=LINES[digit % len(LINES)],
                label=f"{digit}   {area_text(curve.area)}",
            )
    dress(axes, "False alarms: share of the other digits (log scale above 0.0001)",
          "Hits: share of the digit's own")  # fmt: skip
    axes.set_xscale("symlog", linthresh=FINEST_ALARM)
    axes.set_xticks([0, 1e-4, 1e-3, 1e-2, 1e-1, 1], ["0", "0.0001", "0.001", "0.01", "0.1", "1"])
    axes.set_xlim(0, 1)
    if lowest := [_hits_without_alarm(curve) for curve in model.roc if curve.area is not None]:
        room = max(LEAST_SPAN, SOME_ROOM * (1 - min(lowest)))
        axes.set_ylim(1 - room, 1 + room / 100)
        axes.legend(title="Digit and AUC", frameon=False, loc="center left",
                    bbox_to_anchor=(1.0, 0.5), prop={"size": 9})  # fmt: skip
    return figure


def _hits_without_alarm(curve: Roc) -> float:
    """Return the share of hits at the last threshold that no other digit reaches."""
    return max(hit for hit, alarm in zip(curve.hits, curve.false_alarms, strict=True) if alarm == 0)


def plot_reliability(model: ModelReport) -> Figure:
    """Return the reliability diagram, and beside it the gap of each bin with its count."""
    figure = blank_figure(9.6, 4.2)
    diagram, gaps = figure.subplots(1, 2, width_ratios=(1, 1.5))
    bins = model.reliability
    sure, right = [one.confidence for one in bins], [one.right for one in bins]
    reach = ([max(0.0, one.right - one.low) for one in bins],
             [max(0.0, one.high - one.right) for one in bins])  # fmt: skip
    diagram.plot([0, 1], [0, 1], color=INK, linewidth=0.8, linestyle="--", label="as it should be")
    diagram.errorbar(sure, right, reach, fmt="o", color=MODEL_COLOURS[0], capsize=2, markersize=4,
                     label="bin, 95 % interval")  # fmt: skip
    diagram.legend(frameon=False, loc="upper left", fontsize=9)
    diagram.set_xlim(0, 1.02)
    diagram.set_ylim(0, 1.02)
    dress(diagram, "Mean confidence", "Share read rightly")
    _draw_gaps(gaps, model)
    return figure


def _draw_gaps(axes: Axes, model: ModelReport) -> None:
    bins = model.reliability
    places = range(len(bins))
    gap = [100 * (one.confidence - one.right) for one in bins]
    reach = (
        [100 * max(0.0, one.high - one.right) for one in bins],
        [100 * max(0.0, one.right - one.low) for one in bins],
    )
    axes.bar(places, gap, color=MODEL_COLOURS[1], alpha=0.75)
    axes.errorbar(places, gap, reach, fmt="none", ecolor=INK, capsize=2, linewidth=0.8)
    axes.axhline(0, color=INK, linewidth=0.8)
    dress(axes, "Mean confidence of the bin, and its number of digits",
          "Too sure by (percentage points)")  # fmt: skip
    names = [f"{one.confidence:.4f}  ({one.count:,})" for one in bins]
    axes.set_xticks(places, names, rotation=60, ha="right", rotation_mode="anchor", fontsize=8)


def plot_risk_coverage(model: ModelReport) -> Figure:
    """Return the error among the surest digits by how many are accepted."""
    figure = blank_figure(7.2, 3.6)
    axes = figure.add_subplot()
    curve = model.risk_coverage
    axes.plot([100 * value for value in curve.coverage], [100 * value for value in curve.risk],
              color=MODEL_COLOURS[0])  # fmt: skip
    dress(axes, "Coverage: digits accepted, surest first (%)", "Risk: error among them (%)")
    axes.set_xlim(0, 100)
    axes.set_ylim(bottom=0)
    return figure

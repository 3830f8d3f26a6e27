"""One model's answers: which digit is read as which, and each digit's precision and recall."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from digitize.classify import CLASSES, DIGITS
from digitize.train.libraries import load
from digitize.train.report.plots.style import (
    MARKERS,
    MODEL_COLOURS,
    answer_name,
    blank_figure,
    dress,
)
from digitize.train.report.record import ModelReport

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DARK = 0.55  # of the darkest shade: on darker cells the count is white
SINGLE_FIGURES = ("precision", "recall", "f1")


def plot_confusion(model: ModelReport) -> Figure:
    """Return the confusion matrix: counts, with errors shaded by their number."""
    (ticker,) = load("matplotlib.ticker")
    figure = blank_figure(7.2, 5.6)
    axes = figure.add_subplot()
    counts = np.array(model.confusion)
    errors = counts.copy()
    np.fill_diagonal(errors, 0)
    most = max(1, int(errors.max()))
    image = axes.imshow(errors, cmap="Blues", vmin=0, vmax=most, aspect="auto")
    for true, answer in np.ndindex(*counts.shape):
        if counts[true, answer]:
            colour = "white" if errors[true, answer] > DARK * most else "#222222"
            weight = "bold" if true == answer else "normal"
            text = f"{counts[true, answer]}"
            axes.text(answer, true, text, ha="center", va="center", color=colour, fontsize=8.5,
                      fontweight=weight)  # fmt: skip
    dress(axes, "Answer", "True digit")
    axes.grid(visible=False)
    axes.set_xticks(range(CLASSES), [answer_name(answer).replace(" a ", " a\n")
                                     for answer in range(CLASSES)])  # fmt: skip
    axes.set_yticks(range(DIGITS))
    figure.colorbar(image, ax=axes, label="Errors (digits)", ticks=ticker.MaxNLocator(integer=True))
    return figure


def plot_classes(model: ModelReport) -> Figure:
    """Return precision, recall and F1 of every digit."""
    figure = blank_figure(7.2, 3.6)
    axes = figure.add_subplot()
    for place, name in enumerate(SINGLE_FIGURES):
        known = [(one.digit, getattr(one, name)) for one in model.classes]
        points = [(digit, 100 * value) for digit, value in known if value is not None]
        axes.plot(
            [digit + 0.18 * (place - 1) for digit, _ in points],
            [value for _, value in points],
            linestyle="none",
            marker=MARKERS[place],
            color=MODEL_COLOURS[place],
            label="F1" if name == "f1" else name.capitalize(),
        )
    dress(axes, "Digit", "Share (%)")
    axes.set_xticks(range(DIGITS))
    axes.legend(frameon=False, ncols=3, loc="lower center", bbox_to_anchor=(0.5, 1.0))
    return figure

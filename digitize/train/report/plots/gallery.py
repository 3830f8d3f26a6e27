"""The worst errors, as images."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from digitize.records import Floats
from digitize.train.report.mistakes import Mistake
from digitize.train.report.plots.style import INK, answer_name, blank_figure

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLUMNS = 8
CELL = 1.2  # inches


def plot_mistakes(mistakes: Sequence[Mistake], images: Floats) -> Figure:
    """Return a sheet of errors, surest first, each with truth, answer and confidence.

    images: (count, 28, 28), 0 paper to 1 ink; a mistake's index names its row.
    """
    rows = max(1, math.ceil(len(mistakes) / COLUMNS))
    figure = blank_figure(CELL * COLUMNS, (CELL + 0.35) * rows)
    cells = list(figure.subplots(rows, COLUMNS, squeeze=False).flat)
    for axes in cells:
        axes.set_axis_off()
    if not mistakes:
        figure.text(0.5, 0.5, "no errors to show", ha="center", va="center", color=INK)
    for axes, mistake in zip(cells, mistakes, strict=False):
        axes.imshow(1 - images[mistake.index], cmap="gray", vmin=0, vmax=1)
        title = (
            f"{mistake.truth} read as {answer_name(mistake.answer)}\n{mistake.confidence:.1%} sure"
        )
        axes.set_title(title, fontsize=7.5, color=INK)
    return figure

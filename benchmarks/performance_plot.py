"""The plot of docs/performance.md: where a page's time goes, and pages a minute."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from performance_figures import CSV, Measurement

INCHES = (11.0, 5.4)
SHARE_SHOWN = 0.005  # of a page's time: rooms below it are too thin to be seen
INK, CSV_COLOUR, PDF_COLOUR, PEER_COLOUR = "#33475b", "#2a7ab9", "#8cbbe0", "#b9b9b9"


def draw(measured: Measurement, path: Path) -> None:
    """Write the plot as SVG; the same figures give the same bytes."""
    figure = Figure(figsize=INCHES, layout="constrained")
    rooms, speeds = figure.subplots(1, 2)
    draw_rooms(rooms, measured)
    draw_speeds(speeds, measured)
    path.parent.mkdir(parents=True, exist_ok=True)
    with mpl.rc_context({"svg.hashsalt": "digitize"}):
        figure.savefig(path, format="svg", metadata={"Date": None})


def draw_rooms(axes: Axes, measured: Measurement) -> None:
    """Draw a bar per room, the slowest on top."""
    total = sum(measured.own_rooms.values())
    seen = {room: s for room, s in measured.own_rooms.items() if s >= SHARE_SHOWN * total}
    bars = axes.barh(list(seen), [spent * 1000 for spent in seen.values()], color=INK)
    axes.bar_label(bars, fmt="%.0f", padding=3)
    axes.invert_yaxis()
    finish(axes, "milliseconds of the processor a page")


def draw_speeds(axes: Axes, measured: Measurement) -> None:
    """Draw a bar per run of digitize and of its peers."""
    names, speeds, colours = [], [], []
    for run in measured.runs:
        workers = f"{run.jobs} worker{'s' if run.jobs > 1 else ''}"
        names.append(f"digitize, {workers}, {run.formats.replace(',', ' and ')}")
        speeds.append(run.cost.pages_a_minute)
        colours.append(CSV_COLOUR if run.formats == CSV else PDF_COLOUR)
    for peer in measured.peers:
        names.append(f"{peer.name}, {'a process per core' if peer.together else 'as it comes'}")
        speeds.append(peer.cost.pages_a_minute)
        colours.append(PEER_COLOUR)
    bars = axes.barh(names, speeds, color=colours)
    axes.bar_label(bars, fmt="%.3g", padding=3)
    axes.invert_yaxis()
    busy = ", on a busy machine" if measured.was_busy else ""
    finish(axes, f"pages a minute{busy}")


def finish(axes: Axes, label: str) -> None:
    """Leave out what says nothing, and keep room for the figures at the bars' ends."""
    axes.set_xlabel(label)
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(x=0.12)

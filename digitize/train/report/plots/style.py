"""How every plot looks: plain, with units, in colours that colour-blind readers tell apart.

matplotlib is imported when a figure is made and not before; no window system is needed (Agg).
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from digitize.classify import NOT_A_DIGIT
from digitize.train.libraries import load

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe, Ito 2008, jfly.uni-koeln.de/color: told apart with every kind of colour blindness
MODEL_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
# Tol 2021, personal.sron.nl/~pault: nine muted colours; black for the tenth digit
DIGIT_COLOURS = (
    "#332288", "#88CCEE", "#44AA99", "#117733", "#999933",
    "#DDCC77", "#CC6677", "#882255", "#AA4499", "#000000",
)  # fmt: skip
LINES = ("-", "--", ":", "-.")  # so that colour is never the only difference
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
INK, FAINT = "#333333", "#d9d9d9"
PNG_DPI = 150  # twice a screen's, so that plots stay sharp when enlarged
ONLY_THE_PLOT = {"svg": {"Date": None, "Creator": None}, "png": {"Software": None}}


def blank_figure(width: float, height: float) -> Figure:
    """Return an empty figure of that size in inches."""
    (module,) = load("matplotlib.figure")
    made: Figure = module.Figure(figsize=(width, height), layout="constrained")
    return made


def dress(axes: Axes, across: str, up: str, title: str = "") -> Axes:
    """Return `axes` with titles, their units in them, a faint grid and no frame above and right."""
    axes.set_xlabel(across, color=INK)
    axes.set_ylabel(up, color=INK)
    if title:
        axes.set_title(title, color=INK, fontsize=11, loc="left")
    axes.grid(color=FAINT, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.tick_params(colors=INK)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return axes


def model_colour(place: int) -> str:
    """Return the colour of the model at that place in the comparison, from 0."""
    return MODEL_COLOURS[place % len(MODEL_COLOURS)]


def answer_name(answer: int) -> str:
    """Return "7", or "not a digit"."""
    return "not a digit" if answer == NOT_A_DIGIT else str(answer)


def picture_bytes(figure: Figure, kind: str) -> bytes:
    """Return the figure as a `png` or `svg` file; the same figure gives the same bytes."""
    (matplotlib,) = load("matplotlib")
    file = io.BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "digitize", "svg.fonttype": "path"}):
        figure.savefig(file, format=kind, dpi=PNG_DPI, metadata=ONLY_THE_PLOT[kind])
    return file.getvalue()

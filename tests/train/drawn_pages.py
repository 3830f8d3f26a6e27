"""What tests compose crops with: drawn digits, and the fonts that matplotlib brings."""

from __future__ import annotations

from pathlib import Path

import matplotlib
import numpy as np
from drawn_digits import drawn_digits

from digitize.train.clutter import FontFace
from digitize.train.inkpages import InkPages
from digitize.train.inkpages.bench import Bench
from digitize.train.inkpages.canvas import Canvas
from digitize.train.inkpages.digit_pool import DigitPool
from digitize.train.inkpages.lettering import families_of

FOLDER = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
SANS = FontFace("DejaVu Sans", FOLDER / "DejaVuSans.ttf")
BOLD = FontFace("DejaVu Sans", FOLDER / "DejaVuSans-Bold.ttf")
SERIF = FontFace("DejaVu Serif", FOLDER / "DejaVuSerif.ttf")
SLANTED = FontFace("STIXGeneral", FOLDER / "STIXGeneralItalic.ttf")  # stands for a hand's letters
DIGITS_DRAWN = drawn_digits(20, np.random.default_rng(7))


def drawn_pool() -> DigitPool:
    """Return two hundred drawn digits."""
    return DigitPool(DIGITS_DRAWN.images, DIGITS_DRAWN.labels, DIGITS_DRAWN.images[:0])


def drawn_pages() -> InkPages:
    """Return a composer with drawn digits, print in three faces, and letters in one."""
    return InkPages(DIGITS_DRAWN, [SANS, BOLD, SERIF], [SLANTED])


def blank_bench(seed: int, height: float = 24.0, side: int = 304) -> Bench:
    """Return what a scene needs, on white paper."""
    return Bench(
        Canvas.blank(side),
        np.random.default_rng(seed),
        drawn_pool(),
        families_of([SANS, BOLD, SERIF]),
        families_of([SLANTED]),
        height,
    )

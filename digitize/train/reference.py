"""The calibration set of numbers that a model carries: what `--max-error` promises rest on."""

from __future__ import annotations

import numpy as np

from digitize.options import page_options
from digitize.promise import Reference, quantiles
from digitize.readers import Readers
from digitize.train.clutter import find_fonts
from digitize.train.compose import (
    ALL_PAGES,
    CALIBRATION_NUMBERS,
    ComposeOptions,
    read_composed_pages,
)
from digitize.train.datasets import DigitSet
from digitize.train.progress import announce

FEWEST_DIGITS = 1000  # held back: fewer, used over and over, would prove nothing about numbers


def measure_reference(
    readers: Readers,
    held_back: DigitSet,
    seed: int,
    count: int = CALIBRATION_NUMBERS,
    styles: ComposeOptions = ALL_PAGES,
) -> Reference | None:
    """Return how `readers` read composed pages of held-back digits; None for too few digits.

    count: numbers to be read at least. What is no digit is left out of `held_back`; the composed
    pages have letters and print of their own.
    """
    digits = held_back.digits()
    if len(digits) < FEWEST_DIGITS:
        announce(
            f"No promises: {len(digits)} held-back digits are too few (--max-error needs them)"
        )
        return None
    announce("Reading composed pages, for --max-error")
    rng, faces = np.random.default_rng(seed), find_fonts("train")
    options = page_options("page", review_below=0.0)
    read = read_composed_pages(readers, digits, rng, options, count, faces, styles)
    kept = ~read.forced
    return Reference(
        made_from=(
            f"{len(read):,} numbers read on composed pages ({', '.join(styles.styles)}; "
            f"{', '.join(styles.wears)}) of {len(digits):,} held-back digits"
        ),
        confidence=read.confidence[kept].astype(np.float64),
        right=read.right[kept],
        set_aside=int(read.forced.sum()),
        looks={name: quantiles(values) for name, values in read.looks.items()},
    )

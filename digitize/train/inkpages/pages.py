"""Crops of pages: a scene, what else lies on the paper, and wear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
from numpy.random import Generator

from digitize.errors import UsageError
from digitize.records import Pixels
from digitize.train.clutter import FontFace
from digitize.train.inkpages import paper
from digitize.train.inkpages import scenes_empty as empty
from digitize.train.inkpages import scenes_forms as forms
from digitize.train.inkpages import scenes_sums as sums
from digitize.train.inkpages import scenes_tables as tables
from digitize.train.inkpages import scenes_written as written
from digitize.train.inkpages.bench import Bench
from digitize.train.inkpages.canvas import Canvas
from digitize.train.inkpages.digit_pool import DigitPool
from digitize.train.inkpages.lettering import families_of
from digitize.train.inkpages.marking import correct
from digitize.train.inkpages.signs import MARKS
from digitize.train.inkpages.wear import wear

DIGIT_PIXELS = (14.0, 48.0)  # heights that digits are drawn at, evenly in their logarithm
MARGIN = 24  # pixels around the crop, for turning and warping to draw from
LEAST_INK = 128  # of 255: a picture without so much anywhere is blank
MARKED = 0.14  # of crops: somebody has marked what is written there, mostly in red
TURNED = 0.08  # of crops: sideways or upside down, since nobody knows yet how a page lies

Scene = Callable[[Bench], None]
SCENES: tuple[tuple[Scene, float], ...] = (
    (written.write_free, 0.09),
    (written.write_on_rules, 0.095),
    (written.write_in_squares, 0.055),
    (written.write_few, 0.05),
    (written.write_answers, 0.065),
    (sums.write_sums, 0.05),
    (sums.write_column_sums, 0.025),
    (sums.print_column_sums, 0.03),
    (forms.fill_boxes, 0.08),
    (forms.fill_combs, 0.055),
    (forms.fill_cheque, 0.045),
    (forms.fill_answer_page, 0.045),
    (tables.fill_table, 0.055),
    (tables.fill_marks, 0.05),
    (empty.print_page, 0.05),
    (empty.print_figures, 0.025),
    (empty.write_cursive, 0.1),
    (empty.print_huge, 0.015),
    (empty.rule_empty, 0.015),
    (empty.leave_bare, 0.005),
)
"""What fills a crop, and how often; the shares sum to 1."""
BENEATH: tuple[tuple[Callable[[Canvas, Generator], None], float], ...] = (
    (paper.tint, 0.7), (paper.security_print, 0.14), (paper.stain, 0.04),
)  # fmt: skip
ABOVE: tuple[tuple[Callable[[Canvas, Generator], None], float], ...] = (
    (paper.clouds, 0.7), (paper.shadow, 0.12), (paper.specks, 0.12), (paper.stain, 0.03),
    (paper.hole, 0.03), (paper.margin, 0.04), (paper.desk, 0.1),
)  # fmt: skip
"""What lies under the ink and over it, and in which share of crops."""


class LabelledImages(Protocol):
    """Digits in MNIST's form, such as a DigitSet."""

    @property
    def images(self) -> Pixels:
        """(n, 28, 28) uint8, 0 paper to 255 ink."""

    @property
    def labels(self) -> Pixels:
        """(n,), 0 to 9; what is above is a letter or a sign."""


class InkPages:
    """Composes crops: the same from the same generator, in any process."""

    def __init__(
        self, supply: LabelledImages, faces: Sequence[FontFace], hands: Sequence[FontFace]
    ) -> None:
        """Take digits, fonts to print with and fonts to write with; UsageError without a digit.

        Without fonts nothing is printed; without hands words are a scrawl.
        """
        inked = supply.images.max(axis=(1, 2), initial=0) >= LEAST_INK
        usable = inked & (supply.labels < 10)
        if not usable.any():
            raise UsageError(
                "there are no digits to compose pages of",
                "Give labelled digits that were held back from training",
            )
        others = supply.images[inked & ~usable]
        self._pool = DigitPool(supply.images[usable], supply.labels[usable], others)
        self._faces, self._hands = families_of(faces), families_of(hands)

    def crop(self, rng: Generator, side: int = 256) -> tuple[Pixels, Pixels]:
        """Return a crop, (side, side, 3) uint8 RGB, and its classes, (side, side) uint8."""
        canvas = Canvas.blank(side + 2 * MARGIN)
        low, high = np.log(DIGIT_PIXELS)
        height = float(np.exp(rng.uniform(low, high)))
        bench = Bench(canvas, rng, self._pool, self._faces, self._hands, height)
        for layer, share in BENEATH:
            if bench.often(share):
                layer(canvas, rng)
        self._show_through(bench)
        _pick_scene(rng)(bench)
        _add_marks(bench)
        if bench.often(MARKED):
            correct(bench)
        for layer, share in ABOVE:
            if bench.often(share):
                layer(canvas, rng)
        pixels, classes = wear(canvas, side, rng)
        turns = bench.count(1, 3) if bench.often(TURNED) else 0
        return np.rot90(pixels, turns).copy(), np.rot90(classes, turns).copy()

    def _show_through(self, bench: Bench) -> None:
        """Let the back of the sheet be seen through it, mirrored and pale, as paper."""
        if not bench.often(0.07):
            return
        back = Canvas.blank(bench.side)
        behind = Bench(back, bench.rng, self._pool, self._faces, self._hands, bench.height)
        written.write_free(behind) if bench.often(0.6) else empty.print_page(behind)
        seen = back.paint[:, ::-1].mean(axis=2) / 255
        bench.canvas.shade(1 - np.float32(bench.between(0.04, 0.2)) * (1 - seen))


def _pick_scene(rng: Generator) -> Scene:
    shares = np.array([share for _, share in SCENES])
    return SCENES[int(rng.choice(len(SCENES), p=shares / shares.sum()))][0]


def _add_marks(bench: Bench) -> None:
    """Add signs, signatures, scribbles, words, letters or a logo that belong to no scene."""
    for _ in range(bench.count(0, 3) if bench.often(0.3) else 0):
        x, y = bench.between(0, bench.side), bench.between(0, bench.side)
        hand = bench.hand(bench.between(0.7, 1.8))
        kind = bench.rng.random()
        if kind < 0.6:
            MARKS[bench.count(0, len(MARKS) - 1)](hand, x, y)
        elif kind < 0.75:
            hand.write_words(x, y, x + bench.between(10, 150))
        elif kind < 0.9:
            bench.printer().words(x, y, bench.height * bench.between(0.5, 3), bench.count(1, 3))
        else:
            bench.printer().logo(x, y, bench.height * bench.between(0.7, 3))

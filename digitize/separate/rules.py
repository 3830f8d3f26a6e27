"""Rules: long, straight, thin ink, found in pieces and joined."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels
from digitize.separate.options import SeparateOptions
from digitize.separate.parts import outlines_of, part_in

BEND = (0.3, 0.05)  # digit heights, and of its length: how far a rule may stray from level
THICKEST_RULE = 0.22  # digit heights; thicker is a bar
FIT_SHARE = 0.7  # of a rule's columns that lie on a smooth line; a row of strokes has fewer
FREE = 0.8  # of the length of a rule on which other ink hangs: most of it has none
CURVED_ASPECT = 12  # length over height from which a rule may be fitted as a curve
USUAL_DEPTH = 0.4  # share of a rule's columns that are no thicker than it: strokes cross the others
OVERSHOOT = 0.35  # digit heights that a rule may go on past another, specks at its end included


@dataclass(frozen=True, slots=True)
class Rule:
    """A nearly horizontal rule: from column `start` on, its middle row `middles` per column.

    thickness in pixels. A vertical rule is the same on the transposed page.
    """

    start: int
    middles: NDArray[np.float64]
    thickness: float

    @property
    def end(self) -> int:
        """The first column past the rule."""
        return self.start + len(self.middles)


def find_rules(
    ink: Pixels, height: float, options: SeparateOptions
) -> tuple[list[Rule], list[Rule]]:
    """Return the horizontal rules, and the vertical ones on the transposed page."""
    traced_rows = trace_rules(ink, height, options.row_gap, options)
    traced_columns = trace_rules(transposed(ink), height, options.column_gap, options)
    long = options.rule_length * height
    rows = _kept(traced_rows, long, traced_columns, height)
    columns = _kept(traced_columns, long, rows, height)
    return _kept(traced_rows, long, columns, height), columns


def _kept(rules: list[Rule], long: float, others: list[Rule], height: float) -> list[Rule]:
    """Return the rules long enough to stand alone, and those that close a box with `others`."""
    across = _Across.of(others)
    return [
        rule for rule in rules if len(rule.middles) >= long or across.hold_both_ends(rule, height)
    ]


@dataclass(frozen=True, slots=True)
class _Across:
    """Rules across the way of others: (count,) where each starts, how long and thick it is.

    middles: of all rules one after the other, the first of each at `begins`.
    """

    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    thickness: NDArray[np.float64]
    begins: NDArray[np.int64]
    middles: NDArray[np.float64]

    @staticmethod
    def of(rules: list[Rule]) -> _Across:
        lengths = np.array([len(rule.middles) for rule in rules], dtype=np.int64)
        return _Across(
            starts=np.array([rule.start for rule in rules], dtype=np.int64),
            lengths=lengths,
            thickness=np.array([rule.thickness for rule in rules], dtype=np.float64),
            begins=np.cumsum(lengths) - lengths,
            middles=np.concatenate([np.zeros(0), *(rule.middles for rule in rules)]),
        )

    def hold_both_ends(self, side: Rule, height: float) -> bool:
        """Tell whether a rule goes from one of these to another, all the way.

        A stroke written between two lines of a page may nearly do so; a side of a box does. The
        side lies on the transposed page, so that rows are told by columns and columns by rows.
        """
        first = self._hold(side.middles[0], -side.start, -1, height)
        return first and self._hold(side.middles[-1], side.end, 1, height)

    def _hold(self, x: float, y: float, down: int, height: float) -> bool:
        """Tell whether a rule that ends at (x, y), y counted outward, comes up to one of these."""
        column = np.rint(x) - self.starts
        reach = OVERSHOOT * height
        beside = (self.starts - reach <= x) & (x <= self.starts + self.lengths + reach)
        at = np.clip(column, 0, self.lengths - 1)[beside].astype(np.int64)
        past = y - down * self.middles[self.begins[beside] + at]
        return bool(((-self.thickness[beside] / 2 - 1 <= past) & (past <= reach)).any())


def trace_rules(ink: Pixels, height: float, gap: float, options: SeparateOptions) -> list[Rule]:
    """Return every nearly horizontal chain of straight pieces; gap in digit heights.

    Pieces are what a morphological opening with a long flat kernel leaves; pieces in line, at most
    `gap` apart, make a chain, which is kept where enough of its length is inked.
    """
    length = max(5, round(options.piece_length * height))
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))  # so that a slope's steps do not break runs
    dots = max(3, round(options.dot_gap * height))
    thick = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, dots | 1), np.uint8))
    pieces = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, length | 1), np.uint8))
    bridge = np.ones((3, max(3, round(gap * height)) | 1), np.uint8)
    chains = np.asarray(cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, bridge), dtype=np.uint8)
    rules = []
    for outline in outlines_of(chains):
        x, y, width, tall = cv2.boundingRect(outline)
        is_level = tall <= most_bend(width, height)
        if width < (options.box_side if is_level else options.long_rule) * height:
            continue
        window = np.s_[y : y + tall, x : x + width]
        own = part_in(chains[window], outline[0, 0] - (x, y)) & (pieces[window] > 0)
        for start, end in _runs(own, ink[window], height, options):
            free = 0.0 if is_level else FREE
            rule = _fit_rule(own[:, start:end], ink[window][:, start:end], x + start, y, free)
            if rule is not None and is_level_and_thin(rule, height):
                rules.append(rule)
    return rules


def most_bend(length: float, height: float) -> float:
    """Return how far, in pixels, a rule of this length may stray from level."""
    return BEND[0] * height + BEND[1] * length


def is_level_and_thin(rule: Rule, height: float) -> bool:
    """Tell whether what was fitted to a chain is a rule; of other ink that hangs on it, none is."""
    is_level = np.ptp(rule.middles) <= most_bend(len(rule.middles), height)
    return bool(is_level and rule.thickness <= max(4.0, THICKEST_RULE * height))


def _runs(
    pieces: NDArray[np.bool_], ink: Pixels, height: float, options: SeparateOptions
) -> list[tuple[int, int]]:
    """Return the columns, first and past the last, of each rule that a chain of pieces makes.

    The chain is one where enough of it is inked. A short one is parted at its gaps else, as the
    tops of two boxes are that stand side by side.
    """
    width = pieces.shape[1]
    if width >= options.long_rule * height:
        return [(0, width)] if pieces.any(axis=0).mean() >= options.broken_cover else []
    inked = np.asarray((pieces & (ink > 0)).any(axis=0), dtype=np.bool_)
    if inked.mean() >= options.whole_cover:
        return [(0, width)]
    edges = np.flatnonzero(np.diff(inked, prepend=False, append=False))
    least = options.box_side * height
    return [(start, end) for start, end in edges.reshape(-1, 2).tolist() if end - start >= least]


def _fit_rule(pieces: NDArray[np.bool_], ink: Pixels, x: int, y: int, free: float) -> Rule | None:
    """Return a smooth rule through the pieces of one chain, or None where they do not fit one.

    free: so much of its length has no other ink on it, at least.
    """
    inked = pieces & (ink > 0)
    rows = np.arange(inked.shape[0])
    depth, sums = np.stack([np.ones_like(rows), rows]) @ inked.astype(np.float64)
    columns = np.flatnonzero(depth)
    if len(columns) < max(4, pieces.shape[1] / 4):
        return None
    thickness = float(np.sort(depth[columns])[round(USUAL_DEPTH * (len(columns) - 1))])
    thin = columns[depth[columns] <= 1.5 * thickness + 1]
    if free:  # in two rules that hang together, ink is as thin, but lies far apart
        last = len(inked) - 1 - inked[::-1].argmax(axis=0)
        spread = last - inked.argmax(axis=0) + 1
        thin = thin[spread[thin] <= 1.5 * thickness + 1]
        if len(thin) < free * pieces.shape[1]:
            return None
    middle = sums[thin] / depth[thin]
    degree = 2 if pieces.shape[1] > CURVED_ASPECT * pieces.shape[0] else 1
    powers = np.vander(np.linspace(0, 1, pieces.shape[1]), degree + 1)
    fitted = _fit(powers, thin, middle)
    near = np.abs(middle - fitted[thin]) <= thickness + 1
    if near.sum() < FIT_SHARE * len(thin):
        return None
    if not near.all():
        fitted = _fit(powers, thin[near], middle[near])
    return Rule(x, np.asarray(fitted + y, dtype=np.float64), max(1.0, thickness))


def _fit(
    powers: NDArray[np.float64], columns: NDArray[np.int64], middles: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the polynomial of these powers of each column that fits middles at some columns."""
    factors = np.linalg.lstsq(powers[columns], middles, rcond=None)[0]
    return np.asarray(powers @ factors, dtype=np.float64)


def transposed(image: Pixels) -> Pixels:
    """Return the picture with rows and columns exchanged."""
    return np.asarray(cv2.transpose(image), dtype=np.uint8)

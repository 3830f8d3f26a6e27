"""Rules: long, straight, thin ink, found in pieces and joined."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels
from digitize.separate.options import SeparateOptions

BEND = (0.3, 0.05)  # digit heights, and of its length: how far a rule may stray from level
THICKEST_RULE = 0.22  # digit heights; thicker is a bar
FIT_SHARE = 0.7  # of a rule's columns that lie on a smooth line; a row of strokes has fewer
CURVED_ASPECT = 12  # length over height from which a rule may be fitted as a curve
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
    return [r for r in rules if len(r.middles) >= long or _joins_rules(r, others, height)]


def _joins_rules(side: Rule, others: list[Rule], height: float) -> bool:
    """Tell whether a rule goes from one rule across its way to another, all the way.

    A stroke written between two lines of a page may nearly do so; a side of a box does. `others`
    lie on the transposed page, so that rows are told by columns and columns by rows alike.
    """
    first = any(_reaches(other, side.middles[0], -side.start, -1, height) for other in others)
    return first and any(_reaches(other, side.middles[-1], side.end, 1, height) for other in others)


def _reaches(row: Rule, x: float, y: float, down: int, height: float) -> bool:
    """Tell whether a rule across `row` at `x` that ends at `y`, counted outward, comes up to it."""
    if not row.start - OVERSHOOT * height <= x <= row.end + OVERSHOOT * height:
        return False
    column = min(max(round(x) - row.start, 0), len(row.middles) - 1)
    past = y - down * row.middles[column]
    return bool(-row.thickness / 2 - 1 <= past <= OVERSHOOT * height)


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
    chains = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, bridge)
    count, labels, statistics, _ = cv2.connectedComponentsWithStats(chains, connectivity=8)
    rules = []
    for label in range(1, count):
        x, y, width, tall = (int(value) for value in statistics[label][:4])
        if width < options.box_side * height or tall > BEND[0] * height + BEND[1] * width:
            continue
        window = np.s_[y : y + tall, x : x + width]
        own = (labels[window] == label) & (pieces[window] > 0)
        inked = own if width >= options.long_rule * height else own & (ink[window] > 0)
        least = options.broken_cover if inked is own else options.whole_cover
        if inked.any(axis=0).mean() < least:
            continue
        rule = _fit_rule(own, ink[window], x, y)
        if rule is not None and rule.thickness <= max(4.0, THICKEST_RULE * height):
            rules.append(rule)
    return rules


def _fit_rule(pieces: NDArray[np.bool_], ink: Pixels, x: int, y: int) -> Rule | None:
    """Return a smooth rule through the pieces of one chain, or None where they do not fit one."""
    inked = pieces & (ink > 0)
    depth = inked.sum(axis=0)
    columns = np.flatnonzero(depth)
    if len(columns) < max(4, pieces.shape[1] / 4):
        return None
    thickness = float(np.percentile(depth[columns], 40))
    thin = columns[depth[columns] <= 1.5 * thickness + 1]
    rows = np.arange(inked.shape[0])[:, None]
    middle = (inked * rows).sum(axis=0)[thin] / depth[thin]
    degree = 2 if pieces.shape[1] > CURVED_ASPECT * pieces.shape[0] else 1
    every = np.arange(pieces.shape[1])
    fitted = np.polyval(np.polyfit(thin, middle, degree), every)
    near = np.abs(middle - fitted[thin]) <= thickness + 1
    if near.sum() < FIT_SHARE * len(thin):
        return None
    fitted = np.polyval(np.polyfit(thin[near], middle[near], degree), every)
    return Rule(x, np.asarray(fitted + y, dtype=np.float64), max(1.0, thickness))


def transposed(image: Pixels) -> Pixels:
    """Return the picture with rows and columns exchanged."""
    return np.asarray(cv2.transpose(image), dtype=np.uint8)

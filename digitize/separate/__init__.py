"""Flat page to layers of ink: digits, other writing, rules; by rules of shape.

This is the stage's boundary: a flat page in, Layers out. A learned ink classifier can stand here.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from digitize.records import Box, FlatPage, Layers, Pixels

ALIKE = 1.35  # one hand's digits differ in height by about this factor from their middle
WIDEST_SHAPE, TALLEST_SHAPE = 2.5, 12.0  # sides over one another: touching digits, a thin 1
SIZE_WEIGHT = 1.5  # power of the height by which ink counts: between its count and its area
LARGEST_WEIGHT = 1 / 10  # of the page's height: what is taller counts no more
BEND = (0.3, 0.05)  # digit heights, and of its length: how far a rule may stray from level
THICKEST_RULE = 0.22  # digit heights; thicker is a bar
FIT_SHARE = 0.7  # of a rule's columns that lie on a smooth line; a row of strokes has fewer
CURVED_ASPECT = 12  # length over height from which a rule may be fitted as a curve
CORNER = 0.25  # digit heights by which rules are lengthened, for corners to close
LEAST_CELL, TALLEST_CELL = 0.6, 20.0  # digit heights: a box for a small digit, a column
CELL_FILL = 0.8  # of its bounding box that a cell fills; other gaps between rules fill less
LEAST_HEIGHT = 6.0  # pixels: nothing lower can be read
LEAST_SHARE = 1 / 300  # of the longer side: 1 mm on A4, paper's grain at most
OVERSHOOT = 0.35  # digit heights that a rule may go on past another, specks at its end included
WHOLE_PAGE = 1000  # pixels of the longer side: on a smaller picture one digit may fill it all
WEB_SHARE = 1 / 8  # of the longer side: no page is written in digits so large
USUAL_SHARE = 1 / 70  # of the longer side: 4.2 mm on A4
LARGE_WRITING = 2.5  # digit heights: signatures, flourishes and page borders are taller


@dataclass(frozen=True, slots=True)
class SeparateOptions:
    """How rules are told from strokes; lengths in digit heights.

    piece_length: a straight run this long may be a piece of a rule.
    rule_length: a rule that stands alone is at least this long.
    box_side: a side of a box, ending on two rules, may be this short.
    dot_gap: gaps this short within a piece are a dotted or faded rule's own.
    row_gap, column_gap: the longest gap between pieces of one horizontal or vertical rule.
    long_rule: from this length on a rule may be broken.
    whole_cover, broken_cover: the least inked share of a rule's length, below and from long_rule.
    """

    piece_length: float = 0.7
    rule_length: float = 3.0
    box_side: float = 1.02
    dot_gap: float = 0.12
    row_gap: float = 1.0
    column_gap: float = 0.35
    long_rule: float = 8.0
    whole_cover: float = 0.95
    broken_cover: float = 0.55


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


def separate(page: FlatPage, options: SeparateOptions = SeparateOptions()) -> Layers:
    """Return the page's ink in layers, and the closed cells its rules make."""
    ink = page.ink
    height = estimate_digit_height(ink)
    if is_one_web(ink, height):
        height = find_height_in_web(ink, options)
    rows, columns = find_rules(ink, height, options)
    if not rows and not columns:
        digits, writing = split_by_size(ink, height)
        return Layers(digits, writing, np.zeros_like(ink), height)
    digits = without_rules(ink, rows, columns)
    cells = find_cells(rows, columns, ink.shape, height)
    rules = cv2.subtract(ink, digits)
    height = estimate_digit_height(digits)
    digits, writing = split_by_size(digits, height)
    return Layers(digits, writing, np.asarray(rules, dtype=np.uint8), height, cells)


def is_one_web(ink: Pixels, height: float) -> bool:
    """Tell whether a page's ink hangs together, as on squared paper whose rules digits touch."""
    longer: int = max(ink.shape)
    return longer >= WHOLE_PAGE and height > WEB_SHARE * longer


def find_height_in_web(ink: Pixels, options: SeparateOptions) -> float:
    """Return the digit height of a page whose rules hold all ink together.

    The rules are found with the usual height of writing on such a page, and erased for the look.
    """
    usual = max(ink.shape) * USUAL_SHARE
    rows, columns = find_rules(ink, usual, options)
    freed = without_rules(ink, rows, columns)
    height = estimate_digit_height(freed)
    return usual if is_one_web(freed, height) else height


def estimate_digit_height(ink: Pixels) -> float:
    """Return the height in pixels that most of the ink's components share, as digits do.

    The fullest place in the distribution of heights on a logarithmic scale, where a component
    counts by its height to the power 1.5: many specks do not outweigh the digits, nor does one
    frame. A fortieth of the page's height where nothing has a digit's shape.
    """
    _, _, statistics, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    widths, heights = statistics[1:, cv2.CC_STAT_WIDTH], statistics[1:, cv2.CC_STAT_HEIGHT]
    least = max(LEAST_HEIGHT, max(ink.shape) * LEAST_SHARE)
    shaped = (widths < WIDEST_SHAPE * heights) & (heights < TALLEST_SHAPE * widths)
    shaped &= heights >= least
    found = np.sort(heights[shaped]).astype(np.float64)
    if not len(found):
        return float(max(least, ink.shape[0] / 40))
    capped = np.minimum(found, max(ink.shape[0] * LARGEST_WEIGHT, least))
    weight = np.cumsum(np.power(capped, SIZE_WEIGHT))
    first = np.searchsorted(found, found / ALIKE, side="left")
    last = np.searchsorted(found, found * ALIKE, side="right") - 1
    around = weight[last] - weight[first] + found[first]
    best = int(np.argmax(around))
    alike = found[int(first[best]) : int(last[best]) + 1]
    return float(np.median(alike))


def find_rules(
    ink: Pixels, height: float, options: SeparateOptions
) -> tuple[list[Rule], list[Rule]]:
    """Return the horizontal rules, and the vertical ones on the transposed page."""
    traced_rows = trace_rules(ink, height, options.row_gap, options)
    traced_columns = trace_rules(_transposed(ink), height, options.column_gap, options)
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


def without_rules(ink: Pixels, rows: list[Rule], columns: list[Rule]) -> Pixels:
    """Return the ink without the rules; the columns are those of the transposed page."""
    return _transposed(erase_rules(_transposed(erase_rules(ink, rows)), columns))


def erase_rules(ink: Pixels, rules: list[Rule]) -> Pixels:
    """Return the ink without the rules; strokes that cross one keep their ink there."""
    result = ink.copy()
    for rule in rules:
        _erase_rule(result, ink, rule)
    return result


def _erase_rule(result: Pixels, ink: Pixels, rule: Rule) -> None:
    """Clear the rule's band in `result` but for columns in which a stroke goes on past it."""
    half = rule.thickness / 2 + 1.0
    columns = np.arange(rule.start, rule.end)
    top = np.floor(rule.middles - half).astype(int)
    bottom = np.ceil(rule.middles + half).astype(int)
    above = _inked_beside(ink, columns, top, -1)
    below = _inked_beside(ink, columns, bottom, 1)
    crossing = find_crossings(above, below, round(rule.thickness) + 2)
    last = ink.shape[0] - 1
    for offset in range(int((bottom - top).max()) + 1):
        rows = np.clip(top + offset, 0, last)
        clear = ~crossing & (top + offset <= bottom)
        result[rows[clear], columns[clear]] = 0


def find_crossings(
    above: NDArray[np.bool_], below: NDArray[np.bool_], reach: int
) -> NDArray[np.bool_]:
    """Tell for each column whether a stroke crosses there that enters `above` and leaves `below`.

    A slanted stroke leaves at most `reach` columns further on than it enters; between, it is in
    the rule's band.
    """
    crossing = np.zeros(len(above), dtype=np.bool_)
    below_runs = find_runs(below)
    for start, end in find_runs(above):
        for other_start, other_end in below_runs:
            if max(start, other_start) - min(end, other_end) > reach:
                continue
            first = max(min(start, other_start), max(start, other_start) - reach)
            last = min(max(end, other_end), min(end, other_end) + reach)
            crossing[min(first, last) : max(first, last)] = True
    return crossing


def find_runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the (start, end) of each run of True, end exclusive."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _inked_beside(
    ink: Pixels, columns: NDArray[np.int_], edge: NDArray[np.int_], side: int
) -> NDArray[np.bool_]:
    """Tell for each column whether both of the two pixels past the band's edge are ink."""
    last = ink.shape[0] - 1
    inked = np.ones(len(columns), dtype=np.bool_)
    for step in (1, 2):
        rows = edge + side * step
        inked &= (ink[np.clip(rows, 0, last), columns] > 0) & (rows >= 0) & (rows <= last)
    return inked


def find_cells(
    rows: list[Rule], columns: list[Rule], shape: tuple[int, ...], height: float
) -> tuple[Box, ...]:
    """Return the closed, nearly rectangular cells between rules, larger than a small digit."""
    walls = np.zeros(shape[:2], dtype=np.uint8)
    reach = round(CORNER * height)
    for rule in rows:
        _draw(walls, rule, reach)
    upright = np.zeros(shape[1::-1], dtype=np.uint8)
    for rule in columns:
        _draw(upright, rule, reach)
    walls |= _transposed(upright)
    count, _, statistics, _ = cv2.connectedComponentsWithStats(255 - walls, connectivity=4)
    cells = []
    for label in range(1, count):
        x, y, width, tall, area = (int(value) for value in statistics[label])
        inside = x > 0 and y > 0 and x + width < shape[1] and y + tall < shape[0]
        large = min(width, tall) >= LEAST_CELL * height and tall <= TALLEST_CELL * height
        if inside and large and area >= CELL_FILL * width * tall:
            cells.append(Box(x, y, width, tall))
    return tuple(cells)


def _draw(walls: Pixels, rule: Rule, reach: int) -> None:
    points = np.stack([np.arange(rule.start, rule.end), rule.middles], axis=1)
    ends = points[[0, -1]] + [[-reach, 0], [reach, 0]]
    line = np.vstack([ends[:1], points, ends[1:]]).round().astype(np.int32)
    cv2.polylines(walls, [line.reshape(-1, 1, 2)], False, 255, max(1, round(rule.thickness)))


def split_by_size(ink: Pixels, height: float) -> tuple[Pixels, Pixels]:
    """Return the ink of digits' size, and what is far too tall to be a digit."""
    count, labels, statistics, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    tall = statistics[:, cv2.CC_STAT_HEIGHT] > LARGE_WRITING * height
    tall[0] = False
    if not tall.any():
        return ink, np.zeros_like(ink)
    writing = np.zeros_like(ink)
    for label in np.flatnonzero(tall[:count]):
        x, y, width, depth = statistics[label][:4]
        window = np.s_[y : y + depth, x : x + width]
        writing[window][labels[window] == label] = 255
    return np.asarray(cv2.subtract(ink, writing), dtype=np.uint8), writing


def _transposed(image: Pixels) -> Pixels:
    return np.asarray(cv2.transpose(image), dtype=np.uint8)

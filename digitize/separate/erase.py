"""Rules taken out of the ink, and strokes that cross them left whole."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from digitize.records import Pixels
from digitize.separate.rules import Rule, transposed


def without_rules(ink: Pixels, rows: list[Rule], columns: list[Rule]) -> Pixels:
    """Return the ink without the rules; the columns are those of the transposed page."""
    return transposed(erase_rules(transposed(erase_rules(ink, rows)), columns))


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
    rows = top + np.arange(int((bottom - top).max()) + 1)[:, None]
    clear = ~crossing & (rows <= bottom)
    across = np.broadcast_to(columns, rows.shape)
    result[np.clip(rows, 0, last)[clear], across[clear]] = 0


def find_crossings(
    above: NDArray[np.bool_], below: NDArray[np.bool_], reach: int
) -> NDArray[np.bool_]:
    """Tell for each column whether a stroke crosses there that enters `above` and leaves `below`.

    A slanted stroke leaves at most `reach` columns further on than it enters; between, it is in
    the rule's band.
    """
    crossing = np.zeros(len(above), dtype=np.bool_)
    starts, ends = find_runs(above).T[:, :, None]
    other_starts, other_ends = find_runs(below).T
    later, sooner = np.maximum(starts, other_starts), np.minimum(ends, other_ends)
    first = np.maximum(np.minimum(starts, other_starts), later - reach)
    last = np.minimum(np.maximum(ends, other_ends), sooner + reach)
    meet = later - sooner <= reach
    for start, end in np.sort(np.stack([first[meet], last[meet]], axis=1)).tolist():
        crossing[start:end] = True
    return crossing


def find_runs(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return the start and end of each run of True, (count, 2), end exclusive."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(np.int8)))
    return edges.reshape(-1, 2)


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

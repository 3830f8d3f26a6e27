"""Kinds of sheet: what is ruled and printed on each, and where numbers are written.

Lengths are in digit heights of the hand that writes; every style is a function that fills a sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from digitize.records import Box
from digitize.train.compose.boxes import fill_boxed
from digitize.train.compose.hand import Hand
from digitize.train.compose.layout import baselines, rule_thickness, steps, writing_area

EMPTY_PLACES = 0.06  # of the places for a number that stay empty
LETTER_SHARE = 0.25  # of numbers on a page with letters that have one beside them
SIZES = (0.75, 1.3)  # of a line's digits against the page's, where lines differ
TOUCHING = (-0.1, 0.05)  # digit heights between neighbours: most of them touch
APART = (1.5, 2.9)  # between one number and the next on a line


def fill_plain(hand: Hand) -> None:
    """Write on blank paper: in columns, or line after line."""
    area = writing_area(hand)
    pitch = hand.between(1.7, 2.2) * hand.height
    lines = baselines(area, pitch)
    if hand.often(0.5):
        _write_columns(hand, area, lines)
    else:
        _write_lines(hand, area, lines, wander=0.12)


def fill_tight(hand: Hand) -> None:
    """Write on blank paper, digits touching."""
    area = writing_area(hand)
    lines = baselines(area, hand.between(1.7, 2.2) * hand.height)
    _write_lines(replace(hand, spacing=TOUCHING, close=0.0), area, lines, wander=0.12)


def fill_ruled(hand: Hand) -> None:
    """Write on ruled paper, on the rules or a little above, at times across."""
    area = writing_area(hand)
    pitch = hand.between(1.6, 2.2) * hand.height
    lines = baselines(area, pitch)
    width = hand.sheet.ruled.shape[1]
    for baseline in lines:
        hand.sheet.rule((0, baseline), (width, baseline), rule_thickness(hand))
    if hand.often(0.5):
        x, height = area.x - 0.3 * hand.height, hand.sheet.ruled.shape[0]
        hand.sheet.rule((x, 0), (x, height), rule_thickness(hand))
    lift = hand.between(-0.02, 0.16) * hand.height
    _write_lines(hand, area, [line - lift for line in lines], wander=0.05)


def fill_table(hand: Hand) -> None:
    """Fill a table with rules and printed heads, a number a cell."""
    area = writing_area(hand)
    width = hand.between(3.4, 5.4) * hand.height
    columns = max(2, int(area.width / width))
    width = area.width / columns
    tall = hand.between(1.7, 2.2) * hand.height
    tops = steps(area.y, area.bottom, tall)
    for top in tops:
        hand.sheet.rule((area.x, top), (area.right, top), rule_thickness(hand))
    for column in range(columns + 1):
        x = area.x + column * width
        hand.sheet.rule((x, tops[0]), (x, tops[-1]), rule_thickness(hand))
    for column in range(columns):
        x = area.x + column * width
        hand.print_label(x + 0.3 * hand.height, tops[0] + 0.68 * tall, 0.6 * hand.height)
        for top in tops[1:-1]:
            if not hand.often(EMPTY_PLACES):
                start = x + hand.between(0.25, 0.6) * hand.height
                room = x + width - 0.2 * hand.height - start
                hand.write_number(start, top + hand.between(0.74, 0.86) * tall, room)


def fill_squared(hand: Hand) -> None:
    """Write on squared paper: a digit a square, or freely over small squares."""
    area = writing_area(hand)
    each = hand.often(0.25)
    pitch = hand.between(1.15, 1.3) * hand.height if each else hand.between(0.6, 1.0) * hand.height
    height, width = hand.sheet.ruled.shape
    for x in steps(area.x % pitch, width, pitch):
        hand.sheet.rule((x, 0), (x, height), rule_thickness(hand))
    for y in steps(area.y % pitch, height, pitch):
        hand.sheet.rule((0, y), (width, y), rule_thickness(hand))
    if each:
        _write_in_squares(hand, area, pitch)
        return
    lines = baselines(area, pitch * (2 if pitch > 0.85 * hand.height else 3))
    lift = hand.between(0.0, 0.2) * hand.height
    _write_lines(hand, area, [line - lift for line in lines], wander=0.08)


STYLES: dict[str, Callable[[Hand], None]] = {
    "plain": fill_plain,
    "tight": fill_tight,
    "ruled": fill_ruled,
    "boxed": fill_boxed,
    "table": fill_table,
    "squared": fill_squared,
}


def _write_lines(hand: Hand, area: Box, lines: Sequence[float], wander: float) -> None:
    """Write numbers on every line; `wander`: how far off the line, deviation."""
    letters, uneven, usual = hand.often(0.3), hand.often(0.35), hand
    for line in lines:
        hand = replace(usual, height=usual.height * usual.between(*SIZES)) if uneven else usual
        x = area.x + hand.between(0, 2) * hand.height
        while x + hand.height < area.right:
            baseline = line + hand.rng.normal(0, wander / 2) * hand.height
            x = hand.write_number(x, baseline, area.right - x)
            if letters and hand.often(LETTER_SHARE) and x + 3 * hand.height < area.right:
                x = hand.write_capital(x + hand.between(1.3, 2) * hand.height, baseline)
            x += hand.between(*APART) * hand.height


def _write_columns(hand: Hand, area: Box, lines: Sequence[float]) -> None:
    """Write numbers one under the other, in columns of equal width."""
    columns = max(2, int(area.width / (hand.between(4.2, 6.2) * hand.height)))
    width = area.width / columns
    for column in range(columns):
        for baseline in lines:
            if not hand.often(EMPTY_PLACES):
                x = area.x + column * width + abs(hand.rng.normal(0, 0.2)) * hand.height
                room = area.x + (column + 1) * width - APART[0] * hand.height - x
                hand.write_number(x, baseline, room)


def _write_in_squares(hand: Hand, area: Box, pitch: float) -> None:
    """Write a digit in each square of a row, numbers parted by two squares or more."""
    for row in steps(area.y, area.bottom - pitch, 2 * pitch):
        x = area.x
        while x + pitch < area.right:
            length = hand.pick_length(min(area.right - x, 5 * pitch))
            cells = [Box(x + place * pitch, row, pitch, pitch) for place in range(length)]
            hand.write_in_cells([cell for cell in cells if cell.right <= area.right], drift=0.05)
            x += (length + int(hand.rng.integers(2, 4))) * pitch

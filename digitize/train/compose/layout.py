"""Where on a sheet there is room to write, and where its lines run."""

from __future__ import annotations

from digitize.records import Box
from digitize.train.compose.hand import Hand

MARGIN = 0.07  # of the page's width, left free on all sides: wear may crop so much
RULE_MM = 0.25  # a printed rule is so thick
A4_WIDTH_MM = 210.0


def writing_area(hand: Hand) -> Box:
    """Return the page within its margins, below a printed head if there is one."""
    height, width = hand.sheet.written.shape
    margin = MARGIN * width
    top = margin
    if hand.often(0.5):
        size = hand.between(0.6, 1.0) * hand.height
        end = hand.print_label(margin, margin + size, size, words=int(hand.rng.integers(1, 4)))
        top += 2.2 * hand.height if end > margin else 0
    return Box(margin, top, width - 2 * margin, height - margin - top)


def rule_thickness(hand: Hand) -> int:
    """Return how thick a rule is, in whole pixels."""
    return max(1, round(RULE_MM / A4_WIDTH_MM * float(hand.sheet.ruled.shape[1])))


def baselines(area: Box, pitch: float) -> list[float]:
    """Return the y of the lines that fit an area, `pitch` pixels apart."""
    return steps(area.y + pitch, area.bottom, pitch)


def steps(start: float, end: float, step: float) -> list[float]:
    """Return start, start + step and so on, up to `end`."""
    return [start + number * step for number in range(int((end - start) / step) + 1)]

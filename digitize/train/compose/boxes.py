"""Forms: combs with a digit a cell, single boxes, and boxes for a whole number."""

from __future__ import annotations

from digitize.records import Box
from digitize.train.compose.hand import Hand
from digitize.train.compose.layout import rule_thickness, steps, writing_area

KINDS = (0.45, 0.3, 0.25)  # shares of combs, single boxes, boxes for a number


def fill_boxed(hand: Hand) -> None:
    """Fill a form: combs with a digit a cell, single boxes, and boxes for a whole number."""
    area = writing_area(hand)
    side, tall = (hand.between(1.25, 1.7) * hand.height for _ in range(2))
    tall = max(tall, side)
    pitch = tall + hand.between(0.5, 0.9) * hand.height
    for top in steps(area.y, area.bottom - tall, pitch):
        x = area.x
        if hand.often(0.3):
            end = hand.print_label(x, top + 0.7 * tall, 0.6 * hand.height)
            x = end + 0.8 * hand.height if end > x else x
        while x + 2 * side < area.right:
            kind = hand.rng.choice(3, p=KINDS)
            field = _comb, _single, _whole
            x = field[int(kind)](hand, Box(x, top, side, tall), area.right)
            x += hand.between(1.1, 1.8) * hand.height


def _comb(hand: Hand, cell: Box, most: float) -> float:
    """Draw a comb from `cell` on and write in some or all of its cells; return its end."""
    count = min(int(hand.rng.integers(2, 9)), int((most - cell.x) / cell.width))
    cells = [Box(cell.x + n * cell.width, cell.y, cell.width, cell.height) for n in range(count)]
    for each in cells:
        hand.sheet.frame(each, rule_thickness(hand))
    empty = int(hand.rng.integers(0, max(1, count // 2))) if hand.often(0.4) else 0
    filled = cells[empty:] if hand.often(0.5) else cells[: count - empty]
    hand.write_in_cells(filled, drift=0.06)
    return cells[-1].right


def _single(hand: Hand, cell: Box, most: float) -> float:
    """Draw one box and write a digit in it; return its end."""
    del most
    hand.sheet.frame(cell, rule_thickness(hand))
    hand.write_in_cells([cell], drift=0.06)
    return cell.right


def _whole(hand: Hand, cell: Box, most: float) -> float:
    """Draw a wide box and write a whole number in it; return its end."""
    width = min(hand.between(3.5, 6) * hand.height, most - cell.x)
    box = Box(cell.x, cell.y, width, cell.height)
    hand.sheet.frame(box, rule_thickness(hand))
    start = box.x + hand.between(0.3, 0.6) * hand.height
    baseline = box.centre[1] + hand.between(0.4, 0.52) * hand.height
    hand.write_number(start, baseline, box.right - 0.2 * hand.height - start)
    return box.right

"""Crops of forms: boxes with words above or inside, combs, cheques, pages of questions."""

from __future__ import annotations

from digitize.records import Box
from digitize.train.inkpages.bench import Bench
from digitize.train.inkpages.entries import enter
from digitize.train.inkpages.signs import sign_name

NUMBERED = 0.25  # of boxes: a printed number names them, as on a score pad


def fill_boxes(bench: Bench) -> None:
    """Fill a form's boxes: words or figures printed above, beside or inside, a number in most."""
    ruler, hand, printer = bench.ruler(), bench.hand(), bench.printer()
    small, inside = bench.height * bench.between(0.35, 0.9), bench.often(0.3)
    high = bench.height * bench.between(1.3, 2.8) + (small if inside else 0)
    y = bench.between(-0.5, 1) * bench.height
    while y < bench.side:
        x = bench.between(-1, 1) * bench.height
        while x < bench.side:
            box = Box(x, y, bench.height * bench.between(1.4, 8), high)
            ruler.frame(box)
            label_y = y + small * 1.2 if inside else y - 0.25 * small
            if bench.often(NUMBERED):
                printer.figures(x + 3, label_y, small, str(bench.count(1, 40)))
            else:
                printer.words(x + 3, label_y, small, bench.count(1, 2))
            if bench.often(0.75):
                start = x + bench.between(0.05, 0.5) * bench.height
                foot = y + high - bench.between(0.05, 0.35) * bench.height
                enter(bench, hand, start, foot, box.right - start)
            x = box.right + (0 if bench.often(0.4) else bench.between(0.2, 3) * bench.height)
        y += high + (0 if inside else small * 1.4) + bench.between(0, 1) * bench.height


def fill_combs(bench: Bench) -> None:
    """Fill combs of joined one-digit boxes, whole or open above, with words beside them."""
    ruler, hand, printer = bench.ruler(), bench.hand(), bench.printer()
    y = bench.between(0, 1) * bench.height
    while y < bench.side:
        wide, high = (bench.height * bench.between(1.0, 1.7) for _ in range(2))
        high = max(high, 0.75 * wide)
        size = bench.height * bench.between(0.4, 0.9)
        if bench.often(0.4):
            printer.words(bench.between(0, 30), y - 2, size, 2)
        x = bench.between(-2, 3) * bench.height
        if bench.often(0.4):
            x = printer.words(max(x, 0), y + high * 0.7, size, 1) + 6
        edges = [x + i * wide for i in range(bench.count(1, 12) + 1)]
        open_above = bench.often(0.2)
        ruler.table(edges, [y, y + high]) if not open_above else ruler.rules(
            [((e, y + high * 0.5), (e, y + high)) for e in edges]
            + [((edges[0], y + high), (edges[-1], y + high))]
        )
        filled = bench.count(0, len(edges)) if bench.often(0.5) else len(edges)
        for left in edges[: min(filled, len(edges) - 1)]:
            offset = bench.rng.normal(0, 0.08 * bench.height, 2)
            hand.write_digit_at(left + wide / 2 + offset[0], y + high / 2 + offset[1])
        y += high + bench.between(0.3, 3) * bench.height


def fill_cheque(bench: Bench) -> None:
    """Fill a cheque: an amount in figures, words on lines, a date, a signature, print around."""
    hand, printer, ruler = bench.hand(), bench.printer(), bench.ruler()
    size = bench.height * bench.between(0.4, 0.8)
    y = bench.between(0.8, 1.6) * bench.height
    while y < bench.side + bench.height:
        x = bench.between(-0.1, 0.5) * bench.side
        if bench.often(0.7):
            ruler.rule((x, y + 3), (x + bench.between(0.4, 1) * bench.side, y + 3))
        if bench.often(0.5):
            x = printer.words(x, y, size, bench.count(1, 2)) + size
        kind = bench.rng.random()
        if kind < 0.5:
            enter(bench, hand, x, y, bench.side - x)
        elif kind < 0.8:
            hand.write_words(x, y, bench.side * bench.between(0.4, 1))
        elif kind < 0.9:
            sign_name(hand, x + 40, y)
        else:
            printer.figures(x, y, size * bench.between(1, 2))
        y += bench.height * bench.between(1.3, 2.6)


def fill_answer_page(bench: Bench) -> None:
    """Answer printed questions: a number before each, words, a line or a box for the answer."""
    hand, printer, ruler = bench.hand(), bench.printer(), bench.ruler()
    size = bench.height * bench.between(0.45, 1.0)
    y = bench.between(0, 2) * size
    while y < bench.side + bench.height:
        x = printer.figures(bench.between(0, 12), y, size, f"{bench.count(1, 60)}.") + 6
        end = bench.side * bench.between(0.2, 1.0)
        printer.line(x, y, size, end)
        if bench.often(0.6):
            y += bench.height * bench.between(1.2, 1.8)
            start = bench.between(0.1, 0.6) * bench.side
            long = bench.height * bench.between(2, 8)
            if bench.often(0.6):
                ruler.rule((start, y + 2), (start + long, y + 2))
            elif bench.often(0.5):
                ruler.frame(Box(start - 4, y - 1.3 * bench.height, long, 1.6 * bench.height))
            enter(bench, hand, start, y, long)
        y += size * bench.between(1.3, 3)

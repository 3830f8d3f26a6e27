"""Crops of forms: boxes with words above or inside, combs, tables, cheques, score pads."""

from __future__ import annotations

from itertools import pairwise

from digitize.records import Box
from digitize.train.inkpages.bench import Bench
from digitize.train.inkpages.hand import Hand
from digitize.train.inkpages.signs import POINTS, sign_name, write_any_sign, write_sign


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
            printer.words(x + 3, label_y, small, bench.count(1, 2))
            if bench.often(0.75):
                start = x + bench.between(0.05, 0.5) * bench.height
                foot = y + high - bench.between(0.05, 0.35) * bench.height
                _enter(bench, hand, start, foot, box.right - start)
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


def fill_table(bench: Bench) -> None:
    """Fill a table: printed headings and row names, numbers or dashes in the cells."""
    ruler, hand, printer = bench.ruler(), bench.hand(), bench.printer()
    headed, named = bench.often(0.6), bench.often(0.6)
    columns, rows, high = _lay_table_out(bench)
    if named:
        columns[0] -= bench.height * bench.between(0.5, 3)
    if bench.often(0.25):
        _shade_bands(bench, rows)
    ruler.table(columns, rows)
    if bench.often(0.3):
        y = rows[bench.count(0, len(rows) - 1)]
        ruler.thicker(3).rule((columns[0], y), (columns[-1], y))
    size, empty = bench.height * bench.between(0.45, 1.0), bench.between(0, 0.5)
    for row, (top, bottom) in enumerate(pairwise(rows)):
        for column, (left, right) in enumerate(pairwise(columns)):
            if (headed and row == 0) or (named and column == 0):
                if bench.often(0.35):
                    printer.figures(left + 4, top + 0.75 * high, size, f"{bench.count(1, 200)}")
                else:
                    printer.words(left + 4, top + 0.75 * high, size, 1)
            elif not bench.often(empty):
                start = left + bench.between(0.05, 0.4) * bench.height
                foot = bottom - 0.25 * (high - bench.height) - bench.between(0, 0.2) * bench.height
                _enter(bench, hand, start, foot, right - start)


def _lay_table_out(bench: Bench) -> tuple[list[float], list[float], float]:
    """Return where the lines of a table stand, and how high its rows are."""
    columns, rows = [bench.between(-80, 60)], [bench.between(-30, 40)]
    wide, high = bench.height * bench.between(1.6, 4.5), bench.height * bench.between(1.15, 2.4)
    while columns[-1] < bench.side:
        columns.append(columns[-1] + wide * (bench.between(0.5, 3) if bench.often(0.3) else 1))
    while rows[-1] < bench.side:
        rows.append(rows[-1] + high)
    return columns, rows, high


def _shade_bands(bench: Bench, rows: list[float]) -> None:
    """Give the heading, or every second row, a ground of its own; it is paper."""
    level = bench.rng.uniform(0.6, 0.95, 3).astype("float32")
    every = 2 if bench.often(0.5) else len(rows)
    for top, bottom in list(pairwise(rows))[::every]:
        bench.canvas.paint[max(0, round(top)) : max(0, round(bottom))] *= level


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
            _enter(bench, hand, x, y, bench.side - x)
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
            _enter(bench, hand, start, y, long)
        y += size * bench.between(1.3, 3)


def _enter(bench: Bench, hand: Hand, x: float, y: float, room: float) -> None:
    """Enter what people write into a field: mostly a number, at times a mark, a word, nothing."""
    kind = bench.rng.random()
    if kind < 0.06:
        write_any_sign(hand, x, y)
    elif kind < 0.09:
        write_sign(hand, "-", x, y)
    elif kind < 0.12:
        hand.write_letter(x, y)
    elif kind < 0.15:
        hand.write_words(x, y, x + room / 2)
    else:
        length = max(1, min(bench.length(), int(room / (0.75 * hand.height))))
        end = hand.write_number(x, y, length)
        if kind > 0.9 and end + hand.height < x + room:
            end = write_sign(hand, POINTS[bench.count(0, 1)], end + 2, y)
            hand.write_number(end + 2, y, bench.count(1, 2))

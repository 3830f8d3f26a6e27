"""Crops of worksheets: sums in rows or in columns, printed or written, the answers written."""

from __future__ import annotations

from digitize.train.inkpages.bench import Bench
from digitize.train.inkpages.hand import Hand
from digitize.train.inkpages.printing import Printer
from digitize.train.inkpages.signs import OPERATORS, write_sign

PRINTED_SIGNS = "+-−x×÷"


def write_sums(bench: Bench) -> None:
    """Write a worksheet: sums in rows, printed or written, the answers written; or in columns."""
    hand, printer, size = bench.hand(), bench.printer(), bench.height * bench.between(0.7, 1.5)
    printed, y = bench.often(0.5), bench.between(0.5, 2) * bench.height
    while y < bench.side + bench.height:
        x = bench.between(0, 2) * bench.height
        while x < bench.side:
            if bench.often(0.5):
                x = printer.figures(x, y, size * 0.8, f"{bench.count(1, 30)})") + 0.4 * size
            if printed:
                sign = "+-x÷/"[bench.count(0, 4)]
                text = f"{bench.count(0, 999)} {sign} {bench.count(0, 99)} ="
                x = printer.figures(x, y, size, text)
            else:
                x = _write_sum(bench, hand, x, y)
            x += bench.between(0.2, 0.6) * bench.height
            if bench.often(0.3):
                bench.ruler().rule((x, y + 2), (x + 3 * bench.height, y + 2))
            x = hand.write_number(x, y, bench.count(1, 4)) + bench.between(1, 4) * bench.height
        y += bench.height * bench.between(1.4, 3.5)


def write_column_sums(bench: Bench) -> None:
    """Write numbers under one another with a sign before them, and a line above the sum."""
    hand, x = bench.hand(), bench.between(0, 1.5) * bench.height
    while x < bench.side:
        y, wide = bench.between(0, 2) * bench.height, x
        while y < bench.side + bench.height:
            for row in range(bench.count(2, 4)):
                start = x + bench.between(0.7, 1.3) * bench.height
                wide = max(wide, hand.write_number(start, y, bench.count(1, 4)))
                if row and bench.often(0.6):
                    write_sign(hand, OPERATORS[bench.count(0, 2)], x, y)
                y += bench.height * bench.between(1.1, 1.5)
            line_y = y - 0.9 * bench.height
            write_sign(hand.sized(2.5), "-", x, line_y + bench.height)
            hand.write_number(x + bench.height, y + 0.3 * bench.height, bench.count(1, 5))
            y += bench.height * bench.between(2, 4)
        x = wide + bench.between(1, 3) * bench.height


def print_column_sums(bench: Bench) -> None:
    """Print numbers under one another, a digit a column, and write the sum below the line."""
    hand, printer, ruler = bench.hand(), bench.printer(), bench.ruler()
    size, pitch = bench.height * bench.between(0.7, 1.4), bench.height * bench.between(0.8, 1.8)
    y = bench.between(0, 1.5) * bench.height
    while y < bench.side + bench.height:
        x, rows, tall = bench.between(-1, 1.5) * pitch, bench.count(2, 3), size * 1.3
        while x < bench.side:
            long = bench.count(1, 4)
            for row in range(rows):
                _print_apart(bench, printer, x, y + row * tall, size, pitch, long)
            foot = y + (rows - 1) * tall
            if bench.often(0.7):
                end = x + (long + 1) * pitch
                ruler.rule((x, foot + 0.3 * size), (end, foot + 0.3 * size))
            if bench.often(0.8):
                _write_apart(bench, hand, x + pitch, foot + 0.3 * size, pitch, long)
            x += (long + 1 + bench.between(0.5, 2.5)) * pitch
        y += rows * tall + bench.height * bench.between(1.5, 3)


def _print_apart(
    bench: Bench, printer: Printer, x: float, y: float, size: float, pitch: float, long: int
) -> None:
    """Print a sign at `x`, mostly, and a number of `long` digits, each in a column of its own."""
    if bench.often(0.5):
        printer.figures(x, y, size, PRINTED_SIGNS[bench.count(0, len(PRINTED_SIGNS) - 1)])
    for column in range(long):
        printer.figures(x + (column + 1) * pitch, y, size, str(bench.count(0, 9)))


def _write_apart(bench: Bench, hand: Hand, x: float, top: float, pitch: float, long: int) -> None:
    """Write an answer of about `long` digits below `top`, each digit in its column."""
    y = top + bench.between(0.65, 1.0) * hand.height
    for column in range(-bench.count(0, 1), long):
        wobble = bench.rng.normal(0, 0.08 * hand.height, 2)
        hand.write_digit_at(x + column * pitch + 0.3 * hand.height + wobble[0], y + wobble[1])


def _write_sum(bench: Bench, hand: Hand, x: float, y: float) -> float:
    gap = bench.between(0.1, 0.5) * hand.height
    for sign in (OPERATORS[bench.count(0, len(OPERATORS) - 1)], "="):
        x = hand.write_number(x, y, bench.count(1, 4)) + gap
        x = write_sign(hand, sign, x, y) + gap
    return x

"""Crops of tables: printed heads and names with numbers in the cells, and lists of marks."""

from __future__ import annotations

from itertools import pairwise

from digitize.train.inkpages.bench import Bench
from digitize.train.inkpages.entries import enter
from digitize.train.inkpages.printing import Printer

MOST_MARKS = (5, 10, 15, 20, 25, 30, 50, 100)  # printed beside the field for a question's marks


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
                enter(bench, hand, start, foot, right - start)


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


def fill_marks(bench: Bench) -> None:
    """Fill a list of marks: columns of printed figures or words beside columns filled in by hand.

    One or two printed figures stand alone in a cell, as the numbers do that are written.
    """
    ruler, hand, printer = bench.ruler(), bench.hand(bench.between(0.8, 1.1)), bench.printer()
    columns, rows, high = _lay_table_out(bench)
    if bench.often(0.85):
        ruler.table(columns, rows)
    size, empty = bench.height * bench.between(0.5, 1.15), bench.between(0, 0.4)
    for number, (left, right) in enumerate(pairwise(columns)):
        kind, first = (number + bench.count(0, 1)) % 3, bench.count(0, 12)
        into = bench.between(0.1, 0.5) * (right - left)
        for row, bottom in enumerate(rows[1:]):
            foot = bottom - bench.between(0.15, 0.3) * high
            if kind == 0:
                _print_cell(bench, printer, left + into, foot, size, first + row)
            elif kind == 1 and not bench.often(empty):
                enter(bench, hand, left + into, foot, right - left - into)
            elif kind == 2:
                text = str(MOST_MARKS[bench.count(0, len(MOST_MARKS) - 1)])
                printer.figures(left + into, foot, size, text)


def _print_cell(
    bench: Bench, printer: Printer, x: float, foot: float, size: float, number: int
) -> None:
    if bench.often(0.2):
        printer.words(x, foot, size, 1)
    else:
        printer.figures(x, foot, size, f"{number}{'.' if bench.often(0.2) else ''}")

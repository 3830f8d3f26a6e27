"""Crops without a handwritten digit: print, cursive, empty forms, huge letters, bare paper."""

from __future__ import annotations

from digitize.records import Box
from digitize.train.inkpages.bench import Bench


def print_page(bench: Bench) -> None:
    """Print paragraphs, headlines and figures, over the whole crop."""
    y = bench.between(-20, 20)
    while y < bench.side:
        printer = bench.printer()
        kind = bench.rng.random()
        if kind < 0.25:
            size = bench.height * bench.between(1.2, 3.5)
            printer.words(bench.between(-40, 40), y + size, size, bench.count(1, 4))
            y += size * 1.4
        elif kind < 0.35:
            size = bench.height * bench.between(0.5, 2)
            printer.figures(bench.between(0, 0.7) * bench.side, y + size, size)
            y += size * 1.3
        else:
            size = bench.height * bench.between(0.35, 1.1)
            end = bench.side * bench.between(0.4, 1.1)
            y = printer.paragraph(bench.between(-30, 60), y, size, end, bench.count(2, 10))
        y += bench.between(0, 40)


def print_figures(bench: Bench) -> None:
    """Print figures all over: a timetable, a scale, a price list."""
    printer, size = bench.printer(), bench.height * bench.between(0.5, 1.8)
    wide = size * bench.between(2, 6)
    if bench.often(0.5):
        lines = [i * size * 1.6 for i in range(int(bench.side / size) + 2)]
        bench.ruler().table([i * wide for i in range(int(bench.side / wide) + 2)], lines)
    y = size * 1.3
    while y < bench.side + size:
        x = bench.between(2, 6)
        while x < bench.side:
            x = max(printer.figures(x, y, size), x + wide) + 4
        y += size * 1.6


def write_cursive(bench: Bench) -> None:
    """Write words over the whole crop, on rules or not."""
    hand, factor = bench.hand(), bench.between(0.6, 1.8)
    pitch = bench.height * factor * bench.between(1.2, 2.4)
    rows = [bench.between(-1, 0) * pitch + i * pitch for i in range(int(bench.side / pitch) + 3)]
    if bench.often(0.4):
        bench.ruler().rules([((0, y), (bench.side, y)) for y in rows])
    for y in rows:
        end = bench.side if bench.often(0.85) else bench.between(0, 0.8) * bench.side
        hand.write_words(bench.between(-20, 10), y, end, factor)


def print_huge(bench: Bench) -> None:
    """Print one or two letters so large that only pieces of them are seen."""
    for _ in range(bench.count(1, 2)):
        bench.printer().huge_piece()
    if bench.often(0.4):
        size = bench.height * bench.between(0.5, 1.5)
        y = bench.between(0, 0.8) * bench.side
        bench.printer().paragraph(bench.between(0, 60), y, size, bench.side, 3)


def rule_empty(bench: Bench) -> None:
    """Rule a form or a sheet that nobody filled in, words printed in some of its boxes."""
    ruler, printer = bench.ruler(), bench.printer()
    wide, high = (bench.height * bench.between(0.7, 5) for _ in range(2))
    columns = [bench.between(-1, 1) * wide + i * wide for i in range(int(bench.side / wide) + 2)]
    rows = [bench.between(-1, 1) * high + i * high for i in range(int(bench.side / high) + 2)]
    ruler.table(columns, rows) if bench.often(0.7) else ruler.rules(
        [((0, y), (bench.side, y)) for y in rows]
    )
    for y in rows[1:]:
        if bench.often(0.3):
            printer.words(columns[1] + 3, y - 4, bench.height * bench.between(0.4, 1), 2)
    if bench.often(0.3):
        x, top = bench.between(0, 200), bench.between(0, 200)
        ruler.bar(Box(x, top, bench.between(10, 150), bench.between(5, 60)))


def leave_bare(bench: Bench) -> None:
    """Leave the paper as it is, but perhaps for a logo or a line."""
    if bench.often(0.4):
        x, y = bench.between(0, 200), bench.between(0, 200)
        bench.printer().logo(x, y, bench.height * bench.between(1, 5))
    if bench.often(0.4):
        bench.ruler().rule((0, bench.between(0, 256)), (bench.side, bench.between(0, 256)))

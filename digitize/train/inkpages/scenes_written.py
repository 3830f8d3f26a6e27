"""Crops of pages that people write on: numbers free, on rules, in squares, as answers."""

from __future__ import annotations

from digitize.train.inkpages.bench import Bench
from digitize.train.inkpages.hand import Hand
from digitize.train.inkpages.signs import POINTS, write_any_sign, write_sign

SIZES = (0.5, 0.65, 0.8, 1.5, 2.0)  # of the second size on a page, against the first


def write_free(bench: Bench) -> None:
    """Write lines of numbers, words and signs on nothing; at times in two sizes."""
    hand = bench.hand()
    y = bench.between(-0.3, 1.5) * bench.height
    while y < bench.side + bench.height:
        line_hand = hand.sized(_size(bench)) if bench.often(0.25) else hand
        write_line(bench, line_hand, y, bench.between(-1, 4) * bench.height)
        y += max(line_hand.height, bench.height) * bench.between(1.15, 2.6)


def write_on_rules(bench: Bench) -> None:
    """Write a list on ruled paper: numbers, or an item's number with a letter or a mark."""
    pitch = bench.height * bench.between(1.1, 2.6)
    ruler, hand = bench.ruler(), bench.hand()
    rows = [bench.between(-1, 0) * pitch + i * pitch for i in range(int(bench.side / pitch) + 3)]
    ruler.rules([((0, y), (bench.side, y)) for y in rows])
    if bench.often(0.4):
        x = bench.between(0.05, 0.5) * bench.side
        bench.ruler().rule((x, 0), (x, bench.side))
    columns = [bench.between(0, 0.25) * bench.side]
    if bench.often(0.5):
        columns.append(columns[0] + bench.between(0.3, 0.6) * bench.side)
    widest = 12 if len(columns) == 1 else 2
    listed, lift = bench.often(0.5), bench.between(-0.15, 0.25) * bench.height
    for y in rows:
        for x in columns:
            if bench.often(0.15):
                continue
            if listed:
                _write_item(bench, hand, x, y - lift)
            else:
                write_line(bench, hand, y - lift, x, bench.between(1, widest) * bench.height)


def write_in_squares(bench: Bench) -> None:
    """Write on squared paper: digits one to a square or two, or with no regard for them."""
    step = bench.height * bench.between(0.6, 1.6)
    ruler, hand = bench.ruler(), bench.hand()
    lines = [bench.between(-1, 0) * step + i * step for i in range(int(bench.side / step) + 3)]
    ruler.table(lines, lines)
    if bench.often(0.35):
        write_free(bench)
        return
    for y in lines[:-1]:
        at, run = 0, 0
        while at < len(lines) - 1:
            if run:
                hand.write_digit_at(lines[at] + step / 2, y + step / 2)
            elif bench.often(0.08):
                write_any_sign(hand, lines[at] + step * 0.2, y + step * 0.8)
            run = run - 1 if run else (bench.length() if bench.often(0.15) else 0)
            at += 1


def write_answers(bench: Bench) -> None:
    """Write the answers to a paper: each question's number, then the letter that was chosen."""
    hand, pitch = bench.hand(), bench.height * bench.between(1.2, 3)
    larger = bench.between(0.9, 1.7)
    y = bench.between(-0.5, 1) * pitch
    while y < bench.side + bench.height:
        x = bench.between(0, 0.5) * bench.height
        while x < bench.side:
            x = _write_number_of_item(hand, bench, x, y)
            x = hand.sized(larger).write_letter(x, y) + bench.between(2, 6) * bench.height
        if bench.often(0.5):
            bench.ruler().rule((0, y + 3), (bench.side, y + 3))
        y += pitch


def write_few(bench: Bench) -> None:
    """Write one number or a few digits far apart, and nothing else."""
    hand = bench.hand()
    for _ in range(bench.count(1, 5)):
        x, y = bench.between(0, 0.9) * bench.side, bench.between(0.1, 1) * bench.side
        hand.write_number(x, y, bench.length() if bench.often(0.5) else 1)


def write_line(bench: Bench, hand: Hand, y: float, x: float, room: float = 1e9) -> None:
    """Write numbers, and words, letters and signs among them, on one baseline within `room`."""
    end, drift = min(x + room, bench.side), bench.between(-0.02, 0.02)
    wordy = 0.5 if bench.often(0.2) else 0.08
    while x < end:
        here = y + drift * x
        if bench.often(wordy):
            x = hand.write_words(x, here, x + 1)
        elif bench.often(0.06):
            x = hand.write_letter(x, here)
        elif bench.often(0.08):
            x = write_any_sign(hand, x, here)
        else:
            start, x = x, hand.write_number(x, here, bench.length())
            if bench.often(0.12):
                x = write_sign(hand, POINTS[bench.count(0, 1)], x + 2, here)
                x = hand.write_number(x + 2, here, bench.count(1, 3))
            if bench.often(0.03):
                hand.strike_out(start, here - hand.height, x - start, hand.height)
        x += hand.height * bench.between(0.3, 2.5)


def _write_number_of_item(hand: Hand, bench: Bench, x: float, y: float) -> float:
    """Write an item's number and the sign behind it; return the x at which the item begins."""
    x = hand.write_number(x, y, bench.count(1, 2))
    if bench.often(0.85):
        x = write_sign(hand, ".)-:"[bench.count(0, 3)], x + 2, y)
    return x + bench.between(0.2, 0.6) * hand.height


def _write_item(bench: Bench, hand: Hand, x: float, y: float) -> None:
    x = _write_number_of_item(hand, bench, x, y)
    if bench.often(0.65):
        hand.sized(bench.between(0.9, 1.5)).write_letter(x, y)
    elif bench.often(0.5):
        hand.write_words(x, y, x + bench.between(1, 8) * hand.height)
    else:
        hand.write_number(x, y, bench.length())


def _size(bench: Bench) -> float:
    """Return a factor that leaves digits between 14 and 48 pixels high."""
    factor = SIZES[bench.count(0, len(SIZES) - 1)]
    return min(max(factor, 14 / bench.height), 48 / bench.height)

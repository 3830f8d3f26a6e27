"""What people enter into the field of a form: mostly a number, at times something else."""

from __future__ import annotations

from digitize.train.inkpages.bench import Bench
from digitize.train.inkpages.hand import Hand
from digitize.train.inkpages.signs import POINTS, write_any_sign, write_sign


def enter(bench: Bench, hand: Hand, x: float, y: float, room: float) -> None:
    """Enter a number from `x` on within `room`; at times a mark, a letter or a word."""
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

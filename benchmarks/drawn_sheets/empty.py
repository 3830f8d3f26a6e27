"""Sheets on which no number is written by hand: prose, print with figures, drawings."""

from __future__ import annotations

import numpy as np

from digitize.train.inkpages.lettering import pick_word
from digitize.train.inkpages.strokes import ring, wander
from drawn_sheets.desk import NAMES, Desk
from drawn_sheets.lists import grid_line, rule_lines


def no_number(desk: Desk) -> None:
    """Write prose, print a page, or draw."""
    desk.pick((_write_prose, _write_prose, _print_page, _draw))(desk)


def _write_prose(desk: Desk) -> None:
    pitch = desk.between(8, 11)
    if desk.often(0.5):
        rule_lines(desk, pitch)
    y, last = grid_line(desk, pitch), desk.between(0.4, 1) * desk.bottom
    while y < last:
        x = desk.left + desk.rng.normal(0, 1)
        while x < desk.right - 25:
            word = "".join(letter for letter in pick_word(desk.rng) if letter.isalpha()) or "and"
            x = desk.writer.words(word, x, y) + desk.writer.height * desk.between(0.4, 0.7)
        y += pitch
    desk.writer.words(desk.pick(NAMES), 0.6 * desk.sheet.width, min(y, desk.bottom), factor=1.3)


def _print_page(desk: Desk) -> None:
    y = desk.heading(f"Report {desk.count(1998, 2026)}")
    while y < desk.bottom - 30:
        y = desk.prose(y, y + desk.between(15, 60), desk.between(2.8, 4)) + 8
        if desk.often(0.4) and y < desk.bottom - 50:
            wide, columns = (desk.right - desk.left) / 5, range(6)
            rows = [y + 7 * at for at in range(desk.count(3, 6))]
            desk.sheet.table([desk.left + wide * at for at in columns], rows)
            for top in rows[:-1]:
                for at in columns[:-1]:
                    desk.press.text(
                        str(desk.count(0, 9999)), desk.left + wide * at + 2, top + 5, 3.2
                    )
            y = rows[-1] + 10


def _draw(desk: Desk) -> None:
    """Draw by hand: rings, paths that wander, lines, and a word here and there."""
    for _ in range(desk.count(10, 30)):
        x, y = (
            desk.between(desk.left + 15, desk.right - 15),
            desk.between(desk.top + 15, desk.bottom - 15),
        )
        kind, reach = desk.rng.random(), desk.between(5, 25)
        if kind < 0.35:
            desk.writer.strokes([ring(x, y, reach, reach * desk.between(0.5, 1), desk.rng)])
        elif kind < 0.6:
            desk.writer.strokes([wander(x, y, reach, desk.count(4, 12), desk.rng)])
        elif kind < 0.85:
            corners = np.array([x, y]) + desk.rng.uniform(-reach, reach, (desk.count(3, 5), 2))
            desk.writer.strokes([np.concatenate([corners, corners[:1]])])
        else:
            desk.writer.words(desk.pick(NAMES).split()[0], x - 10, y)

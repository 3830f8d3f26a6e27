"""Printed forms that are filled in: mark sheets, covers of exams, score pads."""

from __future__ import annotations

from itertools import accumulate, pairwise

from digitize.records import Box
from digitize.train.inkpages.lettering import pick_words
from drawn_sheets.desk import NAMES, SUBJECTS, Desk
from drawn_sheets.writer import Writer

CATEGORY_NAMES = (
    "Ones,Twos,Threes,Fours,Fives,Sixes,Bonus,1 pair,2 pairs,3 of a kind,4 of a kind,"
    "Full house,Small straight,Large straight,Chance,Five alike"
)
CATEGORIES = CATEGORY_NAMES.split(",")
INTO = 0.24  # of a row's height: the baseline lies so far above its lower rule


def mark_sheet(desk: Desk) -> None:
    """Fill a class's table of marks, student by student, with their totals."""
    top = desk.heading(f"{desk.pick(SUBJECTS)} - mark sheet {desk.count(2019, 2026)}")
    row, marks = (
        desk.between(7.5, 11),
        desk.count(3, 6) if desk.sheet.width > 180 else desk.count(2, 3),
    )
    named = 0.3 * (desk.right - desk.left)
    wide = (desk.right - desk.left - 10 - named) / (marks + 1)
    columns = list(accumulate([desk.left, 10, named, *([wide] * (marks + 1))]))
    count = min(int((desk.bottom - top) / row) - 1, desk.count(12, 30))
    rows = [top + row * at for at in range(count + 2)]
    desk.sheet.table(columns, rows)
    heads = ["No.", "Name", *(desk.pick(("Q", "T")) + str(at + 1) for at in range(marks)), "Total"]
    for head, x in zip(heads, columns, strict=False):
        desk.press.text(head, x + 1.2, rows[1] - INTO * row, 0.36 * row, bold=True)
    by_hand, scribe = desk.often(0.4), desk.writer.sized(min(1, 0.62 * row / desk.writer.height))
    totals = (
        desk.other_pen("red").sized(scribe.height / desk.writer.height)
        if desk.often(0.3)
        else scribe
    )
    for at, (name, y) in enumerate(zip(desk.several(count, NAMES), rows[2:], strict=False)):
        foot = y - INTO * row
        desk.press.text(str(at + 1), columns[0] + 2, foot, 0.4 * row)
        if by_hand:
            scribe.words(name, columns[1] + 1.5, foot, factor=0.85)
        else:
            desk.press.text(name, columns[1] + 1.5, foot, 0.4 * row)
        given = [_give_mark(desk, scribe, x, right, foot) for x, right in pairwise(columns[2:-1])]
        if desk.often(0.9):
            _write_in(desk, totals, str(sum(given)), columns[-2], columns[-1], foot)


def _give_mark(desk: Desk, scribe: Writer, left: float, right: float, foot: float) -> int:
    """Write a mark, or what stands for none; return what it counts."""
    kind, mark = desk.rng.random(), int(desk.rng.choice([9, 25, 100], p=[0.45, 0.45, 0.1]))
    mark = desk.count(0, mark)
    if kind < 0.05:
        scribe.sign("-", left + 0.35 * (right - left), foot)
    elif kind < 0.08:
        scribe.words("abs", left + 2, foot)
    elif kind < 0.11:
        scribe.sign("tick", left + 0.3 * (right - left), foot)
    elif kind < 0.16 and right - left > 16:
        half = (right - left) / 2
        scribe.number(str(desk.count(1, 99)), left + 2, foot, room=half - 4, out=True)
        _write_in(desk, scribe, str(mark), left + half, right, foot)
        return mark
    elif kind < 0.97:
        _write_in(desk, scribe, str(mark), left, right, foot)
        return mark
    return 0


def _write_in(
    desk: Desk, scribe: Writer, text: str, left: float, right: float, foot: float
) -> None:
    """Write a number somewhere in a cell."""
    need = len(text) * 0.75 * scribe.height
    x = left + max(1.2, desk.between(0.1, 0.7) * (right - left - need))
    scribe.number(text, x, foot + desk.rng.normal(0, 0.3), room=right - x - 1)


def exam_cover(desk: Desk) -> None:
    """Fill the cover of an exam: who writes it, when, and the points of each question."""
    size, y = desk.between(3.0, 3.8), desk.heading(f"Final examination - {desk.pick(SUBJECTS)}")
    y += 6
    for label in ("Name", "First name"):
        desk.press.text(f"{label}:", desk.left, y, size)
        desk.sheet.rule(desk.left + 28, y + 1, desk.right - 20, y + 1)
        part = desk.pick(NAMES).split()[label == "Name"]
        desk.writer.words(part, desk.left + 32, y, factor=1.3)
        y += 12
    y = _fill_comb(desk, "Matriculation no.", desk.figures(desk.count(7, 8)), y, size)
    desk.press.text("Date:", desk.left, y, size)
    x = desk.left + 30
    parts = [
        f"{desk.count(1, 28):02}",
        f"{desk.count(1, 12):02}",
        desk.pick(("2026", "26", "2025")),
    ]
    write_date(desk, desk.writer, parts, x, y)
    desk.sheet.rule(x - 2, y + 1, x + 40, y + 1)
    y = desk.prose(y + 12, y + desk.between(14, 40), 0.9 * size) + 5
    _fill_points(desk, y, size)
    y += 40
    if desk.often(0.6):
        y = desk.prose(y, desk.bottom - 30, 0.9 * size) + 8
    if y < desk.bottom - 5:
        desk.press.text("Grade:", desk.left, y, size, bold=True)
        desk.other_pen("red").number(
            f"{desk.count(1, 4)}{desk.pick('.,')}{desk.pick('037')}", desk.left + 22, y
        )
        desk.press.text("Signature:", 0.5 * desk.sheet.width, y, size)
        desk.writer.words(desk.pick(NAMES), 0.5 * desk.sheet.width + 22, y, factor=1.2)


def write_date(desk: Desk, scribe: Writer, parts: list[str], x: float, y: float) -> float:
    """Write a date's parts, each a number, with slashes or dots between; return where it ends."""
    mark = desk.pick("/.")
    for at, part in enumerate(parts):
        if at:
            x = scribe.sign(mark, x + 0.14 * scribe.height, y) + 0.16 * scribe.height
        x = scribe.number(part, x, y)
    return x


def _fill_comb(desk: Desk, label: str, text: str, y: float, size: float) -> float:
    """Print a comb of one-digit boxes and fill it; return the baseline of the next line."""
    start = max(desk.left + 30, desk.press.text(f"{label}:", desk.left, y, size) + 3)
    wide = min(desk.between(6.5, 9), (desk.right - start) / len(text))
    apart = desk.pick((0.0, 0.0, 1.2))
    cells = [Box(start + at * wide, y - 6.5, wide - apart, 9) for at in range(len(text))]
    for cell in cells:
        desk.sheet.table([cell.x, cell.right], [cell.y, cell.bottom])
    desk.writer.sized(min(1, 0.72 * wide / desk.writer.height)).cells(text, cells)
    return y + 15


def _fill_points(desk: Desk, y: float, size: float) -> None:
    """Print a table of questions and their points, and write what was reached."""
    count = desk.count(4, 8) if desk.sheet.width > 180 else desk.count(3, 5)
    wide = (desk.right - desk.left - 22) / (count + 1)
    columns = [desk.left, *(desk.left + 22 + wide * at for at in range(count + 2))]
    rows = [y, y + 8, y + 16, y + 28]
    desk.sheet.table(columns, rows)
    most = [desk.pick((5, 8, 10, 12, 20)) for _ in range(count)]
    got = [desk.count(0, each) for each in most]
    marker = desk.other_pen("red") if desk.often(0.5) else desk.writer
    heads = [str(at + 1) for at in range(count)]
    for label, foot in zip(("Question", "Maximum", "Points"), rows[1:], strict=True):
        desk.press.text(label, desk.left + 1.2, foot - 2.6, size, bold=True)
    for at, (left, right) in enumerate(pairwise(columns[1:])):
        is_sum, middle = at == count, (left + right) / 2
        desk.press.text("Total" if is_sum else heads[at], middle, y + 5.6, size, middle=True)
        printed = str(sum(most) if is_sum else most[at])
        desk.press.text(printed, middle, y + 13.6, size, middle=True)
        if desk.often(0.93):
            _write_in(desk, marker, str(sum(got) if is_sum else got[at]), left, right, y + 25)


def score_pad(desk: Desk) -> None:
    """Fill a pad of a game: printed categories, a column a player, some cells empty or struck."""
    top = desk.heading(desk.pick(("Score card", "FIVE DICE", "Game night", "Points")))
    names = [*CATEGORIES[: desk.count(9, 16)], "TOTAL"]
    row = min(desk.between(8, 14), (desk.bottom - top) / (len(names) + 1))
    players = desk.count(2, 5)
    first = desk.left + max(30, 0.28 * desk.sheet.width)
    wide = min((desk.right - first) / players, desk.between(13, 28))
    columns = [desk.left, *(first + wide * at for at in range(players + 1))]
    rows = [top + row * at for at in range(len(names) + 2)]
    desk.sheet.table(columns, rows)
    scribe = desk.writer.sized(min(1, 0.66 * row / desk.writer.height))
    played = desk.count(1, players)
    for name, y in zip(names, rows[2:], strict=False):
        desk.press.text(name, desk.left + 1.5, y - 0.3 * row, 0.4 * row, bold=name == "TOTAL")
    for at, (left, right) in enumerate(pairwise(columns[1:])):
        if at >= played:
            break
        scribe.words(
            desk.pick(NAMES)[: desk.pick((1, 3))], left + 2, rows[1] - INTO * row, factor=0.9
        )
        for name, y in zip(names, rows[2:], strict=False):
            kind, foot = desk.rng.random(), y - INTO * row
            if kind < 0.1:
                scribe.line(left + 0.3 * wide, left + 0.7 * wide, foot - 0.45 * scribe.height)
            elif kind < 0.88:
                points = desk.count(80, 320) if name == "TOTAL" else desk.count(1, 50)
                _write_in(desk, scribe, str(points), left, right, foot)
    desk.press.text(pick_words(6, desk.rng), desk.left, rows[-1] + 6, 2.8)

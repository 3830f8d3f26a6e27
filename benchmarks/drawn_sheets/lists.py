"""Sheets that are written from top to bottom: answers, sums, receipts, pages of a notebook."""

from __future__ import annotations

from digitize.records import Box
from drawn_sheets.desk import GOODS, NAMES, SUBJECTS, Desk
from drawn_sheets.forms import write_date
from drawn_sheets.writer import Writer

LETTERS = "ABCDE"


def answer_list(desk: Desk) -> None:
    """Write answers by their numbers: a number or a letter beside each, on ruled paper or not."""
    pitch = desk.between(7.5, 12)
    if desk.often(0.7):
        rule_lines(desk, pitch)
    scribe = desk.writer.sized(min(1, 0.6 * pitch / desk.writer.height))
    first = grid_line(desk, pitch)
    if desk.often(0.7):
        scribe.words(f"{desk.pick(NAMES)}", desk.left, first, factor=1.1)
        scribe.words(desk.pick(SUBJECTS), 0.55 * desk.sheet.width, first, factor=1.1)
    printed, mark = desk.often(0.3), desk.pick((".", ")", ":"))
    lettered, lower = desk.pick((1.0, 0.5, 0.0)), desk.often(0.3)
    lines = int((desk.bottom - first) / pitch) - 1
    columns = desk.count(1, 2 if desk.sheet.width < 180 else 3)
    each, wide = min(lines, desk.count(8, 28)), (desk.right - desk.left) / columns
    for at in range(columns * each):
        x, y = desk.left + (at // each) * wide, first + (2 + at % each) * pitch
        if y > desk.bottom:
            continue
        if printed:
            x = desk.press.text(f"{at + 1}{mark}", x, y, 0.5 * pitch)
        else:
            x = scribe.number(str(at + 1), x + desk.between(0, 1), y)
            x = scribe.sign(mark, x + 0.1 * scribe.height, y)
        x += scribe.height * desk.between(0.6, 1.2)
        if desk.often(lettered):
            letter = desk.pick(LETTERS)
            scribe.words(letter.lower() if lower else letter, x, y, factor=1.2)
        elif desk.often(0.95):
            scribe.number(_answer(desk), x, y, room=wide - (x - desk.left) % wide - 4)


def _answer(desk: Desk) -> str:
    text = desk.figures(int(desk.rng.choice([1, 2, 3, 4], p=[0.25, 0.4, 0.25, 0.1])))
    return f"{text}{desk.pick(',.')}{desk.count(1, 9)}" if desk.often(0.2) else text


def sums(desk: Desk) -> None:
    """Work out column sums: printed or written, a line below each, carried digits above some."""
    printed, scribe = desk.often(0.5), desk.writer
    title = desk.pick(("Addition practice", "Column sums", "Worksheet 7"))
    top = desk.heading(title) if printed else desk.top
    step = 0.9 * scribe.height if printed else max(5.0, 0.95 * scribe.height)
    if not printed and desk.often(0.7):
        rule_squares(desk, 5.0)
        step, scribe = 5.0, scribe.sized(desk.between(3.8, 4.5) / scribe.height)
    long = desk.count(2, 5)
    across, down = (long + 2) * step + desk.between(8, 22), 6.6 * step + desk.between(4, 14)
    y = top + 2.5 * step
    while y + 4 * step < desk.bottom:
        x = desk.left + across - 8
        while x < desk.right:
            _work_out(desk, scribe, round(x / 5) * 5.0, round(y / 5) * 5.0, step, long, printed)
            x += across
        y += down


def _work_out(
    desk: Desk, scribe: Writer, right: float, y: float, step: float, long: int, printed: bool
) -> None:
    """Add two or three numbers whose last column ends at `right`, the first on the baseline `y`."""
    parts = [int(desk.figures(desk.count(max(1, long - 1), long))) for _ in range(desk.count(2, 3))]
    tall = 1.25 * scribe.height if printed else max(step, 1.1 * scribe.height)
    for at, part in enumerate(parts):
        foot = y + at * tall
        if printed:
            _in_columns(desk, str(part), right, foot, step, 0.95 * scribe.height)
        else:
            _write_in_columns(scribe, str(part), right, foot, step)
    foot = y + (len(parts) - 1) * tall
    left = right - (long + 1.3) * step
    if printed:
        desk.press.text("+", left, foot, 0.95 * scribe.height)
        desk.sheet.rule(left, foot + 0.25 * tall, right + 1, foot + 0.25 * tall)
    else:
        scribe.sign("+", left, foot)
        scribe.line(left, right + 1, foot + 0.2 * tall)
    if desk.often(0.92):
        _write_in_columns(scribe, str(sum(parts)), right, foot + 1.3 * tall, step)
        if desk.often(0.4):
            _carry(scribe, parts, right, y - 1.12 * scribe.height, step)


def _carry(scribe: Writer, parts: list[int], right: float, y: float, step: float) -> None:
    """Write what is carried, small, above its column: each a number of its own."""
    carried, small = 0, scribe.sized(0.5)
    for column in range(max(len(str(part)) for part in parts)):
        carried = (carried + sum(part // 10**column % 10 for part in parts)) // 10
        if carried:
            small.number(str(carried), right - (column + 1.75) * step, y)


def _in_columns(desk: Desk, text: str, right: float, y: float, step: float, size: float) -> None:
    for at, letter in enumerate(reversed(text)):
        desk.press.text(letter, right - (at + 0.5) * step, y, size, middle=True)


def _write_in_columns(scribe: Writer, text: str, right: float, y: float, step: float) -> None:
    """Write a number a digit a column, the last one's ending at `right`."""
    lefts = (right - (len(text) - at) * step for at in range(len(text)))
    scribe.cells(text, [Box(left, y - scribe.height, step, scribe.height) for left in lefts])


def receipt(desk: Desk) -> None:
    """Write what was bought or counted, line by line, and the total below a line."""
    pitch, mark = desk.between(8, 12), desk.pick((",", ".", ""))
    if desk.often(0.5):
        rule_lines(desk, pitch)
    y = grid_line(desk, pitch)
    title = desk.pick(("Inventory", "Shopping", "Expenses", "Stock"))
    desk.writer.words(title, desk.left, y, factor=1.4)
    end, total, y = desk.between(0.75, 0.9) * desk.sheet.width, 0, y + 2 * pitch
    counted = desk.often(0.3)
    lines = min(desk.count(6, 20), int((desk.bottom - y) / pitch) - 2)
    for goods in desk.several(lines, GOODS):
        amount = desk.count(20, 4999) if mark else desk.count(1, 400)
        x = desk.left
        if counted:
            x = desk.writer.number(str(desk.count(1, 24)), x, y) + 1
            x = desk.writer.sign("x", x, y) + 2
        desk.writer.words(goods, x, y, factor=desk.between(0.95, 1.1))
        desk.writer.number(_amount(amount, mark), end, y, end=True)
        total, y = total + amount, y + pitch
    desk.writer.line(end - 30, end + 2, y - 0.75 * pitch)
    desk.writer.words("Total", desk.left, y + 0.3 * pitch, factor=1.1)
    desk.writer.number(_amount(total, mark), end, y + 0.3 * pitch, end=True)


def _amount(hundredths: int, mark: str) -> str:
    return f"{hundredths // 100}{mark}{hundredths % 100:02}" if mark else str(hundredths)


def notebook(desk: Desk) -> None:
    """Write numbers, telephone numbers and dates on a page of a notebook, loosely."""
    pitch = 10.0
    if desk.often(0.5):
        rule_squares(desk, 5.0)
    else:
        pitch = desk.between(8, 10)
        rule_lines(desk, pitch)
    y = grid_line(desk, pitch)
    while y < desk.bottom:
        x = desk.left + desk.between(0, 25)
        while x < desk.right - 10 * desk.writer.height:
            x = _jot(desk, x, y) + desk.writer.height * desk.between(2.5, 7)
        y += pitch * desk.count(1, 3)


def _jot(desk: Desk, x: float, y: float) -> float:
    """Write one thing; return where it ends."""
    kind, scribe = desk.rng.random(), desk.writer
    if kind < 0.1:
        x = scribe.words(desk.pick(NAMES).split()[0], x, y) + scribe.height
        kind = 0.5
    if kind < 0.25:
        parts = [str(desk.count(1, 31)), str(desk.count(1, 12)), desk.pick(("2026", "2025", "26"))]
        return write_date(desk, scribe, parts, x, y)
    if kind < 0.35 and desk.right - x > 14 * scribe.height:
        x = scribe.number("0" + desk.figures(3), x, y) + desk.between(1.0, 1.4) * scribe.height
        return scribe.number(desk.figures(desk.count(5, 7)), x, y)
    most = int((desk.right - x) / scribe.height / 0.95)
    return scribe.number(desk.figures(max(3, min(most, desk.count(3, 13)))), x, y)


def rule_lines(desk: Desk, pitch: float) -> None:
    """Rule the whole sheet, at times with a margin."""
    y = 2.0 * pitch
    while y < desk.sheet.height:
        desk.sheet.rule(0, y, desk.sheet.width, y)
        y += pitch
    if desk.often(0.4):
        desk.sheet.rule(0.8 * desk.left, 0, 0.8 * desk.left, desk.sheet.height)


def rule_squares(desk: Desk, pitch: float) -> None:
    """Rule the whole sheet in squares."""
    for x in range(int(desk.sheet.width / pitch) + 1):
        desk.sheet.rule(x * pitch, 0, x * pitch, desk.sheet.height)
    for y in range(int(desk.sheet.height / pitch) + 1):
        desk.sheet.rule(0, y * pitch, desk.sheet.width, y * pitch)


def grid_line(desk: Desk, pitch: float) -> float:
    """Return the first baseline to write on: a little above a rule."""
    return pitch * max(2, round(desk.top / pitch)) - 0.4

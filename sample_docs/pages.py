"""The sample pages: what is printed on each, who writes where, and how it is captured."""

from __future__ import annotations

from random import Random

from capture import Picture, faxed, photographed, scanned
from hands import HANDS
from sheet import Colour, Sheet, blank_sheet, written_word

A4_WIDTH, A4_HEIGHT = 1654, 2339  # pixels at 200 dpi
A5_WIDTH, A5_HEIGHT = 1165, 1654

BLUE_PEN: Colour = (38, 52, 128)
BLACK_PEN: Colour = (34, 33, 38)
PENCIL: Colour = (72, 72, 78)
GREEN_PEN: Colour = (28, 84, 62)
FORM_COLOUR: Colour = (96, 100, 108)


def some_number(rng: Random, shortest: int, longest: int) -> str:
    """Draw a number without a leading zero, every length as likely."""
    length = rng.randint(shortest, longest)
    return str(rng.randint(10 ** (length - 1), 10**length - 1))


def answer_sheet(seed: str, hand_names: tuple[str, str], pen: Colour, skew: float) -> Picture:
    """Fill in a form: a candidate number in a comb of boxes, then two columns of answers."""
    rng = Random(seed)
    sheet = blank_sheet(A4_WIDTH, A4_HEIGHT, (250, 249, 244))
    hands = [HANDS[name] for name in hand_names]
    sheet.label("answer sheet", 190, 150, 26)
    sheet.label("candidate", 190, 222, 20)
    _fill_comb(sheet, rng, hands[0].name, (190, 250), pen)
    for row in range(20):
        baseline = 520 + row * 86
        for column, left in enumerate((230, 950)):
            height = rng.uniform(48, 58)
            word = written_word(some_number(rng, 1, 5), hands[column], height, rng)
            x = left + rng.uniform(0, 60)
            sheet.write(word, x, baseline + rng.gauss(0, 3), pen)
    return scanned(sheet, rng, skew)


def _fill_comb(
    sheet: Sheet, rng: Random, hand_name: str, corner: tuple[float, float], pen: Colour
) -> None:
    """Print a row of one-digit boxes and write an eight-digit number in it, one mark in all."""
    cell_width, cell_height, count = 78, 92, 8
    x, y = corner
    sheet.frame(x, y, cell_width * count, cell_height, FORM_COLOUR)
    for cell in range(1, count):
        edge = x + cell * cell_width
        sheet.rule((edge, y), (edge, y + cell_height), FORM_COLOUR)
    text = f"{rng.randrange(10**count):0{count}d}"
    word = written_word(text, HANDS[hand_name], 52, rng)
    glyphs = []
    for cell, (glyph, _, _) in enumerate(word.glyphs):
        height, width = glyph.shape
        left = round(cell * cell_width + (cell_width - width) / 2 + rng.uniform(-6, 6))
        glyphs.append((glyph, left, round((cell_height - height) / 2 + rng.uniform(-5, 5))))
    word.glyphs[:] = glyphs
    sheet.write(word, x, y, pen)


def mark_table(seed: str) -> Picture:
    """Fill in a ruled table of marks, a column per examiner; some cells stay empty."""
    rng = Random(seed)
    sheet = blank_sheet(A4_WIDTH, A4_HEIGHT, (238, 234, 224))
    left, top, cell_width, cell_height, columns, rows = 150, 420, 270, 136, 5, 12
    writers = ("hasty", "kalam", "teacher", "patrick", "clerk")
    pens = (BLUE_PEN, BLACK_PEN, PENCIL, BLUE_PEN, GREEN_PEN)
    sheet.label("mark table", left, 280, 28)
    for column, title in enumerate(("oral", "essay", "algebra", "geometry", "sum")):
        sheet.label(title, left + column * cell_width + 20, top - 28, 22)
    for row in range(rows + 1):
        y = top + row * cell_height
        sheet.rule((left, y), (left + columns * cell_width, y), FORM_COLOUR, 3)
    for column in range(columns + 1):
        x = left + column * cell_width
        sheet.rule((x, top), (x, top + rows * cell_height), FORM_COLOUR, 3)
    for column, (writer, pen) in enumerate(zip(writers, pens, strict=True)):
        for row in range(rows):
            if rng.random() < 0.12:
                continue
            word = written_word(_some_mark(rng, column), HANDS[writer], rng.uniform(50, 62), rng)
            slack = cell_width - 50 - word.width
            x = left + column * cell_width + 25 + slack * rng.uniform(0.2, 0.8)
            baseline = top + (row + 1) * cell_height - rng.uniform(28, 42)
            sheet.write(word, x, baseline, pen)
    return photographed(sheet, rng)


def _some_mark(rng: Random, column: int) -> str:
    """Draw a mark out of 100; the last column holds sums of three digits."""
    return str(rng.randint(100, 399) if column == 4 else rng.randint(5, 100))


def notebook(seed: str) -> Picture:
    """Fill a page of a small ruled notebook: two to four numbers on a line, some lines left out."""
    rng = Random(seed)
    sheet = blank_sheet(A5_WIDTH, A5_HEIGHT, (252, 251, 246))
    pitch, first = 72, 210  # 9 mm between rules
    for rule in range(20):
        y = first + rule * pitch
        sheet.rule((0, y), (A5_WIDTH, y), (168, 196, 226))
    sheet.rule((150, 0), (150, A5_HEIGHT), (226, 128, 132))
    for rule in range(19):
        if rule % 7 == 4:
            continue
        hand = HANDS[("pupil", "shadows", "nanum")[rule // 7]]
        height = rng.uniform(45, 50)
        x = 150 + rng.uniform(0.7, 1.2) * height
        for _ in range(rng.randint(3, 4)):
            word = written_word(some_number(rng, 1, 4), hand, height, rng)
            if x + word.width > A5_WIDTH - 50:
                break
            sheet.write(word, x, first + rule * pitch - rng.uniform(2, 8), BLUE_PEN)
            x += word.width + height * rng.uniform(2.3, 2.8)
    return scanned(sheet, rng, -0.6, noise=1.2)


def register(seed: str, hand_names: tuple[str, ...], skew: float) -> Picture:
    """Fill a page of an old register, a column of numbers per writer, kept in black and white."""
    rng = Random(seed)
    sheet = blank_sheet(A4_WIDTH, A4_HEIGHT, (255, 255, 255))
    for column, name in enumerate(hand_names):
        for row in range(20):
            height = rng.uniform(48, 56)
            word = written_word(some_number(rng, 2, 5), HANDS[name], height, rng)
            right = 500 + column * 470
            baseline = 260 + row * 98 + rng.gauss(0, 2)
            sheet.write(word, right - word.width + rng.uniform(-8, 8), baseline, BLACK_PEN)
    return faxed(sheet, rng, skew)


def cheque_amounts(seed: str) -> Picture:
    """Fill a sheet of cheque stubs: amounts in whole units, one in each framed field."""
    rng = Random(seed)
    sheet = blank_sheet(A5_WIDTH, A5_HEIGHT, (240, 244, 236))
    writers = ("engineer", "marker", "caveat", "hasty", "shadows", "clerk")
    for row in range(8):
        for column in range(2):
            x, y = 110 + column * 500, 170 + row * 175
            sheet.label("amount", x, y - 20, 20)
            sheet.frame(x, y, 420, 98, (110, 140, 118))
            hand = HANDS[writers[(row + 3 * column) % len(writers)]]
            word = written_word(some_number(rng, 2, 5), hand, rng.uniform(48, 54), rng)
            left = x + 25 + rng.uniform(0, 1) * (370 - word.width)
            pen = (BLACK_PEN, BLUE_PEN)[(row + column) % 2]
            sheet.write(word, left, y + 98 - rng.uniform(20, 26), pen)
    return scanned(sheet, rng, 0.9)

"""Letters drawn in fonts, printed and written, and the words that they spell."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.random import Generator

from digitize.normalise import crop_to_ink
from digitize.records import Pixels
from digitize.train.clutter import FontFace

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Families: TypeAlias = tuple[tuple[FontFace, ...], ...]

SIZE_STEP = 1.08  # sizes of a font lie so far apart, for few to be opened
KEPT_FONTS = 3000  # opened fonts; each takes some ten kilobytes
FAINTEST = 160  # of 255: a font that draws no darker has no such letters
LOOSE_GAPS = (-0.04, 0.16)  # of a font's size: added between letters that are not joined
UNEVEN = (0.08, 0.04, 0.04)  # deviations of a letter's size, height on the line and gap, of size
MISSING = "\U0010fffd"  # no font has it: what is drawn is the sign for a missing letter
COMMON_WORDS = (
    "the of and to in is you that it he was for on are as with his they at be this have from or "
    "one had by word but not what all were we when your can said there use an each which she do "
    "how their if will up other about out many then them these so some her would make like him "
    "into time has look two more write go see number no way could people my than first water been "
    "call who oil its now find long down day did get come made may part name class date points "
    "total mark sum question group year term amount remarks subject student quantity price result "
    "signature examiner school maximum obtained roll section page answer pay order bank "
    "branch account cheque rupees euros only valid score player game bonus chance round team "
    "und der die das nicht mit sich auf ein ist von den zu Schule Klasse Name Datum Punkte Summe "
    "Betrag Aufgabe Gesamt le la les des une pour dans sur avec nom prénom classe note somme el "
    "los nombre fecha puntos curso uno dette være som har navn dato i alt suma jméno třída nome "
    "data valor total assinatura Name: Date: Class: No. Q. Marks Tel. Fax Ref. kg cm m² € $ £ %"
)
COMMON_SYLLABLES = (
    "ba be bi bo ca ce co da de di do fa fe fi ga ge go ha he hi ho la le li lo ma me mi mo na ne "
    "ni no pa pe po ra re ri ro sa se si so ta te ti to va ve wa we za st tr pl an en in on er ar "
    "or al el un ing tion ly ss ck th sch"
)
WORDS, SYLLABLES = COMMON_WORDS.split(), COMMON_SYLLABLES.split()
LONE_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYacdefhijkmnprtuvwxy"  # none that is written as a digit is
ANSWERS, CHOICES = "ABCDE", 0.5  # of lone letters, as beside the numbers of questions
INVENTED = 0.35  # of words: made of syllables, for no list holds all


def pick_word(rng: Generator) -> str:
    """Return a word, at times in capitals or with a capital."""
    if rng.random() < INVENTED:
        word = "".join(
            SYLLABLES[int(i)] for i in rng.integers(0, len(SYLLABLES), rng.integers(2, 5))
        )
    else:
        word = WORDS[int(rng.integers(len(WORDS)))]
    case = rng.random()
    return word.upper() if case < 0.15 else word.capitalize() if case < 0.4 else word


def pick_words(count: int, rng: Generator) -> str:
    """Return words in a row, parted by spaces and at times by a mark."""
    marks = ("", "", "", "", "", ",", ".", ":")
    return " ".join(pick_word(rng) + marks[int(rng.integers(len(marks)))] for _ in range(count))


def pick_letter(rng: Generator) -> str:
    """Return a letter that is no digit even when it stands alone; often a choice among answers."""
    if rng.random() < CHOICES:
        return ANSWERS[int(rng.integers(len(ANSWERS)))]
    return LONE_LETTERS[int(rng.integers(len(LONE_LETTERS)))]


def pick_figures(rng: Generator) -> str:
    """Return printed figures: a number, an amount, a date, a time, a telephone's, a question's."""
    a, b, c = (int(value) for value in rng.integers(0, 100, 3))
    kinds = (
        f"{a}", f"{a}.", f"{a})", f"({a})", f"{a}{b:02}{c:02}", f"{a:02}/{b:02}/20{c:02}",
        f"{a}.{b:02}", f"{a},{b:03}.{c:02}", f"+{a} {b:02} {c:02} {a:02}", f"{a}-{b:02}-{c:02}",
        f"{a}:{b:02}", f"Q{a}", f"No. {a}{b:02}", f"{a} %", f"[{a % 10}]", f"20{b:02}", f"{a % 10}",
        "0 1 2 3 4 5 6 7 8 9", f"{a} + {b} =", f"{a} x {b % 10}", f"{a}{b:02} {c:02}{a:02} {b}{c}",
    )  # fmt: skip
    return kinds[int(rng.integers(len(kinds)))]


def draw_line(text: str, face: FontFace, size: float) -> Pixels | None:
    """Return text on one line, (height, width) uint8, 0 paper to 255 ink, cropped to the ink.

    size: of the font, in pixels. None where the face cannot draw it.
    """
    if not all(has_letter(face, letter) for letter in set(text) - {" "}):
        return None
    mask = open_font(face, size).getmask(text, mode="L")
    width, height = mask.size
    if not width or not height:
        return None
    ink = np.frombuffer(bytes(mask), dtype=np.uint8).reshape(height, width)
    return crop_to_ink(ink) if ink.max() >= FAINTEST else None


def draw_loose_line(text: str, face: FontFace, size: float, rng: Generator) -> Pixels | None:
    """Return text on one line as draw_line does, its letters apart and uneven, as people set them.

    Fonts join all letters of a word or none, and write the same letter always alike.
    """
    if not all(has_letter(face, letter) for letter in set(text) - {" "}):
        return None
    from PIL import Image, ImageDraw

    ground = Image.new("L", (round(2.5 * size * (len(text) + 1)), round(4 * size)))
    pen, x, gap = ImageDraw.Draw(ground), size, float(rng.uniform(*LOOSE_GAPS)) * size
    uneven = rng.normal(0, 1, (len(text), 3)) * np.array(UNEVEN)
    for letter, (larger, lift, apart) in zip(text, uneven, strict=True):
        font = open_font(face, size * (1 + float(larger)))
        pen.text((x, (2.5 + float(lift)) * size), letter, fill=255, font=font, anchor="ls")
        x += font.getlength(letter) + gap + float(apart) * size
    ink = np.asarray(ground, dtype=np.uint8)
    return crop_to_ink(ink) if ink.max() >= FAINTEST else None


def open_font(face: FontFace, size: float) -> FreeTypeFont:
    """Return the face at about this size in pixels."""
    step = round(np.log(max(size, 5.0)) / np.log(SIZE_STEP))
    return _open(face, round(SIZE_STEP**step))


def families_of(faces: Sequence[FontFace]) -> Families:
    """Return the faces family by family, for families with many faces to count no more."""
    families: dict[str, list[FontFace]] = {}
    for face in faces:
        families.setdefault(face.family, []).append(face)
    return tuple(tuple(members) for members in families.values())


def pick_face(families: Families, rng: Generator) -> FontFace | None:
    """Return a face of any family; None where there is none."""
    if not families:
        return None
    family = families[int(rng.integers(len(families)))]
    return family[int(rng.integers(len(family)))]


def has_figures(face: FontFace) -> bool:
    """Return whether the face has all ten digits."""
    return all(has_letter(face, digit) for digit in "0123456789")


@cache
def has_letter(face: FontFace, letter: str) -> bool:
    """Return whether the face draws this letter, and not the sign for a missing one."""
    mask = bytes(_open(face, 24).getmask(letter))
    return any(mask) and mask != _missing_sign(face)


@cache
def _missing_sign(face: FontFace) -> bytes:
    return bytes(_open(face, 24).getmask(MISSING))


@lru_cache(maxsize=KEPT_FONTS)
def _open(face: FontFace, size: int) -> FreeTypeFont:
    return face.open(size)

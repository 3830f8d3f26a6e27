"""Print on a sheet: lines of text in one family of fonts, in regular and in bold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from digitize.records import Pixels
from digitize.train.clutter import FontFace
from digitize.train.inkpages.canvas import Ink
from digitize.train.inkpages.lettering import has_letter, open_font
from drawn_sheets.sheet import Sheet

STYLED = ("Bold", "Italic", "Oblique", "Black", "Light")


@dataclass(frozen=True, slots=True)
class Press:
    """Prints in black or in one colour."""

    sheet: Sheet
    regular: FontFace
    bold: FontFace
    ink: Ink

    def text(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        *,
        bold: bool = False,
        middle: bool = False,
    ) -> float:
        """Print from `x` on, or about it, on the baseline `y`; return where it ends.

        All in millimetres; size: of the font.
        """
        s = self.sheet.scale
        ink, left, top = set_text(text, self.bold if bold else self.regular, size * s)
        x -= ink.shape[1] / s / 2 if middle else 0
        self.sheet.lay(ink, x * s + left, y * s + top, self.ink)
        return x + float(left + ink.shape[1]) / s


def pick_press(sheet: Sheet, family: tuple[FontFace, ...], ink: Ink) -> Press:
    """Return a press with a regular face of a family and a bold one, if there are any."""
    plain = [face for face in family if not any(word in face.path.stem for word in STYLED)]
    bold = [face for face in family if face.path.stem.endswith("Bold")]
    regular = [*plain, *family][0]
    return Press(sheet, regular, [*bold, regular][0], ink)


def set_text(text: str, face: FontFace, size: float) -> tuple[Pixels, int, int]:
    """Return text as ink, 0 paper to 255, and its left and top from the start of its baseline.

    size: of the font, in pixels. Letters that the face lacks are left out.
    """
    known = "".join(letter for letter in text if letter == " " or has_letter(face, letter))
    mask, (left, top) = open_font(face, size).getmask2(known or " ", mode="L", anchor="ls")
    width, height = mask.size
    ink = np.frombuffer(bytes(mask), dtype=np.uint8).reshape(height, width)
    if not ink.size:
        return np.zeros((1, 1), dtype=np.uint8), 0, 0
    return ink, int(left), int(top)

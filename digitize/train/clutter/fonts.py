"""Fonts to draw letters with: those installed, and a fifth of the families kept for measuring."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Use: TypeAlias = Literal["train", "test"]

SYSTEM_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"))
SUFFIXES = (".ttf", ".otf", ".t1", ".pfb")
NO_LETTERS = ("math", "symbol", "dingbats", "d050000l", "initials", "icons", "music")
UNMAPPED = "\U0010fffd"  # no font has it: what is drawn is the sign for a missing letter
KEPT_FOR_TESTS = 5  # one family of so many
STEM = 4  # letters of a family's name that its relatives share: "Nimbus Sans", "Nimbus Roman"


@dataclass(frozen=True, slots=True)
class FontFace:
    """One font file: its family and where it lies."""

    family: str
    path: Path

    def open(self, size: int) -> FreeTypeFont:
        """Return the face at a size in pixels."""
        from PIL import ImageFont

        return ImageFont.truetype(str(self.path), size)


def find_fonts(use: Use, folders: Sequence[Path] = SYSTEM_FOLDERS) -> list[FontFace]:
    """Return the installed faces with Latin letters of the families for this use, by path.

    A family's hash says which use it is for, so that no machine mixes the two.
    """
    from PIL import ImageFont

    faces = []
    for path in sorted(found for folder in folders for found in folder.rglob("*")):
        if path.suffix.lower() not in SUFFIXES:
            continue
        try:
            font = ImageFont.truetype(str(path), 24)
        except OSError:
            continue  # damaged, or of a kind that FreeType does not read: others remain
        family = str(font.getname()[0])
        if _has_letters(font, family) and use_of(family) == use:
            faces.append(FontFace(family, path))
    return faces


def use_of(family: str) -> Use:
    """Return what the fonts of this family are for; it and its relatives go together."""
    digest = hashlib.sha256(family.lower()[:STEM].encode()).digest()
    return "test" if digest[0] % KEPT_FOR_TESTS == 0 else "train"


def _has_letters(font: FreeTypeFont, family: str) -> bool:
    if any(word in family.lower() for word in NO_LETTERS):
        return False
    missing = bytes(font.getmask(UNMAPPED))
    masks = [bytes(font.getmask(letter)) for letter in "aeMR"]
    return missing not in masks and len(set(masks)) == len(masks)

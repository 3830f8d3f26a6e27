"""Cut handwriting fonts down to their digits and give them names of their own.

    npm install --ignore-scripts @fontsource/{caveat,kalam,nanum-pen-script,patrick-hand}@5.3.0
    npm install --ignore-scripts @fontsource/shadows-into-light@5.3.0
    pip install "fonttools[woff]"
    python sample_docs/fonts/subset.py node_modules/@fontsource

Needed only to add or replace a font: what it makes is committed. A reduced font is a Modified
Version under the Open Font License, so none keeps the name of the font that it comes from.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = {
    "scribe-1": "caveat",
    "scribe-2": "kalam",
    "scribe-3": "nanum-pen-script",
    "scribe-4": "patrick-hand",
    "scribe-5": "shadows-into-light",
}
COPYRIGHT, LICENCE, LICENCE_URL = 0, 13, 14  # name records that stay as they are
FAMILY, STYLE, UNIQUE_ID, FULL_NAME, POSTSCRIPT_NAME = 1, 2, 3, 4, 6


def reduced_font(source: Path, name: str) -> TTFont:
    """Keep the digits of a font and its copyright notice, and call it by its new name."""
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    options = Options(
        layout_features=[],
        hinting=False,
        name_IDs=[COPYRIGHT, LICENCE, LICENCE_URL],
        notdef_outline=True,
    )
    subsetter = Subsetter(options)
    subsetter.populate(text="0123456789")
    subsetter.subset(font)
    title = name.replace("-", " ").capitalize()
    records = {FAMILY: title, STYLE: "Regular", UNIQUE_ID: name, FULL_NAME: title}
    records[POSTSCRIPT_NAME] = name
    for name_id, text in records.items():
        font["name"].setName(text, name_id, 3, 1, 0x409)
    return font


def main() -> None:
    """Write each font and its licence beside this file."""
    packages, here = Path(sys.argv[1]), Path(__file__).parent
    for name, package in FONTS.items():
        source = packages / package / "files" / f"{package}-latin-400-normal.woff2"
        reduced_font(source, name).save(here / f"{name}.ttf", reorderTables=True)
        shutil.copyfile(packages / package / "LICENSE", here / f"{name}-OFL.txt")


if __name__ == "__main__":
    main()

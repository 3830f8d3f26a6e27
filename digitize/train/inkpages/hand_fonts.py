"""Handwriting fonts from the npm registry: the pinned list in hand_fonts.csv, fetched once.

They come from the packages of Fontsource (https://fontsource.org), under the SIL Open Font
License or the Apache License; each licence is laid beside its font.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import tarfile
from dataclasses import dataclass
from pathlib import Path

from digitize.errors import UnreadableInput
from digitize.export.atomic import whole_file
from digitize.train.datasets.download import Downloads, source_address

LIST = Path(__file__).with_name("hand_fonts.csv")
SOURCE = "https://registry.npmjs.org/"
SOURCE_VARIABLE = "DIGITIZE_FONTS_URL"
REMEDY = (
    "Check the network and try again, or name a mirror of the npm registry by the variable "
    "DIGITIZE_FONTS_URL; without a network, copy any handwriting fonts (.ttf, .otf) into the "
    "folder, or go on without: words are then written as a scrawl"
)


@dataclass(frozen=True, slots=True)
class HandFont:
    """One package @fontsource/NAME: its version, and the SHA-512 of its archive in base 64."""

    name: str
    version: str
    sha512: str

    @property
    def family(self) -> str:
        """Its family's name, in small letters."""
        return self.name.replace("-", " ")

    @property
    def path(self) -> str:
        """Where the registry keeps its archive."""
        return f"@fontsource/{self.name}/-/{self.name}-{self.version}.tgz"


def _listed() -> tuple[HandFont, ...]:
    with LIST.open(encoding="utf-8", newline="") as lines:
        return tuple(
            HandFont(row["package"], row["version"], row["sha512"]) for row in csv.DictReader(lines)
        )


FONTS = _listed()


def fetch_hand_fonts(folder: Path, fonts: tuple[HandFont, ...] = FONTS) -> list[Path]:
    """Return the fonts of the list in `folder` as TrueType files, fetching those that are missing.

    UnreadableInput where one cannot be fetched or is not the one that the list names;
    OutputNotWritable where the folder cannot be written; UsageError where the mirror is none.
    """
    missing = [font for font in fonts if not _place(folder, font).is_file()]
    if missing:
        source = source_address(SOURCE_VARIABLE, SOURCE)
        with Downloads(f"handwriting fonts from {source} to {folder}", REMEDY) as downloads:
            for font in missing:
                _keep(folder, font, downloads.fetch(source + font.path), source)
    return [_place(folder, font) for font in fonts]


def _place(folder: Path, font: HandFont) -> Path:
    return folder / f"{font.name}.ttf"


def _keep(folder: Path, font: HandFont, archive: bytes, source: str) -> None:
    """Write the font of an archive and its licence, if it is the archive of the list."""
    if base64.b64encode(hashlib.sha512(archive).digest()).decode() != font.sha512:
        cause = f"{source}{font.path}: this is not the font's archive (its checksum is wrong)"
        raise UnreadableInput(cause, REMEDY)
    with tarfile.open(fileobj=io.BytesIO(archive)) as members:
        packed = _member(members, f"package/files/{font.name}-latin-400-normal.woff")
        licence = _member(members, "package/LICENSE")
    with whole_file(folder / f"{font.name}.LICENSE") as part:
        part.write_bytes(licence)
    with whole_file(_place(folder, font)) as part:
        part.write_bytes(unpack_font(packed))


def unpack_font(woff: bytes) -> bytes:
    """Return a font of the web (WOFF) as TrueType or OpenType."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(io.BytesIO(woff)) as font:
        font.flavor = None
        unpacked = io.BytesIO()
        font.save(unpacked)
    return unpacked.getvalue()


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    return file.read() if file else b""

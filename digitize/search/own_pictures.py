"""The folder of a search's pictures: what an earlier search left in it goes, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from digitize.errors import UsageError
from digitize.export.atomic import whole_file, writing
from digitize.load.folders import SUFFIXES
from digitize.records import Pixels

SOFTWARE = "digitize search"
_MARK = b"tEXtSoftware\0" + SOFTWARE.encode("ascii")
_HEAD = 100  # bytes, in which it stands: it is the first chunk after the header
_HIT = re.compile(r"hit-\d{3,}\.png", re.ASCII)


def clear(folder: Path) -> None:
    """Take out the pictures of an earlier search, which nobody could tell from the new ones.

    UsageError where `folder` is none, is called as a picture is, or holds a file that is named as a
    hit and is no picture of a search: it may be somebody's scan.
    """
    if not folder.is_dir() and (folder.exists() or folder.suffix.lower() in SUFFIXES):
        raise UsageError(
            f"{folder}: --show writes a picture of each hit, into a folder", "Name a folder"
        )
    with writing(folder):
        there = [path for path in folder.glob("hit-*.png") if _HIT.fullmatch(path.name)]
        for path in there:
            if not _is_own(path):
                raise UsageError(
                    f"{path}: --show would replace this, which no search has made",
                    "Name another folder",
                )
        for path in there:
            path.unlink()


def write_png(path: Path, picture: Pixels) -> None:
    """Write an RGB picture by which it can be told later that a search has made it."""
    told = PngInfo()
    told.add_text("Software", SOFTWARE)
    with whole_file(path) as part:
        Image.fromarray(picture).save(part, "PNG", pnginfo=told)


def _is_own(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return _MARK in file.read(_HEAD)

"""The pages that performance is measured on: composed at 200 dpi, and a folder full of them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
COMPOSED = "pages/composed"  # below the data folder
A4_AT_200_DPI = (1654, 2339)  # pixels; the set has pages at 100 dpi, too, which are left out
PICTURES = (".jpg", ".png", ".tif")
HANDS = ("teacher", "marker", "kalam", "hasty", "clerk", "patrick", "engineer", "nanum", "pupil")


@dataclass(frozen=True, slots=True)
class Workload:
    """Different `pages`, a picture each, and a `folder` that holds each of them `rounds` times.

    origin: where they come from, for people.
    """

    pages: tuple[Path, ...]
    folder: Path
    rounds: int
    origin: str

    @property
    def count(self) -> int:
        """How many pages the folder holds."""
        return self.rounds * len(self.pages)


def make_workload(data: Path, count: int | None, rounds: int, folder: Path) -> Workload:
    """Return `count` pages, all there are where None; those of `data`, or drawn where it has none.

    Files are copied into `folder`.
    """
    found = composed_pages(data / COMPOSED)
    origin = f"`{COMPOSED}` of the project's data, without those at 100 dpi"
    if not found:
        found = draw_pages(folder / "drawn", count)
        origin = "drawn by the composer of `sample_docs`"
    pages = spread(found, count)
    scans = folder / "scans"
    for number in range(1, rounds + 1):
        into = scans / f"{number:02d}"
        into.mkdir(parents=True)
        for page in pages:
            shutil.copyfile(page, into / page.name)
    return Workload(tuple(pages), scans, rounds, origin)


def composed_pages(folder: Path) -> list[Path]:
    """Return the pictures of A4 pages at 200 dpi in a folder, none where it is not there."""
    pictures = sorted(path for path in folder.glob("*") if path.suffix in PICTURES)
    return [path for path in pictures if size_of(path) == A4_AT_200_DPI]


def size_of(picture: Path) -> tuple[int, int]:
    """Return the width and height of a picture in pixels."""
    with Image.open(picture) as opened:
        return opened.size


def spread(pages: Sequence[Path], count: int | None) -> list[Path]:
    """Return `count` of the pages, evenly from first to last, so that every kind is among them."""
    wanted = len(pages) if count is None else min(count, len(pages))
    return [pages[at * len(pages) // wanted] for at in range(wanted)]


def draw_pages(folder: Path, count: int | None) -> list[Path]:
    """Draw pages as sample_docs does: answer sheets, mark tables and registers in turn."""
    samples = ROOT / "sample_docs"
    sys.path.insert(0, str(samples))
    from make import write_jpeg, write_tiff
    from pages import BLUE_PEN, answer_sheet, mark_table, register

    folder.mkdir(parents=True)
    drawn = []
    for number in range(12 if count is None else count):
        hands = [HANDS[(number + at) % len(HANDS)] for at in range(3)]
        seed, kind = f"performance {number}", number % 3
        path = folder / f"{number:02d}-{('answers', 'table', 'register')[kind]}"
        if kind == 2:
            path = path.with_suffix(".tif")
            write_tiff(path, [register(seed, tuple(hands), 0.7)])
        else:
            path = path.with_suffix(".jpg")
            sheet = mark_table(seed) if kind else answer_sheet(seed, tuple(hands[:2]), BLUE_PEN, 1)
            write_jpeg(path, [sheet])
        drawn.append(path)
    return drawn

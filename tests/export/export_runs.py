"""The command line as users run it, on small pages drawn for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from written_digits import write_digits

DIGITIZE = (sys.executable, "-m", "digitize")
PATIENCE = 120  # seconds; far more than any of these runs takes
INK = (20, 20, 20)
SOFT = 0.7  # pixels: as soft as a scanner's edges


def draw_page(*numbers: str) -> Image.Image:
    """Each number on a line of its own."""
    page = np.full((100 + 110 * len(numbers), 500, 3), 255, dtype=np.uint8)
    for line, number in enumerate(numbers, 1):
        write_digits(page, number, 60, 110 * line - 56, height=44, pen=4, colour=INK)
    return Image.fromarray(cv2.GaussianBlur(page, (0, 0), SOFT).astype(np.uint8))


def draw(path: Path, *pages: tuple[str, ...]) -> Path:
    """Draw a document, a page for each tuple of numbers."""
    first, *others = [draw_page(*numbers) for numbers in pages]
    path.parent.mkdir(parents=True, exist_ok=True)
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(path, dpi=(150, 150), **more)
    return path


def draw_scans(folder: Path) -> Path:
    """Two pictures, one in a folder, and a TIFF of two pages."""
    draw(folder / "a.png", ("3812", "47"))
    draw(folder / "in" / "b.png", ("007",))
    draw(folder / "c.tif", ("3812", "66"), ("5",))
    return folder


def digitize(
    *arguments: str | Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own."""
    command = [*DIGITIZE, *map(str, arguments)]
    return subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        env={**os.environ, **(environment or {})},
    )

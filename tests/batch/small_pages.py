"""Small pages of a few digits, which take little time, and folders of them."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from written_digits import write_digits

from digitize.batch import REPORT
from digitize.batch.journal import JOURNAL

RUN_OWN = {REPORT, JOURNAL}  # they tell when and in which order, which differs from run to run


DRAWN = "023456789"  # all but 1, which these tests draw as straight as a rule


def small_page(number: int) -> Image.Image:
    """Draw one number of four digits, another for every `number` below 9 ** 4."""
    page = np.full((150, 340, 3), 255, dtype=np.uint8)
    digits = [DRAWN[number // 9**place % 9] for place in (3, 2, 1, 0)]
    write_digits(page, "".join(digits), 50, 50, height=44, pen=5)
    return Image.fromarray(cv2.GaussianBlur(page, (0, 0), 0.7).astype(np.uint8))


def mixed_folder(folder: Path, pictures: int = 8, pages: int = 5) -> Path:
    """Fill a folder with pictures, a TIFF and a PDF of some pages each, and a damaged file."""
    folder.mkdir(parents=True)
    for number in range(pictures):
        small_page(number).save(folder / f"{number:04}.png", dpi=(150, 150))
    several = [small_page(1000 + number) for number in range(pages)]
    several[0].save(folder / "0005-several.tif", save_all=True, append_images=several[1:])
    several = [small_page(2000 + number) for number in range(pages)]
    several[0].save(folder / "0008-several.pdf", save_all=True, append_images=several[1:])
    (folder / "0003-bad.png").touch()
    return folder


def results(out: Path) -> dict[str, bytes]:
    """Return every file of an output folder, but those that tell how it came about."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name not in RUN_OWN
    }

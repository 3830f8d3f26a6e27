"""A picture of one glyph, of any size, dark on light or light on dark, to MNIST's form."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from digitize.errors import DigitizeError, UnreadableInput
from digitize.load import LoadOptions, load_pages
from digitize.normalise import FIELD
from digitize.records import Failure, Pixels
from digitize.train.datasets.form import as_bytes, which_are_in_form

LEAST_CONTRAST = 40  # grey levels of 255 from paper to ink; print through thin paper has less
SPECK = 0.03  # of the largest piece of ink: dirt; the dot of an i is four times larger
REMEDY = "Save it again as a PNG or JPEG picture of one glyph, or take it out of the folder"


def read_glyph_picture(path: Path) -> Pixels:
    """Return the glyph in the picture at `path`, (28, 28) uint8, 0 paper to 255 ink.

    UnreadableInput, naming the file, where it cannot be read or is blank.
    """
    image = glyph_image(_read_grey(path))
    if image is None:
        raise UnreadableInput(
            f"{path}: the picture is blank",
            "Replace it, or take it out of the folder",
        )
    return image


def glyph_image(grey: Pixels) -> Pixels | None:
    """Return the glyph in a grey picture, (height, width) uint8, in MNIST's form; None if blank.

    What most of the border is like is paper; a margin of paper must be there. A picture that is in
    MNIST's form already stays as it is.
    """
    if int(grey.max()) - int(grey.min()) < LEAST_CONTRAST:
        return None
    ink = 255 - grey if has_light_border(grey) else grey
    if ink.shape == (FIELD, FIELD) and which_are_in_form(ink[None])[0]:
        return ink
    return as_bytes(find_ink(ink))


def has_light_border(grey: Pixels) -> bool:
    """Tell whether most of the outermost pixels are light, by Otsu's threshold."""
    return border_level(grey) > _otsu_level(grey)


def border_level(grey: Pixels) -> int:
    """Return the median of the outermost pixels, 0 to 255."""
    border = np.concatenate([grey[0], grey[-1], grey[1:-1, 0], grey[1:-1, -1]])
    return int(np.median(border))


def find_ink(light: Pixels) -> Pixels:
    """Return light ink on dark paper, (height, width) uint8, as 0 paper to 255 ink, without specks.

    Ink is what Otsu's threshold parts from the paper (N. Otsu 1979, doi:10.1109/TSMC.1979.4310076),
    with the grey levels of its edges; ink of its usual strength becomes full.
    """
    above = np.asarray(cv2.subtract(light, np.full_like(light, border_level(light))), np.uint8)
    full = (above > _otsu_level(above)).astype(np.uint8)
    pieces = without_specks(full)
    strength = float(np.median(above[pieces > 0]))
    levels = np.clip(np.rint(above * (255.0 / strength)), 0, 255).astype(np.uint8)
    return np.where(cv2.dilate(pieces, np.ones((3, 3), np.uint8)) > 0, levels, 0).astype(np.uint8)


def without_specks(mask: Pixels) -> Pixels:
    """Return `mask`, 0 or 1, without the pieces that are far smaller than the largest."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    areas = stats[:, cv2.CC_STAT_AREA]
    kept = areas >= SPECK * areas[1:].max()
    kept[0] = False  # the paper
    return np.asarray(kept[labels], dtype=np.uint8)


def _otsu_level(grey: Pixels) -> float:
    level, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return float(level)


def _read_grey(path: Path) -> Pixels:
    """Return the first page of a picture file as (height, width) uint8, upright."""
    try:
        page = next(load_pages(path, LoadOptions()))
    except DigitizeError as error:
        raise UnreadableInput(f"{path}: {error.cause}", REMEDY) from error
    if isinstance(page, Failure):
        raise UnreadableInput(f"{path}: {page.cause}", REMEDY)
    return np.asarray(cv2.cvtColor(page.pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)

"""A page's journey in pictures, one for each stage, to see where a number went wrong."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import cv2
import numpy as np

from digitize.debug.panels import PANELS, Stages
from digitize.errors import OutputNotWritable
from digitize.records import Page, Pixels

STRIP_HEIGHT = 1000  # pixels of journey.png, in which all pictures stand side by side
LONGEST_NAME = 80  # letters of a document's name that are kept in its folder's

__all__ = ["Stages", "draw_stages", "folder_of"]


def folder_of(out: Path, document: str, page: int) -> Path:
    """Return where a page's pictures go: a folder in `out`, whatever the document is called."""
    plain = re.sub(r"[^\w.-]+", "_", document, flags=re.ASCII).strip(".")[-LONGEST_NAME:]
    mark = hashlib.sha256(document.encode("utf-8", "surrogateescape")).hexdigest()[:6]
    return out / f"{plain}-{mark}" / f"page-{page:04}"


def draw_stages(page: Page, stages: Stages, folder: Path) -> None:
    """Write a PNG for each stage of a page, and all of them from left to right in journey.png.

    stages: what `read_page` told of it, by name. OutputNotWritable where the folder cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputNotWritable(
            f"{folder}: {error}", "Choose another folder with --debug"
        ) from error
    pictures = [(name, draw(page, stages)) for name, draw in PANELS]
    for at, (name, picture) in enumerate(pictures, 1):
        _write(folder / f"{at}-{name}.png", picture)
    _write(folder / "journey.png", np.hstack([_at_height(picture) for _, picture in pictures]))


def _at_height(picture: Pixels) -> Pixels:
    height, width = picture.shape[:2]
    size = max(1, round(width * STRIP_HEIGHT / height)), STRIP_HEIGHT
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return cv2.copyMakeBorder(small, 0, 0, 0, 4, cv2.BORDER_CONSTANT).astype(np.uint8)


def _write(path: Path, picture: Pixels) -> None:
    _, encoded = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    try:
        path.write_bytes(encoded.tobytes())
    except OSError as error:
        raise OutputNotWritable(
            f"{path}: {error}", "Free some space, or choose another folder with --debug"
        ) from error

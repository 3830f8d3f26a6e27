"""A sheet of the worst crops: what stood on the page, and below it the true and the read text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np

from digitize.errors import UsageError
from digitize.export.atomic import whole_file
from digitize.records import Pixels
from digitize.score import Scores
from digitize.score.crops import CROP, cut_crops
from digitize.score.worst import WrongNumber, worst_numbers

COLUMNS = 4
TILE = (320, 190)  # width, height in pixels: room for a crop, and for three lines below it
LINE_HEIGHT, FONT_SIZE = 22, 0.5  # pixels, and OpenCV's scale: letters 11 pixels high
FONT = cv2.FONT_HERSHEY_SIMPLEX
GREY, BLACK, RED = (200, 200, 200), (0, 0, 0), (40, 40, 200)  # BGR
NOT_WRITTEN, NOT_KNOWN = "none", "not known, its truth has no boxes"
NOTHING_WRONG = "No number was read wrongly."


def write_sheet(scores: Scores, path: Path) -> int:
    """Write the worst crops as a PNG picture to `path`, and return how many it shows.

    UsageError where `path` does not end in .png or a page is not found; UnreadableInput where one
    cannot be loaded; OutputNotWritable where the picture cannot be written.
    """
    if path.suffix.lower() != ".png":
        raise UsageError(
            f"--worst {path}: the sheet is a PNG picture", "Give a name ending in .png"
        )
    wrong = worst_numbers(scores.pages)
    encoded = cv2.imencode(".png", draw_sheet(wrong, cut_crops(wrong, scores.dpi)))[1]
    with whole_file(path) as part:
        part.write_bytes(encoded.tobytes())
    return len(wrong)


def draw_sheet(wrong: Sequence[WrongNumber], crops: Sequence[Pixels]) -> Pixels:
    """Return (height, width, 3) uint8 BGR: a tile for each number, in rows from the top left."""
    tiles = [draw_tile(one, crop) for one, crop in zip(wrong, crops, strict=True)]
    width, height = TILE
    sheet = np.full((max(1, -(-len(tiles) // COLUMNS)) * height, COLUMNS * width, 3), 255, np.uint8)
    if not tiles:
        write_line(sheet, NOTHING_WRONG, 0, BLACK)
    for place, tile in enumerate(tiles):
        top, left = place // COLUMNS * height, place % COLUMNS * width
        sheet[top : top + height, left : left + width] = tile
    return sheet


def draw_tile(one: WrongNumber, crop: Pixels) -> Pixels:
    """Return one tile: the crop, and below it the true text, the read text, and where it stood."""
    tile = np.full((TILE[1], TILE[0], 3), 255, dtype=np.uint8)
    tile[8 : 8 + crop.shape[0], 10 : 10 + crop.shape[1]] = crop
    read = one.number.read
    below = CROP[1] + 10
    write_line(tile, f"true {true_text(one)}", below, BLACK)
    write_line(tile, f"read {read.text}  {read.confidence:.4f} {read.status.value}",
               below + LINE_HEIGHT, RED)  # fmt: skip
    write_line(tile, f"{one.page.image}, page {one.page.page}", below + 2 * LINE_HEIGHT, BLACK)
    cv2.rectangle(tile, (0, 0), (TILE[0] - 1, TILE[1] - 1), GREY, 1)
    return tile


def true_text(one: WrongNumber) -> str:
    """Return what stood where the number was read, or why that cannot be said."""
    without_box = any(number.box is None for number in one.page.numbers)
    return one.number.true or (NOT_KNOWN if without_box else NOT_WRITTEN)


def write_line(picture: Pixels, text: str, top: int, colour: tuple[int, int, int]) -> None:
    """Write a line of text, cut where it would leave the tile; OpenCV has letters of ASCII only."""
    shown = text.encode("ascii", "replace").decode()
    while cv2.getTextSize(shown, FONT, FONT_SIZE, 1)[0][0] > CROP[0]:
        shown = shown[:-1]
    place = (10, top + LINE_HEIGHT - 5)
    cv2.putText(picture, shown, place, FONT, FONT_SIZE, colour, 1, cv2.LINE_AA)
